"""The run of the census: this day beside the day before and the week before, and the last twelve weeks, from one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from duban.core.ageing import days_before
from duban.core.census import Census, Status
from duban.core.zone import day_of

from .census import census_by_day

WEEKS = 12
WEEK = 7  # days
OVERDUE = (Status.OVERDUE_ACCEPTANCE, Status.OVERDUE_COMPLETION)
STOPPED = (Status.PENDING_REVIEW, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Standing:
    """The census as a day ended; of today, as it stands."""

    day: date
    census: Census

    @property
    def overdue(self) -> int:
        """The red ones: past due and running. Yellow and green of a past day no census keeps apart."""
        return sum(self.census.counts[status] for status in OVERDUE)

    @property
    def running(self) -> int:
        """The matters whose clock runs."""
        return self.census.total - sum(self.census.counts[status] for status in STOPPED)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days: what was registered and closed in them, and what was overdue as the last ended."""

    first: date
    last: date
    registered: int
    closed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Run:
    """A day, the ones it is compared with, and the weeks up to it, oldest first."""

    today: Standing
    yesterday: Standing
    last_week: Standing
    weeks: Sequence[Week]


def run(now: datetime, *, as_of: date | None = None) -> Run:
    """The twelve weeks of seven days that end with `as_of` (None: today, as it stands at `now`)."""
    last = as_of or day_of(now)
    first = days_before(last, WEEKS * WEEK)
    stood = {day: Standing(day, found) for day, found in census_by_day(now, first=first, last=last)}
    ends = [last - timedelta(days=WEEK * back) for back in range((last - first).days // WEEK, -1, -1)]
    weeks = [_week(stood[before], stood[end]) for before, end in pairwise(ends)]
    nothing = Standing(first, Census.of([]))
    return Run(
        stood[last],
        stood.get(days_before(last, 1), nothing),
        stood.get(days_before(last, WEEK), nothing),
        weeks,
    )


def _week(before: Standing, end: Standing) -> Week:
    return Week(
        before.day + timedelta(days=1),
        end.day,
        end.census.total - before.census.total,
        end.census.counts[Status.CLOSED] - before.census.counts[Status.CLOSED],
        end.overdue,
    )
