"""The joint meeting: docket, papers, decisions, minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, BeforeValidator, Field

from duban.core import numbers
from duban.core.docket import DecisionKind
from duban.core.rights import Actor, Verb, may, require
from duban.supervision import meetings
from duban.supervision.models import Decision, DocketItem, Meeting
from duban.supervision.verbs.convening import close_meeting, convene
from duban.supervision.verbs.deciding import NO_FOLLOW_UP, FollowUp, decide, review_follow_up
from duban.supervision.verbs.docketing import drop_from_docket, file_paper, put_on_docket

from .answers import answer, day, moment
from .bodies import digest_of, read
from .document import takes
from .drawing import unit_of
from .forms import Day, Form, Optional, Text, one_of, whole
from .keys import Bearer, StaffRequest
from .retries import once

router = Router(tags=["meeting"], auth=Bearer())
Id = Annotated[int, BeforeValidator(whole)]
Limit = Annotated[int, Query(ge=1, le=200)]


class DocketingForm(Form):
    """Why a matter goes before the joint meeting, or comes off its docket."""

    reason: Text


class PaperForm(Form):
    """A paper laid before the meeting."""

    kind: Text = Field(json_schema_extra=one_of(["position", "option", "opinion"]))
    text: Text


class FollowUpForm(BaseModel):
    """What must be seen to after a decision."""

    unit: Optional = ""
    due_on: Day = None
    demand: Optional = ""


class DecisionForm(Form):
    """A binding decision. `unit` for reassign, `due_on` for extend, `review_on` for defer, `confirmed` for close."""

    meeting: Id
    kind: Text = Field(json_schema_extra=one_of([kind.value for kind in DecisionKind]))
    reason: Text
    unit: Optional = ""
    due_on: Day = None
    review_on: Day = None
    confirmed: bool = False
    follow_up: FollowUpForm | None = None


class MeetingForm(Form):
    """When and where the meeting is held, and the ids of the docket's items on its agenda."""

    held_on: Day = None
    place: Text
    items: list[Id] = Field(default_factory=list)


class MinutesForm(Form):
    """The minutes, which close the meeting."""

    minutes: Text


class FollowUpReviewForm(Form):
    """What became of a follow-up."""

    done: bool
    note: Text


class DocketPage(BaseModel):
    """Items, and the cursor of the next page."""

    items: list[dict[str, Any]]
    next: str | None


@router.get("/docket", response=DocketPage, summary="The docket")
def list_docket(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """The open items whose matter still runs, the newest first."""
    require(request.auth.actor, Verb.SEE_MEETING)
    page, now = meetings.open_items(after=after, limit=limit), timezone.now()
    return answer({"items": [_item(one, now) for one in page.items], "next": page.next})


@router.get("/docket/{docket}", response=dict[str, Any], summary="One item")
def see_docket_item(request: StaffRequest, docket: int) -> HttpResponse:
    """With its papers and, once there is one, its decision."""
    actor, now = request.auth.actor, timezone.now()
    item = meetings.docket_item(docket, actor)
    body = _item(item, now)
    body["papers"] = [
        {"kind": one.kind, "text": one.text, "unit": unit_of(one.unit), "at": moment(one.at)}
        for one in item.papers.all()
    ]
    decided = item.decided if may(actor, Verb.SEE_MEETING) else None
    body["decision"] = _decision(decided, actor) if decided else None
    return answer(body)


@router.post(
    "/matters/{number}/docket", response=dict[str, Any], summary="Docket a matter", **takes(DocketingForm)
)
def put_matter_on_docket(request: StaffRequest, number: str) -> HttpResponse:
    """The supervision office puts a matter before the joint meeting."""
    form, spelled = read(request, DocketingForm), numbers.normalise(number) or ""
    return _once(
        request,
        form,
        lambda actor, now: {"id": put_on_docket(matter=spelled, reason=form.reason, actor=actor, now=now).pk},
    )


@router.post("/docket/{docket}/paper", response=dict[str, Any], summary="Lay a paper", **takes(PaperForm))
def lay_paper(request: StaffRequest, docket: int) -> HttpResponse:
    """The head of the unit that holds the matter its position; the office anything."""
    form = read(request, PaperForm)
    return _once(
        request,
        form,
        lambda actor, now: {
            "id": file_paper(item=docket, kind=form.kind, text=form.text, actor=actor, now=now).pk
        },
    )


@router.post("/docket/{docket}/decision", response=dict[str, Any], summary="Decide", **takes(DecisionForm))
def decide_item(request: StaffRequest, docket: int) -> HttpResponse:
    """Binding, and executed at once. A closing's reason is read by everyone."""
    form = read(request, DecisionForm)
    given = form.follow_up
    follow_up = FollowUp(given.unit, given.due_on, given.demand) if given else NO_FOLLOW_UP
    fields = form.model_dump(exclude={"follow_up"})
    return _once(
        request,
        form,
        lambda actor, now: _decision(
            decide(item=docket, **fields, follow_up=follow_up, actor=actor, now=now), actor
        ),
    )


@router.post(
    "/docket/{docket}/dropping",
    response=dict[str, Any],
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


@router.get("/meetings", response=DocketPage, summary="The meetings")
def list_meetings(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """The newest first."""
    require(request.auth.actor, Verb.SEE_MEETING)
    page = meetings.meetings(after=after, limit=limit)
    return answer({"items": [_meeting(one) for one in page.items], "next": page.next})


@router.post("/meetings", response=dict[str, Any], summary="Convene a meeting", **takes(MeetingForm))
def convene_meeting(request: StaffRequest) -> HttpResponse:
    """On a day, today or later, with open items of the docket."""
    form = read(request, MeetingForm)
    return _once(
        request, form, lambda actor, now: _meeting(convene(**form.model_dump(), actor=actor, now=now))
    )


@router.post(
    "/meetings/{meeting}/closing", response=dict[str, Any], summary="Close a meeting", **takes(MinutesForm)
)
def close_joint_meeting(request: StaffRequest, meeting: int) -> HttpResponse:
    """With its minutes; who was there has been recorded. What was not decided stays on the docket."""
    form = read(request, MinutesForm)
    return _once(
        request,
        form,
        lambda actor, now: _meeting(
            close_meeting(meeting=meeting, minutes=form.minutes, actor=actor, now=now)
        ),
    )


@router.get("/referrals", response=DocketPage, summary="Referred to discipline inspection")
def list_referrals(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """For inspectors alone; nothing of the petitioner."""
    page = meetings.referrals(request.auth.actor, after=after, limit=limit)
    items = [
        {
            "number": one.item.matter.number,
            "unit": unit_of(one.unit) if one.unit else None,
            "text": one.reason,
            "at": moment(one.at),
        }
        for one in page.items
    ]
    return answer({"items": items, "next": page.next})


@router.post(
    "/decisions/{decision}/review", response=dict[str, Any], summary="Review", **takes(FollowUpReviewForm)
)
def review_decision(request: StaffRequest, decision: int) -> HttpResponse:
    """What became of a decision's follow-up, once."""
    form = read(request, FollowUpReviewForm)
    return _once(
        request,
        form,
        lambda actor, now: _decision(
            review_follow_up(decision=decision, done=form.done, note=form.note, actor=actor, now=now), actor
        ),
    )


def _once(
    request: StaffRequest, form: Form, deed: Callable[[Actor, datetime], dict[str, object]]
) -> HttpResponse:
    actor, now = request.auth.actor, timezone.now()
    return once(request, actor.key, digest_of(form), lambda: deed(actor, now), now=now)


def _item(item: DocketItem, now: datetime) -> dict[str, object]:
    sitting = meetings.sitting_of(item)
    return {
        "id": item.pk,
        "number": item.matter.number,
        "title": item.matter.title,
        "unit": unit_of(item.matter.unit),
        "light": item.matter.light(now).value,
        "status": item.matter.status(now).value,
        "state": item.state,
        "since": moment(item.since),
        "days": meetings.age_days(item, now),
        "grounds": [{"ground": one.ground, "since": moment(one.since)} for one in item.grounds.all()],
        "meeting": sitting.pk if sitting else None,
    }


def _meeting(meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.pk,
        "year": meeting.year,
        "serial": meeting.serial,
        "held_on": day(meeting.held_on),
        "place": meeting.venue,
        "state": meeting.state,
        "items": [one.item_id for one in meeting.agenda.all()],
    }


def _decision(decision: Decision, actor: Actor) -> dict[str, object]:
    return {
        "id": decision.pk,
        "kind": decision.kind,
        "reason": decision.reason if meetings.reads_reason(decision, actor) else None,
        "meeting": decision.meeting_id,
        "day": day(decision.day),
        "at": moment(decision.at),
        "follow_up_due_on": day(decision.follow_up_due_on),
        "followed_up_at": moment(decision.followed_up_at),
    }
