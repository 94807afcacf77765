from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def _p(request: HttpRequest, **k: object) -> HttpResponse:
    return HttpResponse()


public = public_matter = standard_page = _p
catalogue = statistics = _p
