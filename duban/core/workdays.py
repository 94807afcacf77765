"""Workdays with holidays and make-up workdays (domain rule 2).

Day 1 is the next workday after the start; the last day counts to 23:59:59. A year without a calendar is
an explicit error, never a guess. Every count can be explained day by day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from .zone import day_of, end_of, start_of


class DayKind(StrEnum):
    """What an announcement says of a day that differs from the plain week."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"  # 调休: a weekend day that is worked


class YearStatus(StrEnum):
    """Whether the State Council's announcement for the year is out."""

    ANNOUNCED = "announced"
    PROVISIONAL = "provisional"  # statutory days only, no swaps yet


WORKED = frozenset({"workday", DayKind.MAKEUP.value})
"""The reasons for which a day counts; the others are `weekend` and `holiday`."""


class CalendarMissing(LookupError):
    """A deadline reached a year for which nobody has entered a calendar."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar for {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day named by an announcement: its kind and the name people know it by (春节, 国庆节 …)."""

    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of an explanation. `counted` is the ordinal of a counted workday, else None."""

    day: date
    reason: str  # start | workday | makeup | weekend | holiday
    name: str
    counted: int | None
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The announced days by date and the years they cover."""

    years: Mapping[int, YearStatus]
    special: Mapping[date, SpecialDay] = field(default_factory=dict)

    def reason(self, day: date) -> str:
        """Why a day counts or does not: workday, makeup, weekend or holiday. Raises CalendarMissing."""
        if day.year not in self.years:
            raise CalendarMissing(day.year)
        named = self.special.get(day)
        if named is not None:
            return named.kind.value
        return "weekend" if day.weekday() >= 5 else "workday"

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day. Raises CalendarMissing."""
        return self.reason(day) in WORKED

    def is_provisional(self, day: date) -> bool:
        """Whether the day's year has not been announced yet."""
        return self.years.get(day.year) is YearStatus.PROVISIONAL

    def workdays_after(self, day: date) -> Iterator[date]:
        """The workdays that follow a day, in order, without end. Raises CalendarMissing past the last year."""
        while True:
            day += timedelta(days=1)
            if self.is_workday(day):
                yield day

    def nth_workday(self, start: date, count: int) -> date:
        """The count-th workday after `start` (count ≥ 1, in workdays). Raises ValueError, CalendarMissing."""
        if count < 1:
            raise ValueError("a limit is at least one workday")
        days = self.workdays_after(start)
        for _ in range(count - 1):
            next(days)
        return next(days)

    def due_at(self, started_at: datetime, workdays: int) -> datetime:
        """The instant a limit of so many workdays falls due: 23:59:59 of its last workday."""
        return end_of(self.nth_workday(day_of(started_at), workdays))

    def last_workday_start(self, due_at: datetime) -> datetime:
        """Where the last workday up to a due moment begins.

        That is the due day itself when it is worked; a due moment put on a day of rest (a chosen earlier
        date) warns from the workday before it, so a completion clock never turns yellow on a holiday.
        """
        day = day_of(due_at)
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return start_of(day)

    def workdays_between(self, first: date, last: date) -> int:
        """How many workdays lie after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.workdays_between(last, first)
        day, count = first, 0
        while day < last:
            day += timedelta(days=1)
            count += self.is_workday(day)
        return count

    def explain(self, started_on: date, last: date) -> list[DayLine]:
        """Every day from the start to the due day, with whether and why it counts (domain rule 2)."""
        lines = [DayLine(started_on, "start", "", None, self.is_provisional(started_on))]
        day, counted = started_on, 0
        while day < last:
            day += timedelta(days=1)
            reason = self.reason(day)
            name = self.special[day].name if day in self.special else ""
            worked = reason in WORKED
            counted += worked
            lines.append(DayLine(day, reason, name, counted if worked else None, self.is_provisional(day)))
        return lines
