"""Photos of a matter: private, at an address nobody can guess, shown to its petitioner and to staff who see it."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from duban.core.refusal import Unknown
from duban.matters.queries import attachment, sees

from .citizen.opened import has_opened


@require_safe
def attachment_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """`/attachments/<token>`. Raises Unknown: an address that does not exist and one not yours look the same."""
    found = attachment(token)
    matter = found.matter
    shown = has_opened(request, matter.number)
    if not shown and request.user.is_authenticated:
        shown = sees(matter, request.user.actor)
    if not shown:
        raise Unknown("not_found")
    response = FileResponse(found.file.open("rb"), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"  # a terminal is shared
    response.headers["Content-Disposition"] = f'inline; filename="{matter.number}-{found.pk}.jpg"'
    response.headers["Last-Modified"] = http_date(found.at.timestamp())
    return response
