"""The joint meeting's docket: items, papers, decisions, referrals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from duban.core import numbers
from duban.core.rights import Actor, Verb, require
from duban.supervision import meetings
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.docketing import drop_from_docket, file_paper, put_on_docket
from duban.supervision.verbs.following_up import review_follow_up
from duban.supervision.verbs.proposing import NO_FOLLOW_UP, FollowUp

from . import meeting_drawing as drawing
from .answers import answer
from .bodies import digest_of, read
from .document import takes
from .forms import Form, Text
from .keys import Bearer, StaffRequest
from .meeting_forms import DecisionForm, DocketingForm, FollowUpReviewForm, PaperForm
from .meeting_shapes import (
    DecisionShape,
    Docket,
    Docketed,
    DocketItemShape,
    Dropped,
    FollowUps,
    Laid,
    Referrals,
)
from .retries import once

router = Router(tags=["meeting"], auth=Bearer())
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/docket", response=Docket, summary="The docket")
def list_docket(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """The open items whose matter still runs, the newest first."""
    require(request.auth.actor, Verb.SEE_MEETING)
    page, now = meetings.open_items(after=after, limit=limit), timezone.now()
    return answer({"items": [drawing.row(one, now) for one in page.items], "next": page.next})


@router.get("/docket/{docket}", response=DocketItemShape, summary="One item")
def see_docket_item(request: StaffRequest, docket: int) -> HttpResponse:
    """With its papers and, once there is one, its decision."""
    actor, now = request.auth.actor, timezone.now()
    return answer(drawing.item(meetings.docket_item(docket, actor), actor, now))


@router.get("/hard-cases", response=Docket, summary="The register of hard cases")
def list_hard_cases(
    request: StaffRequest, state: Text = "", after: Text = "", limit: Limit = 50
) -> HttpResponse:
    """Everything ever docketed, the newest first. `state`: `open`, `decided`, `deferred` (and still running), `dropped`."""
    require(request.auth.actor, Verb.SEE_MEETING)
    page, now = meetings.hard_cases(state=state, after=after, limit=limit), timezone.now()
    return answer({"items": [drawing.row(one, now) for one in page.items], "next": page.next})


@router.get("/follow-ups", response=FollowUps, summary="Follow-ups to review")
def list_follow_ups(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """What decisions asked a unit for and nobody has reviewed yet, what falls due first first."""
    actor, now = request.auth.actor, timezone.now()
    require(actor, Verb.SEE_MEETING)
    page = meetings.follow_ups(after=after, limit=limit)
    return answer({"items": [drawing.follow_up(one, actor, now) for one in page.items], "next": page.next})


@router.post(
    "/matters/{number}/docket", response={201: Docketed}, summary="Docket a matter", **takes(DocketingForm)
)
def put_matter_on_docket(request: StaffRequest, number: str) -> HttpResponse:
    """The supervision office puts a matter before the joint meeting."""
    form, spelled = read(request, DocketingForm), numbers.normalise(number) or ""
    return _once(
        request,
        form,
        lambda actor, now: {"id": put_on_docket(matter=spelled, reason=form.reason, actor=actor, now=now).pk},
        status=201,
    )


@router.post("/docket/{docket}/paper", response={201: Laid}, summary="Lay a paper", **takes(PaperForm))
def lay_paper(request: StaffRequest, docket: int) -> HttpResponse:
    """The head of the unit that holds the matter its position; the office anything."""
    form = read(request, PaperForm)
    return _once(
        request,
        form,
        lambda actor, now: {
            "id": file_paper(item=docket, kind=form.kind, text=form.text, actor=actor, now=now).pk
        },
        status=201,
    )


@router.post("/docket/{docket}/decision", response=DecisionShape, summary="Decide", **takes(DecisionForm))
def decide_item(request: StaffRequest, docket: int) -> HttpResponse:
    """Binding, and executed at once. A closing's reason is read by everyone."""
    form = read(request, DecisionForm)
    given = form.follow_up
    follow_up = FollowUp(given.unit, given.due_on, given.demand) if given else NO_FOLLOW_UP
    fields = form.model_dump(exclude={"follow_up"})
    return _once(
        request,
        form,
        lambda actor, now: drawing.decision(
            decide(item=docket, **fields, follow_up=follow_up, actor=actor, now=now), actor
        ),
    )


@router.post(
    "/docket/{docket}/dropping",
    response=Dropped,
    summary="Take off the docket",
    **takes(DocketingForm),
)
def drop_item(request: StaffRequest, docket: int) -> HttpResponse:
    """With a reason; the matter itself does not move."""
    form = read(request, DocketingForm)
    return _once(
        request,
        form,
        lambda actor, now: {
            "id": drop_from_docket(item=docket, reason=form.reason, actor=actor, now=now).pk,
            "state": "dropped",
        },
    )


@router.get("/referrals", response=Referrals, summary="Referred to discipline inspection")
def list_referrals(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """For inspectors alone; nothing of the petitioner."""
    page = meetings.referrals(request.auth.actor, after=after, limit=limit)
    return answer({"items": [drawing.referral(one) for one in page.items], "next": page.next})


@router.post(
    "/decisions/{decision}/review", response=DecisionShape, summary="Review", **takes(FollowUpReviewForm)
)
def review_decision(request: StaffRequest, decision: int) -> HttpResponse:
    """What became of a decision's follow-up, once."""
    form = read(request, FollowUpReviewForm)
    return _once(
        request,
        form,
        lambda actor, now: drawing.decision(
            review_follow_up(decision=decision, done=form.done, note=form.note, actor=actor, now=now), actor
        ),
    )


def _once(
    request: StaffRequest,
    form: Form,
    deed: Callable[[Actor, datetime], dict[str, object]],
    status: int = 200,
) -> HttpResponse:
    actor, now = request.auth.actor, timezone.now()
    return once(request, actor.key, digest_of(form), lambda: deed(actor, now), now=now, status=status)
