"""Supervision orders (三色督办件, domain rule 11): three colours, one number each, and a life as one table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from .lights import Light, late_from
from .refusal import Refused
from .workdays import Calendar
from .zone import day_of, start_of

DEMAND_LIMIT = 400
"""Characters of a demand: what fits one printed A4 page beside everything else."""
DEMAND_POINTS = 8
"""Paragraphs of a demand, each printed with its number."""


class Colour(StrEnum):
    """How severe an order is: green urges, yellow warns, red commands."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def severity(self) -> int:
        """0, 1, 2."""
        return SEVERITY.index(self)


SEVERITY = (Colour.GREEN, Colour.YELLOW, Colour.RED)
_SIGNS: Mapping[Colour, str] = MappingProxyType(
    {Colour.GREEN: "绿", Colour.YELLOW: "黄", Colour.RED: "红"}
)  # fmt: skip
_KEY = re.compile(r"([0-9]{4})-(green|yellow|red)-([1-9][0-9]{0,5})")
_NUMERALS = "一二三四五六七八九十"
_NUMBERED = re.compile(r"[（(]?([一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]?[、.．)）]\s*")


class OrderState(StrEnum):
    """The stored states. Whether a reply is late is never stored: it is derived from the day asked for."""

    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    RECALLED = "recalled"
    ESCALATED = "escalated"  # never replied to; a stronger one took its place


class OrderStep(StrEnum):
    """Everything that can be done to an order."""

    ACKNOWLEDGE = "acknowledge"
    REPLY = "reply"  # also straight away: who replies has seen it
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    RECALL = "recall"
    ESCALATE = "escalate"


_I, _K, _R = OrderState.ISSUED, OrderState.ACKNOWLEDGED, OrderState.REPLIED
_GONE = OrderState.RECALLED

TABLE: Mapping[OrderStep, Mapping[OrderState, OrderState]] = MappingProxyType(
    {
        OrderStep.ACKNOWLEDGE: {_I: _K},
        OrderStep.REPLY: {_I: _R, _K: _R},
        OrderStep.ACCEPT: {_R: OrderState.ACCEPTED},
        OrderStep.SEND_BACK: {_R: _I},
        OrderStep.RECALL: {_I: _GONE, _K: _GONE, _R: _GONE},
        OrderStep.ESCALATE: {_I: OrderState.ESCALATED, _K: OrderState.ESCALATED},
    }
)
OPEN = frozenset({_I, _K, _R})
"""Not ended: a second order of the same colour on the same matter is refused while one is in these."""
UNREPLIED = frozenset({_I, _K})
"""The unit owes a reply."""
ENDED: Mapping[OrderState, str] = MappingProxyType(
    {
        OrderState.ACCEPTED: "order_accepted",
        OrderState.RECALLED: "order_recalled",
        OrderState.ESCALATED: "order_escalated",
    }
)
"""Why nothing can be done any more, by state."""


def step(state: OrderState, taken: OrderStep) -> OrderState:
    """The state a step leads to. Raises Refused.

    `order_accepted`, `order_recalled`, `order_escalated` of one that has ended; else `order_wrong_state`.
    """
    reached = TABLE[taken].get(state)
    if reached is None:
        raise Refused(ENDED.get(state, "order_wrong_state"))
    return reached


def possible(state: OrderState) -> frozenset[OrderStep]:
    """The steps the table allows from a state."""
    return frozenset(taken for taken, ways in TABLE.items() if state in ways)


def next_colour(colour: Colour) -> Colour | None:
    """The next stronger colour; None beyond red."""
    return SEVERITY[colour.severity + 1] if colour is not Colour.RED else None


def escalation(
    colour: Colour, state: OrderState, reply_by: datetime, now: datetime, calendar: Calendar, workdays: int
) -> Colour | None:
    """The colour to propose for an order nobody replied to within so many workdays after it was due; else None.

    Strictly after the last of those workdays has ended, as every deadline (rule 2). Raises CalendarMissing.
    """
    if state not in UNREPLIED or not is_overdue(state, reply_by, now):
        return None
    if now < late_from(calendar.due_at(reply_by, workdays)):
        return None
    return next_colour(colour)


def is_overdue(state: OrderState, reply_by: datetime, now: datetime) -> bool:
    """Whether a reply is owed and the day for it has passed: due passes, due + 1 s is late."""
    return state in UNREPLIED and now >= late_from(reply_by)


def light(state: OrderState, reply_by: datetime, now: datetime) -> Light | None:
    """The light of the reply that is owed: yellow on its last day, red after; None where none is owed."""
    if state not in UNREPLIED:
        return None
    if is_overdue(state, reply_by, now):
        return Light.RED
    return Light.YELLOW if now >= start_of(day_of(reply_by)) else Light.GREEN


def spelled(colour: Colour, year: int, serial: int) -> str:
    """The number as it is printed: 督红〔2014〕3号. The city's initial before it is the masthead's."""
    return f"督{_SIGNS[colour]}〔{year}〕{serial}号"


def key_of(colour: Colour, year: int, serial: int) -> str:
    """The number as addresses hold it: 2014-red-3."""
    return f"{year}-{colour.value}-{serial}"


def read_key(text: str) -> tuple[Colour, int, int] | None:
    """Colour, year and serial of a number as addresses hold it; None for anything else."""
    found = _KEY.fullmatch(text)
    return (Colour(found[2]), int(found[1]), int(found[3])) if found else None


def points(demand: str) -> list[str]:
    """The paragraphs of a demand, each behind its own numeral; numerals somebody typed are not doubled."""
    lines = [_NUMBERED.sub("", line.strip(), count=1) if _NUMBERED.match(line.strip()) else line.strip()
             for line in demand.splitlines()]  # fmt: skip
    kept = [line for line in lines if line]
    if len(kept) == 1:
        return kept
    return [f"{_NUMERALS[place]}、{line}" if place < 10 else line for place, line in enumerate(kept)]
