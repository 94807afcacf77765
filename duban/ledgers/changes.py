"""What an event that moves a matter changes in the totals.

A matter's life is a chain of stays: at one unit, in one state, under one due moment. Each such event ends a stay
(`was`) and begins one (`now`). A stay begins with its status on time, and if it was late when it ended, it had
gone over to its overdue status one second after due: only when it ends is that written into the totals. A late
stay that still runs is counted over by the census itself, so nothing need happen at the due moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from duban.core.census import Status, published
from duban.core.lifecycle import State
from duban.core.lights import SECOND
from duban.core.zone import day_of, end_of

CITY = ""


class Change(NamedTuple):
    """A number to add to one unit's total (`CITY`: everybody's) of one status on one day."""

    unit: str
    day: date
    status: Status
    number: int


def counted_on(at: datetime) -> date:
    """The first day whose end (23:59:59) lies not before an instant: what happens in the last second's
    fraction belongs to the figures of the next day, for a day's figures are those of its 23:59:59."""
    day = day_of(at)
    return day if at <= end_of(day) else day + timedelta(days=1)


def changes(at: datetime, facts: Mapping[str, Any]) -> Iterator[Change]:
    """The changes made by an event at an instant, from its facts `was` and `now`; for its units and the city."""
    day = counted_on(at)
    was, now = facts["was"], facts["now"]
    if was is not None:
        state, due_at = State(was["state"]), was["due_at"]
        late_from = datetime.fromisoformat(due_at) + SECOND if due_at else None
        if late_from is not None and was.get("since"):  # late when it came over from another matter
            late_from = max(late_from, datetime.fromisoformat(was["since"]))
        if late_from is not None and late_from <= at:
            shift = counted_on(late_from)
            yield from _both(was["unit"], shift, published(state, late=False), -1)
            yield from _both(was["unit"], shift, published(state, late=True), +1)
            yield from _both(was["unit"], day, published(state, late=True), -1)
        else:
            yield from _both(was["unit"], day, published(state, late=False), -1)
    yield from _both(now["unit"], day, published(State(now["state"]), late=False), +1)


def told_changes(at: datetime, facts: Mapping[str, Any]) -> list[Change] | None:
    """The changes as a list; None of an event that tells none, which would stop whoever reckons with many."""
    try:
        return list(changes(at, facts))
    except (LookupError, TypeError, ValueError):
        return None


def _both(unit: str, day: date, status: Status, number: int) -> Iterator[Change]:
    yield Change(unit, day, status, number)
    yield Change(CITY, day, status, number)
