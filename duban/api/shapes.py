"""The shapes of answers, for the API document. The tests hold every answer against them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

StatusKey = Literal[
    "closed", "pending_review", "handling", "overdue_completion", "accepting", "overdue_acceptance"
]
LightKey = Literal["green", "yellow", "red"]
ClockKey = Literal["assigning", "acceptance", "completion"]
Moment = Annotated[datetime, Field(examples=["2014-01-29T09:30:00+08:00"])]
Number = Annotated[str, Field(examples=["20140129-0163-7"])]


class Unit(BaseModel):
    """A unit."""

    code: str
    name: str


class Receipt(BaseModel):
    """Keep it: `duban verify` proves with it that the registration still stands in the journal."""

    number: Number
    stream: str
    seq: int
    kind: str
    at: Moment
    hash: str
    algorithm: str


class Registered(BaseModel):
    """The number, and the query code that opens the matter. The code is shown to nobody else."""

    number: Number
    query_code: str
    status: StatusKey
    light: LightKey
    unit: Unit
    acceptance_due_at: Moment | None
    receipt: Receipt


class Clock(BaseModel):
    """One run of a clock."""

    clock: ClockKey
    started_at: Moment
    warn_at: Moment
    due_at: Moment
    stopped_at: Moment | None
    light: LightKey


class Standing(BaseModel):
    """How a matter stands after what was done."""

    number: Number
    status: StatusKey
    light: LightKey
    unit: Unit
    round: int
    clock: Clock
    closed_at: Moment | None
    basis: Literal["verdict", "unrated", "withdrawn", "ballot", "decision"] | None


class Completed(Standing):
    """`vague_words` are those of the statement that promise nothing: 近期, 尽快 …"""

    vague_words: list[str]


class DayLine(BaseModel):
    """One day of the count."""

    day: date
    reason: Literal["start", "workday", "makeup", "weekend", "holiday"]
    name: str
    counted: int | None
    provisional: bool


class Explanation(BaseModel):
    """Why the clock falls due when it does."""

    clock: ClockKey
    started_at: Moment
    due_at: Moment
    workdays: int | None
    provisional: bool
    text: str
    days: list[DayLine]


class TimelineEntry(BaseModel):
    """One thing that happened."""

    at: Moment
    kind: str
    title: str
    text: str
    by: str
    photos: list[str]


class PromisedStandard(BaseModel):
    """The standard as it was when it was promised."""

    id: int
    title: str
    edition: int
    limit_workdays: int


class Contact(BaseModel):
    """How the petitioner was reached."""

    method: str
    note: str


class Commitment(BaseModel):
    """What the unit promised."""

    standard: PromisedStandard
    unit: Unit
    handler: str
    promised_workdays: int
    contact: Contact
    accepted_at: Moment
    due_at: Moment
    extensions_granted: int


class Statement(BaseModel):
    """A completion statement, one a round."""

    round: int
    at: Moment
    unit: Unit
    outcome: Literal["solved", "answered", "partly", "cannot"]
    statement: str
    why: str
    public_reply: str


class Attachment(BaseModel):
    """A photo; `href` wants the same query code or token."""

    href: str
    part: str
    width: int
    height: int
    size: int
    at: Moment


class Later(BaseModel):
    """A matter that followed this one. `title` is blank where the account may not open it."""

    number: Number
    title: str


class Matter(Standing):
    """A matter with everything its petitioner sees."""

    kind: str
    title: str
    body: str
    place: str
    channel: str
    registered_at: Moment
    confidential: bool
    publish: bool
    collective: bool
    urgent: bool
    handler: str | None
    previous: Number | None
    merged_into: Number | None
    deadline_explained: Explanation | None
    clocks: list[Clock]
    commitment: Commitment | None
    statements: list[Statement]
    attachments: list[Attachment]
    later: list[Later]
    timeline: list[TimelineEntry]
    allowed: list[str]
