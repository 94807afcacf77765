"""The shapes of answers about docket and joint meeting."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from .shapes import LightKey, Moment, Number, StatusKey, Unit

DecisionName = Literal["reassign", "extend", "defer", "close", "refer", "keep"]


class GroundShape(BaseModel):
    """Why a matter is on the docket, and since when; put there by hand, by whom (`by`) and why (`note`)."""

    ground: Literal["negative", "returns", "ballot", "red", "review", "hand"]
    since: Moment
    note: str
    by: str | None


class DocketRow(BaseModel):
    """An item in a list. `meeting` is the convened one that has it on its agenda; `days` how long it is on the docket."""

    id: int
    number: Number
    title: str
    unit: Unit
    light: LightKey
    status: StatusKey
    state: Literal["open", "decided", "dropped", "moot"]
    since: Moment
    settled_at: Moment | None
    days: int
    grounds: list[GroundShape]
    meeting: int | None


class Docket(BaseModel):
    """Items, and the cursor of the next page."""

    items: list[DocketRow]
    next: str | None


class PaperShape(BaseModel):
    """A paper laid before the meeting, and which unit laid it."""

    kind: Literal["position", "option", "opinion"]
    text: str
    unit: Unit
    at: Moment


class ReportShape(BaseModel):
    """What the unit that was asked reported."""

    text: str
    by: str
    at: Moment


class DecisionShape(BaseModel):
    """A decision. `reason` is null for who may not read it; `day` the new due day, or the review day.

    `unit` is the one it was given to; of a referral, the one that held it. `follow_up_done` is null until reviewed.
    """

    id: int
    kind: DecisionName
    reason: str | None
    meeting: int
    unit: Unit | None
    day: date | None
    by: str
    at: Moment
    follow_up_unit: Unit | None
    follow_up_due_on: date | None
    follow_up_demand: str
    follow_up_reports: list[ReportShape]
    followed_up_at: Moment | None
    follow_up_done: bool | None
    follow_up_note: str


class DocketItemShape(DocketRow):
    """An item with its papers and, once there is one, its decision, or why it was dropped."""

    dropped_reason: str
    papers: list[PaperShape]
    decision: DecisionShape | None


class FollowUpRow(BaseModel):
    """A follow-up that has not been reviewed; its decision says who owes what until when."""

    item: int
    number: Number
    title: str
    light: LightKey | None
    decision: DecisionShape


class FollowUps(BaseModel):
    """Follow-ups, and the cursor of the next page."""

    items: list[FollowUpRow]
    next: str | None


class Laid(BaseModel):
    """The id of the paper."""

    id: int


class Docketed(BaseModel):
    """The id of the item."""

    id: int


class Dropped(Docketed):
    """An item taken off the docket."""

    state: Literal["dropped"]


class Referral(BaseModel):
    """What was referred to discipline inspection: nothing of the petitioner."""

    number: Number
    unit: Unit | None
    text: str
    at: Moment


class Referrals(BaseModel):
    """Referrals, and the cursor of the next page."""

    items: list[Referral]
    next: str | None


class MeetingRow(BaseModel):
    """A meeting in a list. Its number is year and serial; `items` are the ids of its agenda, in order."""

    id: int
    year: int
    serial: int
    held_on: date
    place: str
    state: Literal["convened", "closed", "off"]
    items: list[int]


class Meetings(BaseModel):
    """Meetings, and the cursor of the next page."""

    items: list[MeetingRow]
    next: str | None


class Present(BaseModel):
    """Who is there: the seat, and the person who sat on it."""

    seat: int
    title: str
    username: str
    display_name: str


class AgendaEntry(BaseModel):
    """An item of the agenda. `carried`: not decided when the meeting was closed."""

    place: int
    item: int
    number: Number
    title: str
    state: Literal["open", "decided", "dropped", "moot"]
    carried: bool
    decision: DecisionShape | None


class MeetingShape(MeetingRow):
    """A meeting with its agenda, who is there, the seat in the chair, and its minutes once it is closed.

    `called_off_reason` is there once it was called off; `closed_at` then says when.
    """

    chair: int | None
    present: list[Present]
    agenda: list[AgendaEntry]
    minutes: str
    called_off_reason: str
    convened_at: Moment
    closed_at: Moment | None


class SeatShape(BaseModel):
    """A seat of the joint meeting, and who sits there since when."""

    id: int
    title: str
    place: int
    username: str | None
    display_name: str | None
    since: Moment | None


class Seats(BaseModel):
    """The seats, in the order of the table."""

    items: list[SeatShape]
    next: None
