"""Clocks for matters, from the book in force. A year without a calendar becomes a refusal with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from duban.catalogue.book import Book
from duban.core.lights import Clock, completion_clock, hour_clock, workday_clock
from duban.core.refusal import Refused
from duban.core.workdays import CalendarMissing
from duban.core.zone import day_of, end_of

from .models import ClockName, Matter


@contextmanager
def calendar_refusals() -> Iterator[None]:
    """Turn a missing calendar into the refusal `calendar_missing`."""
    try:
        yield
    except CalendarMissing as missing:
        raise Refused("calendar_missing", year=missing.year) from missing


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Sets a matter's clocks by one book: its calendar, its policy, its revision."""

    book: Book

    def assigning(self, matter: Matter, at: datetime) -> None:
        """The office's own clock: one workday (policy) to assign."""
        self._workdays(matter, ClockName.ASSIGNING, at, self.book.policy.assigning_workdays)

    def acceptance(self, matter: Matter, at: datetime) -> None:
        """The unit's clock to accept: one workday (policy), or two hours round the clock when urgent."""
        policy = self.book.policy
        if matter.urgent:
            clock = hour_clock(at, policy.urgent_acceptance_hours)
            self._set(matter, ClockName.ACCEPTANCE, clock, None)
        else:
            self._workdays(matter, ClockName.ACCEPTANCE, at, policy.acceptance_workdays)

    def completion(self, matter: Matter, at: datetime, workdays: int) -> None:
        """The clock of a promise of so many workdays from an instant."""
        with calendar_refusals():
            due_at = self.book.calendar.due_at(at, workdays)
            clock = completion_clock(self.book.calendar, at, due_at)
        self._set(matter, ClockName.COMPLETION, clock, workdays)

    def again(self, matter: Matter, now: datetime) -> bool:
        """Reckon the running clock anew by this book's calendar. Returns whether its due moment moved.

        An amendment cannot make a matter late after the fact: a due moment never moves before the end of
        the day of the amendment, nor does a boundary already crossed move back over it.
        """
        matter.clock_revision = self.book.revision
        if matter.clock_workdays is None or matter.reading.is_late(now):
            return False
        with calendar_refusals():
            started_at = matter.clock_started_at
            due_at = max(self.book.calendar.due_at(started_at, matter.clock_workdays), end_of(day_of(now)))
            if due_at == matter.clock_due_at:
                return False
            if matter.clock == ClockName.COMPLETION:
                clock = completion_clock(self.book.calendar, started_at, due_at)
            else:
                clock = workday_clock(self.book.calendar, started_at, matter.clock_workdays)
        warn_at = min(max(clock.warn_at, now), due_at)
        moved = Clock(started_at, warn_at, due_at)
        self._set(matter, ClockName(matter.clock), moved, matter.clock_workdays)
        return True

    def _workdays(self, matter: Matter, name: ClockName, at: datetime, workdays: int) -> None:
        with calendar_refusals():
            clock = workday_clock(self.book.calendar, at, workdays)
        self._set(matter, name, clock, workdays)

    def _set(self, matter: Matter, name: ClockName, clock: Clock, workdays: int | None) -> None:
        matter.set_clock(name, clock, workdays=workdays, revision=self.book.revision, policy=self.book.policy)
