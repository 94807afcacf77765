"""Routing rules (S: 系统会根据既定流程，交办到相关责任部门): place × kind × keyword → unit.

A matter no rule fits stays with the supervision office, which assigns it by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """One rule. An empty condition fits everything; a rule fits when all its conditions do."""

    unit: str  # code of the responsible unit
    place: str = ""  # contained in the place
    kind: str = ""
    keyword: str = ""  # contained in title or body
    rank: int = 100  # among equally precise rules the lower rank wins


def route(routes: Iterable[Route], *, kind: str, place: str, title: str, body: str) -> Route | None:
    """The rule that fits best, or None.

    More conditions beat fewer, then a longer keyword beats a shorter one, then the lower rank wins.
    A rule without any condition never fits: that would assign blindly.
    """
    text = f"{title}\n{body}"
    fitting = [
        rule
        for rule in routes
        if (rule.place or rule.kind or rule.keyword)
        and (not rule.kind or rule.kind == kind)
        and (not rule.place or rule.place in place)
        and (not rule.keyword or rule.keyword in text)
    ]
    return min(fitting, key=_precision, default=None)


def _precision(rule: Route) -> tuple[int, int, int, str]:
    conditions = bool(rule.place) + bool(rule.kind) + bool(rule.keyword)
    return (-conditions, -len(rule.keyword), rule.rank, rule.unit)
