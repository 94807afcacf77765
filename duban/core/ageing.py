"""How long an open matter has been open: bands of whole days since the day it was registered.

The day of registration is day 0. The bands leave no day out and none twice, so their counts add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .zone import start_of


@dataclass(frozen=True, slots=True)
class Band:
    """Ages from `least` to `most` days, both included; `most` None: and more. `key` is how addresses name it."""

    key: str
    least: int
    most: int | None

    def holds(self, age: int) -> bool:
        """Whether an age in days falls into it."""
        return self.least <= age and (self.most is None or age <= self.most)

    def registered(self, today: date) -> tuple[datetime | None, datetime]:
        """When matters of this age were registered: from an instant (None: ever) and before another."""
        first = None if self.most is None else start_of(today - timedelta(days=self.most))
        return first, start_of(today - timedelta(days=self.least - 1))


BANDS = (
    Band("0-3", 0, 3),
    Band("4-7", 4, 7),
    Band("8-15", 8, 15),
    Band("16-30", 16, 30),
    Band("31", 31, None),
)
BY_KEY = {band.key: band for band in BANDS}


def days_before(day: date, days: int) -> date:
    """The day so many days earlier; the first day there is, where the calendar begins later than that."""
    return date.fromordinal(max(1, day.toordinal() - days))
