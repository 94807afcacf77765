"""What callers send about docket and joint meeting."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from duban.core.docket import DecisionKind

from .forms import Day, Form, Optional, Text, one_of, whole

Id = Annotated[int, BeforeValidator(whole)]


class DocketingForm(Form):
    """Why a matter goes before the joint meeting, or comes off its docket; why a meeting is called off."""

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


class FollowUpReviewForm(Form):
    """What became of a follow-up."""

    done: bool
    note: Text


class MeetingForm(Form):
    """When and where the meeting is held, and the ids of the docket's items on its agenda."""

    held_on: Day = None
    place: Text
    items: list[Id] = Field(default_factory=list)


class AttendanceForm(Form):
    """The ids of the seats whose people are there, and of the one that has the chair."""

    present: list[Id] = Field(default_factory=list)
    chair: Id


class MinutesForm(Form):
    """The minutes, which close the meeting."""

    minutes: Text


class SeatForm(BaseModel):
    """A seat, and the user name of who sits there from now on; empty for nobody."""

    seat: Id
    username: Optional = ""


class SeatsForm(Form):
    """The seats to change; the others stay as they are."""

    seats: list[SeatForm]
