"""The three lights (domain rule 4): a pure function of a clock and a moment.

Green; yellow from the warning moment through due; red strictly after due, counted in whole seconds. A stopped
clock keeps the light it stopped with. Lateness is never stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from .workdays import Calendar
from .zone import day_of

SECOND = timedelta(seconds=1)
"""How finely a deadline is told: in SQL, late is `due <= now - SECOND`."""


class Light(StrEnum):
    """Never colour alone: every light is drawn with its word and its shape."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Clock:
    """One run of a clock: when it began, warns, falls due, and (once it has) stopped. All instants."""

    started_at: datetime
    warn_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.started_at <= self.warn_at <= self.due_at:
            raise ValueError("a clock starts, then warns, then falls due")

    @property
    def late_from(self) -> datetime:
        """The first late instant of this clock."""
        return late_from(self.due_at)

    def stop(self, at: datetime) -> Clock:
        """The same clock, stopped. A stopped clock stays as it stopped."""
        return self if self.stopped_at is not None else replace(self, stopped_at=at)

    def light(self, moment: datetime) -> Light:
        """The light shown at a moment. A stopped clock shows the light it stopped with."""
        seen = moment if self.stopped_at is None else min(moment, self.stopped_at)
        if seen >= self.late_from:
            return Light.RED
        return Light.YELLOW if seen >= self.warn_at else Light.GREEN

    def is_late(self, moment: datetime) -> bool:
        """Strictly after due: due passes, due + 1 s is late."""
        return self.light(moment) is Light.RED


@dataclass(frozen=True, slots=True)
class Margin:
    """How a stopped clock stood against its promise.

    `workdays_early` counts workdays left when it stopped (提前 n 个工作日), `days_late` calendar days past due
    (超 n 天), begun days counting whole. Both are 0 when it stopped on the due day in time.
    """

    workdays_early: int
    days_late: int


def late_from(due_at: datetime) -> datetime:
    """The first late instant, due + 1 s: the whole last second (23:59:59) still counts (domain rules 2, 4)."""
    return due_at + SECOND


def workday_clock(calendar: Calendar, started_at: datetime, workdays: int) -> Clock:
    """A clock for a limit in workdays. Raises CalendarMissing.

    It warns at the start of its last workday; for a limit of one workday, at half of the time to due.
    """
    due_at = calendar.due_at(started_at, workdays)
    if workdays == 1:
        return Clock(started_at, _half(started_at, due_at), due_at)
    return Clock(started_at, calendar.last_workday_start(due_at), due_at)


def hour_clock(started_at: datetime, hours: int) -> Clock:
    """A clock round the clock, for the urgent class: it warns at half of the limit."""
    due_at = started_at + timedelta(hours=hours)
    return Clock(started_at, _half(started_at, due_at), due_at)


def completion_clock(calendar: Calendar, started_at: datetime, due_at: datetime) -> Clock:
    """A completion clock towards a due moment, from a commitment or an extension. Raises CalendarMissing.

    It warns at the start of the last workday; when no more than one workday is left, at half of the time, unless
    that half falls on a day of rest: on one no completion clock turns yellow. Raises ValueError for a due moment
    before the start.
    """
    warn_at = calendar.last_workday_start(due_at)
    if calendar.workdays_between(day_of(started_at), day_of(due_at)) <= 1:
        half = _half(started_at, due_at)
        if calendar.is_workday(day_of(half)):
            warn_at = half
    return Clock(started_at, max(started_at, warn_at), due_at)


def margin(calendar: Calendar, clock: Clock) -> Margin | None:
    """What stands beside a stopped light. None while the clock runs."""
    if clock.stopped_at is None:
        return None
    stopped, due = day_of(clock.stopped_at), day_of(clock.due_at)
    if clock.is_late(clock.stopped_at):
        return Margin(0, max(1, (stopped - due).days))
    return Margin(calendar.workdays_between(stopped, due), 0)


def _half(started_at: datetime, due_at: datetime) -> datetime:
    """Half way, on a whole second, never before the start."""
    return max(started_at, (started_at + (due_at - started_at) / 2).replace(microsecond=0))
