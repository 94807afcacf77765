"""What the publisher does: what waits, the redacted texts to start from, approving, taking down (domain rule 15)."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from duban.core import numbers
from duban.core.rights import Verb, require
from duban.publication.models import Publication
from duban.publication.queries import published, suggestion, waiting, waiting_matter
from duban.publication.verbs import approve, take_down

from .answers import answer, moment
from .bodies import digest_of, read
from .desk_shapes import Approved, ApprovedList, Suggestion, WaitingList
from .document import takes
from .drawing import unit_of
from .forms import ApprovalForm, TakedownForm, Text
from .keys import Bearer, StaffRequest
from .retries import once

router = Router(tags=["publisher"], auth=Bearer())
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/publications/waiting", response=WaitingList, summary="What waits to be published")
def list_waiting(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """Completed or closed, agreed to by the petitioner, never published; the newest first."""
    now = timezone.now()
    page = waiting(request.auth.actor, after=after, limit=limit)
    items = [
        {
            "number": matter.number,
            "title": matter.title,
            "kind": matter.kind,
            "unit": unit_of(matter.unit),
            "status": matter.status(now).value,
            "registered_at": moment(matter.registered_at),
        }
        for matter in page.items
    ]
    return answer({"items": items, "next": page.next})


@router.get("/publications", response=ApprovedList, summary="What was published, or taken down")
def list_approved(
    request: StaffRequest, taken_down: bool = False, after: Text = "", limit: Limit = 50
) -> HttpResponse:
    """The newest first."""
    page = published(request.auth.actor, taken_down=taken_down, after=after, limit=limit)
    return answer({"items": [_approved(one) for one in page.items], "next": page.next})


@router.get("/matters/{number}/publication", response=Suggestion, summary="Redacted texts to start from")
def suggest_publication(request: StaffRequest, number: str) -> HttpResponse:
    """The matter's own texts without personal data; `masked` is what was taken out. Check them."""
    require(request.auth.actor, Verb.PUBLISH)
    found = suggestion(waiting_matter(number, request.auth.actor))
    texts = {"title": found.title, "summary": found.summary, "reply": found.reply}
    return answer(texts | {"masked": list(found.masked)})


@router.post("/matters/{number}/publication", response=Approved, summary="Publish", **takes(ApprovalForm))
def approve_publication(request: StaffRequest, number: str) -> HttpResponse:
    """Under these texts. Personal data left in one of them is refused, with the field and what was found."""
    form, now, actor = read(request, ApprovalForm), timezone.now(), request.auth.actor
    spelled = numbers.normalise(number) or ""

    def deed() -> dict[str, object]:
        texts = {"title": form.title, "summary": form.summary, "reply": form.reply}
        return _approved(approve(matter=spelled, **texts, actor=actor, now=now))

    return once(request, actor.key, digest_of(form), deed, now=now)


@router.post("/matters/{number}/takedown", response=Approved, summary="Take down", **takes(TakedownForm))
def take_publication_down(request: StaffRequest, number: str) -> HttpResponse:
    """A stub with the reason stays, for everyone to read."""
    form, now, actor = read(request, TakedownForm), timezone.now(), request.auth.actor
    spelled = numbers.normalise(number) or ""

    def deed() -> dict[str, object]:
        return _approved(take_down(matter=spelled, reason=form.reason, actor=actor, now=now))

    return once(request, actor.key, digest_of(form), deed, now=now)


def _approved(publication: Publication) -> dict[str, object]:
    return {
        "number": publication.matter.number,
        "title": publication.title,
        "summary": publication.summary,
        "reply": publication.reply,
        "published_at": moment(publication.approved_at),
        "taken_down_at": moment(publication.taken_down_at),
        "reason": publication.takedown_reason or None,
    }
