"""The joint meeting's sittings: convened, held, closed; and its seats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from duban.core.rights import Actor, Verb, require
from duban.supervision import meetings
from duban.supervision.verbs.convening import convene, seat_people
from duban.supervision.verbs.holding import call_off_meeting, close_meeting, record_attendance

from . import meeting_drawing as drawing
from .answers import answer
from .bodies import digest_of, read
from .document import takes
from .forms import Form, Text
from .keys import Bearer, StaffRequest
from .meeting_forms import AttendanceForm, DocketingForm, MeetingForm, MinutesForm, SeatsForm
from .meeting_shapes import Meetings, MeetingShape, Seats
from .retries import once

router = Router(tags=["meeting"], auth=Bearer())
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/meetings", response=Meetings, summary="The meetings")
def list_meetings(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """The newest first."""
    require(request.auth.actor, Verb.SEE_MEETING)
    page = meetings.meetings(after=after, limit=limit)
    return answer({"items": [drawing.meeting_row(one) for one in page.items], "next": page.next})


@router.post("/meetings", response={201: MeetingShape}, summary="Convene a meeting", **takes(MeetingForm))
def convene_meeting(request: StaffRequest) -> HttpResponse:
    """On a day, today or later, with open items of the docket."""
    form = read(request, MeetingForm)
    return _once(
        request, form, lambda actor, now: convene(**form.model_dump(), actor=actor, now=now).pk, status=201
    )


@router.get("/meetings/{meeting}", response=MeetingShape, summary="One meeting")
def see_meeting(request: StaffRequest, meeting: int) -> HttpResponse:
    """With its agenda and what was decided, who is there, and its minutes."""
    actor = request.auth.actor
    require(actor, Verb.SEE_MEETING)
    return answer(drawing.meeting(meetings.meeting_of(meeting), actor))


@router.post(
    "/meetings/{meeting}/attendance", response=MeetingShape, summary="Who is there", **takes(AttendanceForm)
)
def record_who_is_there(request: StaffRequest, meeting: int) -> HttpResponse:
    """From the day of the meeting on; before that, nobody can decide. May be mended until the meeting is closed."""
    form = read(request, AttendanceForm)
    return _once(
        request,
        form,
        lambda actor, now: (
            record_attendance(
                meeting=meeting, chair=form.chair, present=form.present, actor=actor, now=now
            ).pk
        ),
    )


@router.post(
    "/meetings/{meeting}/closing", response=MeetingShape, summary="Close a meeting", **takes(MinutesForm)
)
def close_joint_meeting(request: StaffRequest, meeting: int) -> HttpResponse:
    """With its minutes; who was there has been recorded. What was not decided stays on the docket."""
    form = read(request, MinutesForm)
    return _once(
        request,
        form,
        lambda actor, now: close_meeting(meeting=meeting, minutes=form.minutes, actor=actor, now=now).pk,
    )


@router.post(
    "/meetings/{meeting}/calling-off",
    response=MeetingShape,
    summary="Call a meeting off",
    **takes(DocketingForm),
)
def call_off_joint_meeting(request: StaffRequest, meeting: int) -> HttpResponse:
    """With a reason, while nothing is decided; its items are free for another meeting."""
    form = read(request, DocketingForm)
    return _once(
        request,
        form,
        lambda actor, now: call_off_meeting(meeting=meeting, reason=form.reason, actor=actor, now=now).pk,
    )


@router.get("/seats", response=Seats, summary="The seats")
def list_seats(request: StaffRequest) -> HttpResponse:
    """In the order of the table."""
    require(request.auth.actor, Verb.CONVENE)
    return answer(drawing.seats(meetings.seats()))


@router.post("/seats", response=Seats, summary="Seat people", **takes(SeatsForm))
def amend_seats(request: StaffRequest) -> HttpResponse:
    """Members of the joint meeting alone, one seat a person."""
    form = read(request, SeatsForm)
    wanted = {one.seat: one.username for one in form.seats}
    actor, now = request.auth.actor, timezone.now()

    def deed() -> dict[str, object]:
        return drawing.seats(seat_people(seats=wanted, actor=actor, now=now))

    return once(request, actor.key, digest_of(form), deed, now=now)


def _once(
    request: StaffRequest, form: Form, deed: Callable[[Actor, datetime], int], status: int = 200
) -> HttpResponse:
    """Do it once, and answer with the meeting as it stands afterwards."""
    actor, now = request.auth.actor, timezone.now()

    def done() -> dict[str, object]:
        return drawing.meeting(meetings.meeting_of(deed(actor, now)), actor)

    return once(request, actor.key, digest_of(form), done, now=now, status=status)
