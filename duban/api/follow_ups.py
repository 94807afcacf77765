"""What decisions of the joint meeting ask of one's own unit, and reporting on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel

from duban.core.rights import Verb, require
from duban.core.zone import day_of
from duban.matters.unnaming import unnamed
from duban.supervision.models import Decision
from duban.supervision.queries import follow_ups_of_unit
from duban.supervision.verbs.following_up import report_follow_up

from .answers import answer, day, moment
from .bodies import digest_of, read
from .document import takes
from .forms import Form, Text
from .keys import Bearer, StaffRequest
from .retries import once
from .shapes import LightKey, Moment, Number

router = Router(tags=["meeting"], auth=Bearer())
Limit = Annotated[int, Query(ge=1, le=200)]


class AskedFollowUp(BaseModel):
    """What one's unit is asked: `decision` is its id. `reported_at` is the first report, `done` null until reviewed."""

    decision: int
    number: Number
    title: str
    demand: str
    due_on: date
    light: LightKey
    reported_at: Moment | None
    reviewed_at: Moment | None
    done: bool | None


class AskedFollowUps(BaseModel):
    """Follow-ups, and the cursor of the next page."""

    items: list[AskedFollowUp]
    next: str | None


class Reported(BaseModel):
    """The id of the report, and when it was made."""

    id: int
    at: Moment


class ReportForm(Form):
    """What was done, and what came of it."""

    text: Text


@router.get("/follow-ups/mine", response=AskedFollowUps, summary="What the joint meeting asks of one's unit")
def list_own_follow_ups(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """Everything ever asked of one's own unit, the newest first. Nothing of what was decided otherwise."""
    actor, today = request.auth.actor, day_of(timezone.now())
    require(actor, Verb.REPORT_FOLLOW_UP, unit=actor.unit)
    page = follow_ups_of_unit(actor.unit or "", after=after, limit=limit)
    return answer({"items": [_row(one, today) for one in page.items], "next": page.next})


@router.post(
    "/decisions/{decision}/report", response=Reported, summary="Report on a follow-up", **takes(ReportForm)
)
def report_decision(request: StaffRequest, decision: int) -> HttpResponse:
    """By the unit that is asked, as often as it has something to say, until the office has reviewed it."""
    form, actor, now = read(request, ReportForm), request.auth.actor, timezone.now()

    def deed() -> dict[str, object]:
        report = report_follow_up(decision=decision, text=form.text, actor=actor, now=now)
        return {"id": report.pk, "at": moment(report.at)}

    return once(request, actor.key, digest_of(form), deed, now=now)


def _row(one: Decision, today: date) -> dict[str, object]:
    matter, light = one.item.matter, one.follow_up_light(today)
    return {
        "decision": one.pk,
        "number": matter.number,
        "title": matter.title if one.follow_up_unit_id == matter.unit_id else unnamed(matter.title, matter),
        "demand": one.follow_up_demand,
        "due_on": day(one.follow_up_due_on),
        "light": light.value if light else None,
        "reported_at": moment(one.follow_up_reported_at),
        "reviewed_at": moment(one.followed_up_at),
        "done": one.follow_up_done,
    }
