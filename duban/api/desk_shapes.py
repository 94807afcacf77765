"""The shapes of what only staff see."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from .shapes import ClockKey, LightKey, Matter, Moment, Number, StatusKey, Unit
from .together_drawing import AssistShape, MergedShape


class Petitioner(BaseModel):
    """Who asks, masked."""

    name: str
    id_number: str
    mobile: str


class Request(BaseModel):
    """A return or extension request and its ruling."""

    requested_at: Moment
    requested_by: str
    reason: str
    signed_at: Moment | None
    ruling: Literal["pending", "granted", "refused", "lapsed"]
    ruled_at: Moment | None
    note: str


class ReturnRequest(Request):
    """The unit says whose it should be."""

    unit: Unit
    suggested_unit: Unit


class ExtensionRequest(Request):
    """The original due moment stays."""

    original_due_at: Moment
    due_on: date


class DeskMatter(Matter):
    """A matter as staff see it. `allowed` are the verbs this account could do next."""

    petitioner: Petitioner | None
    issuer: str | None
    waits_for_ruling: Literal["return", "extension"] | None
    assignments: int
    returns_granted: int
    return_requests: list[ReturnRequest]
    extensions: list[ExtensionRequest]
    lead: Number | None
    merged: list[MergedShape]
    assists: list[AssistShape]


class Row(BaseModel):
    """One row of a work list."""

    number: Number
    status: StatusKey
    light: LightKey
    unit: Unit
    kind: str
    title: str
    place: str
    registered_at: Moment
    clock: ClockKey
    due_at: Moment
    completed_at: Moment | None
    closed_at: Moment | None
    round: int
    urgent: bool
    confidential: bool
    collective: bool
    handler: str | None
    waits_for_ruling: Literal["return", "extension"] | None


class Worklist(BaseModel):
    """A page of a work list; `next` goes into `after`."""

    items: list[Row]
    next: str | None


class Lights(BaseModel):
    """Running matters by light."""

    green: int
    yellow: int
    red: int


class UnitLights(Lights):
    """A unit's running matters by light."""

    unit: Unit


class City(BaseModel):
    """Every unit's lights."""

    items: list[UnitLights]
    next: None


class Trays(BaseModel):
    """How many matters wait in each of the office's trays."""

    to_assign: int
    returns: int
    extensions: int
    completed: int
    silent: int


class Me(BaseModel):
    """The account a token speaks for."""

    id: int
    username: str
    display_name: str
    roles: list[str]
    unit: Unit


class RealData(BaseModel):
    """The petitioner's real data. This look has been written down."""

    name: str
    id_number: str
    mobile: str


class Waiting(BaseModel):
    """A matter the publisher may publish."""

    number: Number
    title: str
    kind: str
    unit: Unit
    status: StatusKey
    registered_at: Moment


class WaitingList(BaseModel):
    """A page of what waits for the publisher."""

    items: list[Waiting]
    next: str | None


class Suggestion(BaseModel):
    """Redacted texts, and what was taken out of them."""

    title: str
    summary: str
    reply: str
    masked: list[str]


class Approved(BaseModel):
    """The texts as they are shown in public; taken down, the reason is shown instead."""

    number: Number
    title: str
    summary: str
    reply: str
    published_at: Moment
    taken_down_at: Moment | None
    reason: str | None


class ApprovedList(BaseModel):
    """A page of what was published."""

    items: list[Approved]
    next: str | None
