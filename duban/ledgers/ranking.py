"""红黑榜: units by score in a month or a quarter, and what a draft of the points would make of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from duban.catalogue.book import book
from duban.core.ledger import UNIT, Item
from duban.core.periods import Period, month_at, read_period
from duban.core.rates import Rates, rates
from duban.core.refusal import Invalid
from duban.core.scoring import Standing, rank, sample, score
from duban.people.queries import unit_names

from .models import MonthCount
from .scores import Weights, weights_by_month

Counts = Counter[Item]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a period: its items, rates, score and place. `rank` is None where the sample is too small."""

    code: str
    name: str
    counts: Counts
    score: int
    matters: int
    rank: int | None

    @property
    def rates(self) -> Rates:
        """The three rates."""
        return rates(self.counts)

    @property
    def average(self) -> str:
        """Points a matter with two decimals, half away from nought; — where there is no matter to divide by."""
        if self.matters < 1:
            return "—"
        hundredths = (200 * abs(self.score) + self.matters) // (2 * self.matters)
        return f"{'-' if self.score < 0 and hundredths else ''}{hundredths // 100}.{hundredths % 100:02}"


def asked_period(text: str, now: datetime) -> Period:
    """The period a reader asks for; the running month when nothing is asked. Raises Invalid (period)."""
    period = read_period(text) if text else month_at(now)
    if period is None:
        raise Invalid({"period": ("period_shape", {})})
    return period


def ranking(period: Period, *, weights: Weights | None = None) -> list[UnitLine]:
    """Every unit with anything to its account in the period, best first; those with too few matters last.

    Each month is scored by the version in force then, or all of them by `weights` (a draft). Three statements,
    however long the ledgers are.
    """
    by_month = _counts(period)
    points = weights_by_month(period.months) if weights is None else dict.fromkeys(period.months, weights)
    names, lines = unit_names(), dict[str, tuple[Counts, int]]()
    for unit, months in by_month.items():
        added: Counts = Counter()
        for one in months.values():
            added.update(one)
        lines[unit] = added, sum(score(one, points[month]) for month, one in months.items())
    standings = [Standing(unit, reached, max(0, sample(added))) for unit, (added, reached) in lines.items()]
    return [
        UnitLine(
            code=one.standing.unit,
            name=names.get(one.standing.unit, one.standing.unit),
            counts=lines[one.standing.unit][0],
            score=one.standing.score,
            matters=one.standing.sample,
            rank=one.rank,
        )
        for one in rank(standings, book().policy.ranking_least_matters)
    ]


def leading(period: Period, most: int) -> tuple[list[UnitLine], int]:
    """The first so many of the ranked units, and how many are ranked at all."""
    ranked = [line for line in ranking(period) if line.rank is not None]
    return ranked[:most], len(ranked)


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit as it stands and as it would under a draft."""

    now: UnitLine
    draft: UnitLine


def quarters_with_entries() -> list[Period]:
    """The quarters in which any unit has anything to its account, the latest first: one statement."""
    rows = MonthCount.objects.filter(staff=UNIT).exclude(number=0)
    months = rows.order_by("-month").values_list("month", flat=True).distinct()
    read = (read_period(month) for month in months)
    return list(dict.fromkeys(one.around() for one in read if one is not None))


def compared(period: Period, weights: Weights) -> list[Compared]:
    """What a draft of the points would make of a period, in the draft's order. Nothing is stored."""
    stands = {line.code: line for line in ranking(period)}
    return [Compared(stands[line.code], line) for line in ranking(period, weights=weights)]


def _counts(period: Period) -> Mapping[str, Mapping[str, Counts]]:
    """By unit and month."""
    found: defaultdict[str, defaultdict[str, Counts]] = defaultdict(lambda: defaultdict(Counter))
    rows = MonthCount.objects.filter(staff=UNIT, month__in=period.months).exclude(number=0)
    for unit, month, item, number in rows.values_list("unit", "month", "item", "number"):
        found[unit][month][Item(item)] += number
    return found
