"""The book: everything that changes slowly, read once and kept in memory until its revision changes.

Rules ask it for the calendar, the policy, the routes and the standards. In steady state it costs no statement;
the revision is looked at again at most once a second, so an edit anywhere is seen everywhere within a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from time import monotonic
from types import MappingProxyType

from duban.core.policy import Policy
from duban.core.routing import Route
from duban.core.workdays import Calendar, DayKind, SpecialDay, YearStatus

from .models import CalendarDay, CalendarYear, PolicyVersion, Revision, RoutingRule, Standard

LOOK_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class StandardEntry:
    """A row of the catalogue. `since` and `until` are edition numbers; `until` None: it is current."""

    id: int
    code: str
    unit_code: str
    kind: str  # blank: fits every kind
    title: str
    steps: tuple[str, ...]
    limit_workdays: int
    fee: str
    basis: str
    since: int
    until: int | None

    @property
    def is_current(self) -> bool:
        """Whether a commitment may still be made from it."""
        return self.until is None

    def fits(self, kind: str) -> bool:
        """Whether it is meant for matters of the kind."""
        return not self.kind or self.kind == kind


class Standards(Mapping[int, StandardEntry]):
    """Standards by id: the current ones at hand, a past one fetched when first asked for."""

    def __init__(self, current: Mapping[int, StandardEntry]) -> None:
        self._current = current
        self._past: dict[int, StandardEntry] = {}

    def __getitem__(self, key: int) -> StandardEntry:
        found = self._current.get(key) or self._past.get(key)
        if found is None:
            row = Standard.objects.select_related("since", "until").filter(pk=key).first()
            if row is None:
                raise KeyError(key)
            found = self._past[key] = entry(row)
        return found

    def __iter__(self) -> Iterator[int]:
        """Over the current ones."""
        return iter(self._current)

    def __len__(self) -> int:
        """How many are current."""
        return len(self._current)


@dataclass(frozen=True, slots=True)
class Book:
    """One consistent reading. `policy_version` 0 means the figures built in, before anyone amended them."""

    revision: int
    calendar: Calendar
    policy: Policy
    policy_version: int
    routes: tuple[Route, ...]
    standards: Standards
    current_by_unit: Mapping[str, tuple[StandardEntry, ...]]


@dataclass(slots=True)
class _Shelf:
    """What this process has read: replaced whole, so threads never see half a book."""

    book: Book
    stamp: tuple[int, str]
    looked_at: float


_shelf: _Shelf | None = None


def book() -> Book:
    """The book in force, at most a second old."""
    global _shelf
    shelf = _shelf
    if shelf is not None and monotonic() - shelf.looked_at < LOOK_EVERY:
        return shelf.book
    looked_at = monotonic()
    stamp = Revision.objects.values_list("number", "stamp").filter(id=1).first() or (0, "")
    if shelf is not None and shelf.stamp == stamp:
        shelf.looked_at = looked_at
        return shelf.book
    fresh = _Shelf(_read(stamp[0]), stamp, looked_at)
    _shelf = fresh
    return fresh.book


def forget() -> None:
    """Look again at the next call."""
    global _shelf
    _shelf = None


def entry(row: Standard) -> StandardEntry:
    """A catalogue row as a value; `since` and `until` must have been selected with it."""
    return StandardEntry(
        id=row.pk,
        code=row.code,
        unit_code=row.unit_code,
        kind=row.kind,
        title=row.title,
        steps=tuple(row.steps),
        limit_workdays=row.limit_workdays,
        fee=row.fee,
        basis=row.basis,
        since=row.since.number,
        until=row.until.number if row.until else None,
    )


def policy_of(figures: Mapping[str, int | bool]) -> Policy:
    """Stored figures as a policy; a figure an older version did not know takes its default."""
    known = {figure.name for figure in fields(Policy)}
    return Policy(**{name: value for name, value in figures.items() if name in known})  # type: ignore[arg-type]


def _read(revision: int) -> Book:
    calendar = Calendar(
        years=MappingProxyType(
            {year: YearStatus(status) for year, status in CalendarYear.objects.values_list("year", "status")}
        ),
        special=MappingProxyType(
            {
                day: SpecialDay(DayKind(kind), name)
                for day, kind, name in CalendarDay.objects.values_list("day", "kind", "name")
            }
        ),
    )
    version = PolicyVersion.objects.order_by("-number").first()
    current = {
        row.pk: entry(row)
        for row in Standard.objects.filter(until=None)
        .select_related("since", "until")
        .order_by("unit_code", "id")
    }
    by_unit: dict[str, tuple[StandardEntry, ...]] = {}
    for one in current.values():
        by_unit[one.unit_code] = (*by_unit.get(one.unit_code, ()), one)
    return Book(
        revision=revision,
        calendar=calendar,
        policy=policy_of(version.figures) if version else Policy(),
        policy_version=version.number if version else 0,
        routes=tuple(
            Route(unit=row.unit_code, place=row.place, kind=row.kind, keyword=row.keyword, rank=row.rank)
            for row in RoutingRule.objects.filter(active=True)
        ),
        standards=Standards(MappingProxyType(current)),
        current_by_unit=MappingProxyType(by_unit),
    )
