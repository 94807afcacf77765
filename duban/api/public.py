"""For everyone: the catalogue, the census, and what was published. And photos, for who may see their matter."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Query, Router
from ninja.errors import AuthenticationError
from pydantic import BeforeValidator

from duban.catalogue.book import StandardEntry, book
from duban.core.kinds import MatterKind
from duban.core.refusal import Invalid, Unknown
from duban.core.zone import day_of
from duban.ledgers.census import census
from duban.matters.opening import open_with_code
from duban.matters.paging import cursor, position
from duban.matters.queries import attachment, staff_matter
from duban.people.queries import unit_names
from duban.people.queries import unit_of as known_unit

from .answers import answer, moment
from .document import problems_of
from .drawing import item_of
from .forms import Text, as_day
from .keys import QUERY_CODE, Bearer, client_of
from .published_shapes import Catalogue, Census, Item

router = Router(tags=["public"])
LARGEST_ID = 2**63 - 1


@router.get("/catalogue", response=Catalogue, summary="The catalogue in force")
def list_catalogue(
    request: HttpRequest,
    unit: Text = "",
    kind: Text = "",
    q: Text = "",
    after: Text = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> HttpResponse:
    """Handling standards of a unit (code), for a kind of matter, or with a text in the title."""
    if kind and kind not in list(MatterKind):
        raise Invalid({"kind": ("kind_unknown", {})})
    last = position(after)[1] if after else 0
    found = [
        entry
        for entry in _standards(unit)
        if entry.id > last and entry.fits(kind or entry.kind) and q in entry.title
    ]
    names = unit_names()
    items = [item_of(entry, names.get(entry.unit_code, entry.unit_code)) for entry in found[:limit]]
    further = cursor(None, found[limit - 1].id) if len(found) > limit else None
    return answer({"items": items, "next": further}, private=False)


@router.get("/catalogue/{standard_id}", response=Item, summary="One standard, also of an earlier edition")
def see_standard(request: HttpRequest, standard_id: int) -> HttpResponse:
    """As it was published; `until` is the edition that ended it."""
    entry = book().standards.get(standard_id) if 0 < standard_id <= LARGEST_ID else None
    if entry is None:
        raise Unknown("not_found")
    return answer(item_of(entry, unit_names().get(entry.unit_code, entry.unit_code)), private=False)


@router.get(
    "/census",
    response=Census,
    summary="The six figures",
    openapi_extra={"responses": problems_of(404)},
)
def count_matters(
    request: HttpRequest, as_of: Annotated[date | None, BeforeValidator(as_day)] = None, unit: Text = ""
) -> HttpResponse:
    """Now, or as it stood when the day `as_of` ended; of the city or of a unit (code)."""
    now = timezone.now()
    if as_of is not None and as_of > day_of(now):
        raise Invalid({"as_of": ("day_ahead", {})})
    held = known_unit(unit).code if unit else None
    counted = census(now, as_of=as_of, unit=held)
    body = {
        "as_of": as_of.isoformat() if as_of else moment(now),
        "total": counted.total,
        "statuses": {status.value: number for status, number in counted.counts.items()},
    }
    return answer(body, private=False)


JPEG = {"content": {"image/jpeg": {"schema": {"type": "string", "contentMediaType": "image/jpeg"}}}}


@router.get(
    "/attachments/{token}",
    summary="A photo",
    openapi_extra={
        "responses": {200: JPEG} | problems_of(401, 429),
        "security": [{"QueryCode": []}, {"Bearer": []}],
    },
)
def see_attachment(request: HttpRequest, token: str) -> HttpResponseBase:
    """With the query code of its matter, or the token of an account that may see the matter."""
    photo = attachment(token if token.isascii() and token.isprintable() else "")
    if "Authorization" in request.headers:
        staff = Bearer()(request)
        if staff is None:
            raise AuthenticationError
        staff_matter(photo.matter.number, staff.actor)
    else:
        code = request.headers.get(QUERY_CODE, "")
        open_with_code(photo.matter.number, code, client=client_of(request), now=timezone.now())
    response = FileResponse(photo.file.open("rb"), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _standards(unit: str) -> list[StandardEntry]:
    current = book().current_by_unit
    units = [unit] if unit else list(current)
    return sorted((entry for code in units for entry in current.get(code, ())), key=lambda entry: entry.id)
