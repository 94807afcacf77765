"""The three rates 三率 (domain rule 16), out of counted items. Exact fractions; a rate of nothing is None, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .ledger import Item


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The share, or None where there is nothing to judge by."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def percent(self) -> str:
        """One decimal, half up, as it is printed; — where there is nothing to judge by."""
        if not self.whole:
            return "—"
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class Rates:
    """Response 响应率, resolution 解决率 and satisfaction 满意率."""

    response: Rate
    resolution: Rate
    satisfaction: Rate


def rates(counts: Mapping[Item, int]) -> Rates:
    """The three rates of counted items.

    Response: accepted on time, of all accepted. Resolution: completed as solved or answered, of all completed.
    Satisfaction: verdicts of grades 3 to 5 and passed ballots, of all verdicts and counted ballots; a matter closed
    without a verdict is in neither part (rule 9: silence is not satisfaction).
    """

    def total(*items: Item) -> int:
        return sum(counts.get(item, 0) for item in items)

    return Rates(
        Rate(
            total(Item.ACCEPTED_ON_TIME),
            total(Item.ACCEPTED_ON_TIME, Item.ACCEPTED_LATE),
        ),
        Rate(
            total(Item.SOLVED, Item.ANSWERED),
            total(Item.SOLVED, Item.ANSWERED, Item.PARTLY, Item.CANNOT),
        ),
        Rate(
            total(Item.SATISFIED, Item.BALLOT_PASSED),
            total(Item.SATISFIED, Item.DISSATISFIED, Item.BALLOT_PASSED, Item.BALLOT_BLOCKED),
        ),
    )
