"""What doors ask about the catalogue, the calendar, the policy and the routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duban.core.refusal import Unknown
from duban.core.workdays import YearStatus

from .book import StandardEntry, book, entry
from .models import CalendarDay, CalendarYear, Edition, PolicyVersion, RoutingRule, Standard


@dataclass(frozen=True, slots=True)
class StandardHistory:
    """A row, the edition it came with, and every row the same code ever had, the newest first."""

    standard: StandardEntry
    edition: Edition
    rows: tuple[StandardEntry, ...]


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """A year as entered; `days` are those that differ from the plain week, in order."""

    year: int
    status: YearStatus
    source: str
    days: tuple[CalendarDay, ...]


def standards(*, unit: str = "", kind: str = "", text: str = "") -> list[StandardEntry]:
    """The standards in force, from the book (no statement): a unit's, fitting a kind, with a text in the title."""
    read = book()
    found = read.current_by_unit.get(unit, ()) if unit else tuple(read.standards.values())
    words = text.split()
    return [
        one
        for one in found
        if (not kind or one.fits(kind)) and all(word in one.title or word in one.basis for word in words)
    ]


def standard(standard_id: int) -> StandardHistory:
    """One row, current or past, with its history: two statements. Raises Unknown(`standard_unknown`)."""
    row = Standard.objects.select_related("since", "until").filter(pk=standard_id).first()
    if row is None:
        raise Unknown("standard_unknown")
    rows = Standard.objects.select_related("since", "until").filter(code=row.code).order_by("-since__number")
    return StandardHistory(entry(row), row.since, tuple(entry(one) for one in rows))


def editions() -> list[Edition]:
    """Every edition, the newest first."""
    return list(Edition.objects.order_by("-number"))


def calendar_years() -> list[CalendarYear]:
    """Every year entered, in order."""
    return list(CalendarYear.objects.all())


def calendar_year(year: int) -> YearCalendar:
    """One year's calendar: two statements. Raises Unknown(`calendar_missing`)."""
    row = CalendarYear.objects.filter(year=year).first()
    if row is None:
        raise Unknown("calendar_missing", year=year)
    days = CalendarDay.objects.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))
    return YearCalendar(row.year, YearStatus(row.status), row.source, tuple(days))


def policy_versions() -> list[PolicyVersion]:
    """Every version of the policy figures, the newest first; empty while the built-in ones hold."""
    return list(PolicyVersion.objects.order_by("-number"))


def routing_rules(*, unit: str = "") -> list[RoutingRule]:
    """The rules in force, by rank; those to one unit when it is given."""
    found = RoutingRule.objects.filter(active=True)
    return list(found.filter(unit_code=unit) if unit else found)


def routing_rule(rule: int) -> RoutingRule:
    """One rule in force. Raises Unknown(`route_unknown`)."""
    row = RoutingRule.objects.filter(pk=rule, active=True).first()
    if row is None:
        raise Unknown("route_unknown")
    return row
