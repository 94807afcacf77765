"""What is sent and answered about alarms and supervision orders."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from duban.core.orders import DEMAND_LIMIT, DEMAND_POINTS, Colour

from .forms import Day, Form, Optional, Text, one_of
from .shapes import ClockKey, LightKey, Moment, Number, Unit

Colours = Literal["green", "yellow", "red"]
States = Literal["issued", "acknowledged", "replied", "accepted", "recalled", "escalated"]
OrderKey = Annotated[str, Field(examples=["2014-red-3"])]


class MatterOrderForm(Form):
    """An order about the matter in the address."""

    colour: Text = Field(json_schema_extra=one_of([one.value for one in Colour]))
    demand: Text = Field(
        description=f"At most {DEMAND_LIMIT} characters in {DEMAND_POINTS} paragraphs: one page."
    )
    reply_by: Day = Field(
        None, description="Counts to the end of that day; without it so many workdays (policy)."
    )
    escalated_from: Optional = Field(
        "", description="Key of an overdue order that this one takes the place of."
    )


class UnitOrderForm(MatterOrderForm):
    """An order to a unit, about no matter in particular."""

    unit: Text


class OrderReplyForm(Form):
    """How the demand was met."""

    text: Text


class SendingBackForm(Form):
    """Why the reply will not do, and by when a better one is due."""

    reason: Text
    reply_by: Day = None


class RecallForm(Form):
    """Why the order is taken back."""

    reason: Text


class AlarmAnswerForm(Form):
    """What the office did about the alarm. It stays inside."""

    note: Text


class OrderRow(BaseModel):
    """One order of a list. `light` is the reply's that is owed; null where none is."""

    key: OrderKey
    number: str
    colour: Colours
    state: States
    unit: Unit
    matter: Number | None
    issued_at: Moment
    reply_by: Moment
    light: LightKey | None


class OrderList(BaseModel):
    """A page of orders; `next` goes into `after`."""

    items: list[OrderRow]
    next: str | None


class Escalation(BaseModel):
    """An order nobody replied to, and the colour proposed for the one that takes its place."""

    order: OrderRow
    colour: Colours


class Escalations(BaseModel):
    """A page of proposals; `next` goes into `after`. A page may hold fewer than were asked for."""

    items: list[Escalation]
    next: str | None


class Reply(BaseModel):
    """A reply and what the office made of it."""

    text: str
    by: str
    at: Moment
    late: bool
    ruling: Literal["pending", "accepted", "sent_back", "lapsed"]
    note: str
    ruled_at: Moment | None


class SupervisionOrder(OrderRow):
    """A whole order. `allowed` are the deeds this account could do next, `proof` what the printed one's code opens."""

    proof: str
    handler: str | None
    demand: str
    issued_by: str
    acknowledged_at: Moment | None
    escalated_from: OrderKey | None
    recall_reason: str
    ended_at: Moment | None
    replies: list[Reply]
    allowed: list[Literal["acknowledgement", "reply", "acceptance", "sending-back", "recall"]]


class OrderProof(BaseModel):
    """What an order says to whoever holds a printed one: that it is real, to whom, and how it stands. Never about whom."""

    key: OrderKey
    number: str
    colour: Colours
    state: States
    unit: Unit
    issued_at: Moment
    reply_by: Moment


class LastWord(BaseModel):
    """The last progress reported."""

    text: str
    at: Moment


class Promise(BaseModel):
    """The promise in force."""

    standard: str
    promised_workdays: int
    due_at: Moment


class AlarmRow(BaseModel):
    """An alarm, who held the matter at the boundary, and what is known of it now. Counts are in workdays."""

    id: int
    number: Number
    title: str
    clock: ClockKey
    boundary: Literal["yellow", "red"]
    at: Moment
    unit: Unit
    handler: str | None
    light_now: LightKey
    unit_now: Unit
    held_since: Moment
    held_workdays: int | None
    waiting_workdays: int | None
    promise: Promise | None
    last_progress: LastWord | None
    answer: Literal["order", "assignment", "ruling", "callback", "decision", "note"] | None
    answered_at: Moment | None


class AlarmList(BaseModel):
    """A page of alarms; `next` goes into `after`."""

    items: list[AlarmRow]
    next: str | None


class AlarmAnswered(BaseModel):
    """The alarm, answered."""

    id: int
    answer: Literal["order", "assignment", "ruling", "callback", "decision", "note"]
    answered_at: Moment


class Silent(BaseModel):
    """A unit nobody has signed in at while matters wait there."""

    unit: Unit
    waiting: int
    oldest_at: Moment
    last_seen_at: Moment | None


class SilentList(BaseModel):
    """The silent units, the longest waiting first."""

    items: list[Silent]
    next: None
