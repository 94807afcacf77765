"""For everyone: matters whose result was published, as the publisher approved them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from duban.publication.models import Publication
from duban.publication.queries import public_list, public_matter

from .answers import answer, moment
from .ballot_drawing import public_ballot_of
from .drawing import clock_of, told, unit_of
from .forms import Text
from .published_shapes import PublicList, PublicMatter, Stub

router = Router(tags=["public"])


@router.get("", response=PublicList, summary="Published matters")
def list_published(
    request: HttpRequest,
    unit: Text = "",
    kind: Text = "",
    q: Text = "",
    after: Text = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> HttpResponse:
    """The newest first; of a unit (code), of a kind, or with a text in title or summary."""
    now = timezone.now()
    page = public_list(after=after, limit=limit, unit=unit, kind=kind, q=q)
    items = [_row(publication, now) for publication in page.items]
    return answer({"items": items, "next": page.next}, private=False)


@router.get("/{number}", response={200: PublicMatter, 410: Stub}, summary="One published matter")
def see_published(request: HttpRequest, number: str) -> HttpResponse:
    """Nothing of the petitioner. One that was taken down answers 410 with the reason."""
    now = timezone.now()
    found = public_matter(number)
    publication, matter = found.publication, found.matter
    if found.is_stub:
        stub = {
            "number": matter.number,
            "taken_down_at": moment(publication.taken_down_at),
            "reason": publication.takedown_reason,
        }
        return answer(stub, 410, private=False)
    body = _row(publication, now) | {
        "reply": publication.reply,
        "township": found.township,
        "clock": clock_of(matter.clock, matter.reading, now),
        "promised_workdays": found.promised_workdays,
        "grade": found.grade,
        "ballot": public_ballot_of(found.ballot) if found.ballot else None,
        "closed_at": moment(matter.closed_at),
        "timeline": told(found.timeline),
    }
    return answer(body, private=False)


def _row(publication: Publication, now: datetime) -> dict[str, object]:
    matter = publication.matter
    return {
        "number": matter.number,
        "title": publication.title,
        "summary": publication.summary,
        "kind": matter.kind,
        "unit": unit_of(matter.unit),
        "status": matter.status(now).value,
        "light": matter.light(now).value,
        "registered_at": moment(matter.registered_at),
        "published_at": moment(publication.approved_at),
    }
