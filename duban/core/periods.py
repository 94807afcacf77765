"""The periods a ledger is read for: a month (2014-01) or a quarter (2014-Q1), of Shanghai."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from .zone import day_of

_SHAPE = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))")
FIRST_YEAR = 2000
QUARTER = 3  # months


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, or a quarter: `first` is its first day, `length` how many months it has."""

    first: date
    length: int = 1

    @property
    def key(self) -> str:
        """2014-01 or 2014-Q1."""
        if self.length == QUARTER:
            return f"{self.first.year}-Q{self.quarter}"
        return f"{self.first:%Y-%m}"

    @property
    def quarter(self) -> int:
        """Which quarter of its year it lies in, 1 to 4."""
        return (self.first.month + 2) // QUARTER

    @property
    def months(self) -> tuple[str, ...]:
        """Its months, as YYYY-MM."""
        return tuple(f"{_later(self.first, n):%Y-%m}" for n in range(self.length))

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter."""
        return self.length == QUARTER

    def before(self) -> Period:
        """The period of the same length before it."""
        return Period(_later(self.first, -self.length), self.length)

    def around(self) -> Period:
        """The quarter it lies in."""
        return Period(date(self.first.year, (self.quarter - 1) * QUARTER + 1, 1), QUARTER)


def read_period(text: str) -> Period | None:
    """The period a text spells; None for anything else."""
    found = _SHAPE.fullmatch(text)
    if found is None or int(found[1]) < FIRST_YEAR:
        return None
    if found[3]:
        return Period(date(int(found[1]), (int(found[3]) - 1) * QUARTER + 1, 1), QUARTER)
    return Period(date(int(found[1]), int(found[2]), 1))


def month_at(now: datetime) -> Period:
    """The month an instant lies in."""
    return Period(day_of(now).replace(day=1))


def latest(now: datetime, months: int, quarters: int) -> Iterator[Period]:
    """So many months and then so many quarters, the running ones first."""
    for one, number in ((month_at(now), months), (month_at(now).around(), quarters)):
        period = one
        for _ in range(number):
            yield period
            period = period.before()


def next_month(now: datetime) -> str:
    """The month after the one an instant lies in, as YYYY-MM."""
    return f"{_later(day_of(now).replace(day=1), 1):%Y-%m}"


def _later(first: date, months: int) -> date:
    """The first day so many months later."""
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, month + 1, 1)
