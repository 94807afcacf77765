"""Merging matters and asking units to assist."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from duban.matters.assists import owed_to_see
from duban.matters.verbs.assisting import ask_assist, recall_assist, reply_assist
from duban.matters.verbs.merging import merge, separate

from .answers import answer
from .bodies import digest_of, read
from .document import takes
from .doing import done
from .forms import Text
from .keys import Bearer, StaffRequest
from .shapes import Standing
from .together_drawing import Owed, owed_row
from .together_forms import AssistRecallForm, AssistReplyForm, AssistRequestForm, MergerForm, SeparationForm

router = Router(tags=["together"], auth=Bearer())


@router.post("/matters/{number}/merger", response=Standing, summary="Merge a duplicate", **takes(MergerForm))
def merge_matter(request: StaffRequest, number: str) -> HttpResponse:
    """It goes the lead's way from here on; its petitioner keeps a verdict of their own. For the office."""
    form = read(request, MergerForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: merge(
            matter=matter, lead=form.lead, reason=form.reason, actor=actor, now=now
        ),
    )


@router.post("/matters/{number}/separation", response=Standing, summary="Separate", **takes(SeparationForm))
def separate_matter(request: StaffRequest, number: str) -> HttpResponse:
    """A merged matter goes on alone as it stands. For the office."""
    form = read(request, SeparationForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: separate(matter=matter, reason=form.reason, actor=actor, now=now),
    )


@router.post(
    "/matters/{number}/assist-request",
    response=Standing,
    summary="Ask for assistance",
    **takes(AssistRequestForm),
)
def request_assist(request: StaffRequest, number: str) -> HttpResponse:
    """A second unit is asked, by the unit that holds the matter or the office. Without `due_on`, policy's count."""
    form = read(request, AssistRequestForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: (
            ask_assist(
                matter=matter, unit=form.unit, task=form.task, due_on=form.due_on, actor=actor, now=now
            ).matter
        ),
    )


@router.post(
    "/matters/{number}/assist-reply",
    response=Standing,
    summary="Reply to a request",
    **takes(AssistReplyForm),
)
def reply_to_assist(request: StaffRequest, number: str) -> HttpResponse:
    """What the account's own unit did for another's matter."""
    form = read(request, AssistReplyForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: reply_assist(matter=matter, text=form.text, actor=actor, now=now).matter,
    )


@router.post(
    "/matters/{number}/assist-recall",
    response=Standing,
    summary="Recall a request",
    **takes(AssistRecallForm),
)
def recall_matter_assist(request: StaffRequest, number: str) -> HttpResponse:
    """No longer needed. By whoever may ask."""
    form = read(request, AssistRecallForm)
    return done(
        request,
        number,
        digest_of(form),
        lambda matter, actor, now: (
            recall_assist(matter=matter, unit=form.unit, reason=form.reason, actor=actor, now=now).matter
        ),
    )


@router.get("/assists", response=Owed, summary="What units owe one another")
def list_assists(
    request: StaffRequest,
    unit: Text = "",
    after: Text = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    """Requests that wait for a reply, by what turns red next: of the account's unit; of all, or of one (code), for who sees the city."""
    now = timezone.now()
    page = owed_to_see(request.auth.actor, unit=unit, after=after, limit=limit)
    return answer({"items": [owed_row(one, now) for one in page.items], "next": page.next})
