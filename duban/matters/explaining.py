"""Why a deadline is the day it is, day by day (domain rule 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duban.catalogue.book import book
from duban.core.workdays import DayLine
from duban.core.zone import day_of

from .models import ClockName, Matter
from .reckoning import calendar_refusals


@dataclass(frozen=True, slots=True)
class Explanation:
    """The count from the start to the due moment. `workdays` is None for a limit in hours, which has no lines."""

    clock: ClockName
    started_at: datetime
    due_at: datetime
    workdays: int | None
    lines: Sequence[DayLine]

    @property
    def started_on(self) -> date:
        """The day the clock was started; it does not count."""
        return day_of(self.started_at)

    @property
    def due_on(self) -> date:
        """The last day; it counts to 23:59:59."""
        return day_of(self.due_at)

    @property
    def provisional(self) -> bool:
        """Whether a day of a year not yet announced was used: the count may still move."""
        return any(line.provisional for line in self.lines)


def explain(matter: Matter) -> Explanation:
    """Explain the matter's current clock, running or stopped. Raises Refused(`calendar_missing`)."""
    lines: Sequence[DayLine] = ()
    if matter.clock_workdays is not None:
        with calendar_refusals():
            lines = book().calendar.explain(day_of(matter.clock_started_at), day_of(matter.clock_due_at))
    return Explanation(
        ClockName(matter.clock), matter.clock_started_at, matter.clock_due_at, matter.clock_workdays, lines
    )
