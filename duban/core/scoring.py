"""Scores and rankings (domain rule 16; points are policy): counted items weighed, units ranked, small ones not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from .ledger import Item

LOWEST, HIGHEST = -100, 100  # points an item may weigh

FIRST_WEIGHTS: Mapping[Item, int] = MappingProxyType(
    {
        Item.ACCEPTED_ON_TIME: 1,
        Item.ACCEPTED_LATE: -2,
        Item.COMPLETED_ON_TIME: 2,
        Item.COMPLETED_LATE: -4,
        Item.SOLVED: 2,
        Item.ANSWERED: 1,
        Item.PARTLY: 0,
        Item.CANNOT: 0,
        Item.SATISFIED: 3,
        Item.DISSATISFIED: -3,
        Item.BALLOT_PASSED: 5,
        Item.BALLOT_BLOCKED: -5,
        Item.ASSIST_ON_TIME: 1,
        Item.ASSIST_LATE: -2,
        Item.RETURNED: 0,
        Item.REOPENED: -2,
        Item.RED_LIGHT: -3,
        Item.ORDER_GREEN: 0,
        Item.ORDER_YELLOW: -5,
        Item.ORDER_RED: -10,
        Item.CHECK_PASSED: 1,
        Item.CHECK_FAILED: -5,
    }
)
"""The first version. Orders weigh 0, 5 and 10 points (domain rule 11); the rest is ours, for the office to amend."""


def score(counts: Mapping[Item, int], weights: Mapping[Item, int]) -> int:
    """The points of counted items under a version's weights; an item the version does not name weighs nothing."""
    return sum(number * weights.get(item, 0) for item, number in counts.items())


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's score over its sample; the sample is how many rounds of matters it completed."""

    unit: str
    score: int
    sample: int

    @property
    def average(self) -> Fraction:
        """Points a matter, exact: what units of different size are compared by. A float would part equals."""
        return Fraction(self.score, max(1, self.sample))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the ranking; None where the sample is too small to say anything."""

    rank: int | None
    standing: Standing


def rank(standings: Iterable[Standing], least: int) -> list[Ranked]:
    """Rank by points a matter, best first; equals share a rank, and the next one counts on (1, 1, 3).

    Units with a sample below `least` come last, unranked, by name.
    """
    given = list(standings)
    big = [one for one in given if one.sample >= least]
    ordered = sorted(big, key=lambda one: (-one.average, one.unit))
    ranked: list[Ranked] = []
    for place, one in enumerate(ordered, start=1):
        same = ranked and ranked[-1].standing.average == one.average
        ranked.append(Ranked(ranked[-1].rank if same else place, one))
    small = sorted((one for one in given if one.sample < least), key=lambda one: one.unit)
    return [*ranked, *(Ranked(None, one) for one in small)]


def sample(counts: Mapping[Item, int]) -> int:
    """On how many completed rounds of matters a unit is judged."""
    return counts.get(Item.COMPLETED_ON_TIME, 0) + counts.get(Item.COMPLETED_LATE, 0)
