"""The shapes of the cockpit."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from .desk_shapes import Row
from .order_shapes import Silent
from .published_shapes import Statuses
from .shapes import ClockKey, Moment, Number, Unit


class DayStanding(BaseModel):
    """The city as a day ended; of today, as it stands."""

    day: date
    total: int
    statuses: Statuses
    running: int
    overdue: int = Field(
        description="The red ones of that day. Yellow and green of a past day are not kept apart."
    )


class WeekFigures(BaseModel):
    """Seven days; `overdue` as the last of them ended."""

    first: date
    last: date
    registered: int
    closed: int
    overdue: int


class UnitTally(BaseModel):
    """A unit's running matters by light."""

    unit: Unit
    green: int
    yellow: int
    red: int


class AgeFigures(BaseModel):
    """The open matters of a state by days since registration: `0-3`, `4-7`, `8-15`, `16-30`, `31` (and more)."""

    state: str
    counts: dict[str, int]


class HotTopic(BaseModel):
    """How many were registered in these 30 days, and in the 30 before."""

    name: str
    recent: int
    before: int


class HotTopics(BaseModel):
    """What was registered most. `places` are townships and streets, their villages with them, each matter in one; `-` names none."""

    first: date
    last: date
    kinds: list[HotTopic]
    standards: list[HotTopic]
    places: list[HotTopic]


class LateMatter(BaseModel):
    """A late matter; `workdays_red` null: the calendar of a year is missing."""

    matter: Row
    workdays_red: int | None


class WaitingAlarm(BaseModel):
    """An alarm nobody has answered; `unit` held the matter at the boundary. `waiting_workdays` null: the calendar of a year is missing."""

    id: int
    number: Number
    title: str
    clock: ClockKey
    boundary: Literal["yellow", "red"]
    at: Moment
    unit: Unit
    waiting_workdays: int | None


class WaitingAlarms(BaseModel):
    """The alarms nobody has answered, by colour, and the oldest of them."""

    yellow: int
    red: int
    oldest: list[WaitingAlarm]


class OpenOrders(BaseModel):
    """The orders that have not ended; of these, replied to and waiting for a ruling, and late with the reply."""

    open: int
    replied: int
    overdue: int


class Cockpit(BaseModel):
    """`standing` is the day asked for, the day before, and a week before; `directives` the open ones of one's office."""

    standing: list[DayStanding]
    weeks: list[WeekFigures]
    units: list[UnitTally]
    ages: list[AgeFigures]
    topics: HotTopics
    reds: list[LateMatter]
    alarms: WaitingAlarms
    silent_units: list[Silent]
    orders: OpenOrders
    docket: int = Field(description="Matters that wait for a decision of the joint meeting.")
    directives: list[Row]
