from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def _p(request: HttpRequest, **k: object) -> HttpResponse:
    return HttpResponse()


register = check = done = track = matter_page = verdict = addition = withdrawal = _p
