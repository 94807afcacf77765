"""The city at a glance, for its leaders: how old the open matters are, what they are about, which are late longest.

Each question is one statement over the open matters, or over those of two months: none grows with what is closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Count, Q

from duban.catalogue.book import book
from duban.core.ageing import BANDS, BY_KEY, days_before
from duban.core.lifecycle import State
from duban.core.lights import SECOND
from duban.core.places import Hot, hottest
from duban.core.workdays import CalendarMissing
from duban.core.zone import day_of

from .models import Commitment, Matter
from .narrowing import registered_on
from .queries import LISTED, RUNNING

OPEN = (State.REGISTERED, State.ASSIGNED, State.HANDLING, State.COMPLETED)
WITHIN = 30  # days of a period that is compared with the one before
MOST = 10


@dataclass(frozen=True, slots=True)
class Ageing:
    """The open matters of a state, by how many days ago they were registered: one figure a band of `core.ageing`."""

    state: State
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of that state."""
        return sum(self.counts.values())


def ageing(now: datetime) -> list[Ageing]:
    """Every open matter by state and age: one statement over the open ones."""
    bands = {f"band{n}": Count("id", filter=_aged(band.key, now)) for n, band in enumerate(BANDS)}
    running = Matter.objects.filter(RUNNING).values("state").annotate(**bands)
    completed = Matter.objects.filter(state=State.COMPLETED).values("state").annotate(**bands)
    found = cast(Iterable[dict[str, Any]], running.union(completed, all=True))
    rows = {row["state"]: row for row in found}
    return [
        Ageing(state, {band.key: rows.get(state, {}).get(f"band{n}", 0) for n, band in enumerate(BANDS)})
        for state in OPEN
    ]


@dataclass(frozen=True, slots=True)
class Topics:
    """What was registered most in the 30 days from `first` to `last`, beside the 30 from `earliest` to `before`."""

    earliest: date
    before: date
    first: date
    last: date
    kinds: Sequence[Hot]
    places: Sequence[Hot]
    standards: Sequence[Hot]


def topics(last: date, townships: Sequence[str]) -> Topics:
    """The kinds, the places, and the standards promised, of matters registered up to the day `last`: two statements.

    A matter that was promised twice under one standard counts once. `townships` are their names as people say them.
    """
    first, earliest = days_before(last, WITHIN - 1), days_before(last, 2 * WITHIN - 1)
    eve = days_before(first, 1)
    recent, before = registered_on(first, last), registered_on(earliest, eve)
    matters = Matter.objects.filter(registered_on(earliest, last)).values("kind", "place")
    kinds: Counter[tuple[str, bool]] = Counter()
    places: Counter[tuple[str, bool]] = Counter()
    counted = matters.annotate(recent=Count("id", filter=recent), before=Count("id", filter=before))
    for row in cast(Iterable[dict[str, Any]], counted):
        for late in (True, False):
            number = row["recent" if late else "before"]
            kinds[row["kind"], late] += number
            places[row["place"], late] += number
    typed = {text: (places[text, True], places[text, False]) for text, _late in places if text.strip()}
    return Topics(
        earliest,
        eve,
        first,
        last,
        _ranked(kinds),
        hottest(typed, townships, MOST),
        _standards(earliest, first, last),
    )


def _standards(earliest: date, first: date, last: date) -> list[Hot]:
    late = registered_on(first, last, of="matter__")
    early = registered_on(earliest, days_before(first, 1), of="matter__")
    rows = (
        Commitment.objects.filter(registered_on(earliest, last, of="matter__"))
        .values("standard_title")
        .annotate(
            recent=Count("matter", distinct=True, filter=late),
            before=Count("matter", distinct=True, filter=early),
        )
        .order_by("-recent", "-before", "standard_title")[:MOST]
    )
    found = cast(Iterable[dict[str, Any]], rows)
    return [Hot(row["standard_title"], row["recent"], row["before"]) for row in found if row["recent"]]


def _ranked(counted: Counter[tuple[str, bool]]) -> list[Hot]:
    names = {name for name, _late in counted}
    rows = [Hot(name, counted[name, True], counted[name, False]) for name in names]
    return sorted(rows, key=lambda one: (-one.recent, -one.before, one.name))


@dataclass(frozen=True, slots=True)
class Red:
    """A matter that is late, and for how many workdays; None where the calendar of a year is missing."""

    matter: Matter
    workdays: int | None


def oldest_reds(now: datetime, most: int = MOST) -> list[Red]:
    """The matters that have been red longest, with unit and handler: one statement."""
    rows = (
        Matter.objects.filter(RUNNING, clock_due_at__lte=now - SECOND)
        .select_related("unit", "petitioner", "handler")
        .only(*LISTED)
        .order_by("clock_due_at", "id")[:most]
    )
    return [Red(matter, _workdays_late(matter, now)) for matter in rows]


def _workdays_late(matter: Matter, now: datetime) -> int | None:
    try:
        return book().calendar.workdays_between(day_of(matter.clock_due_at), day_of(now))
    except CalendarMissing:
        return None


def _aged(key: str, now: datetime) -> Q:
    first, before = BY_KEY[key].registered(day_of(now))
    return (
        Q(registered_at__lt=before)
        if first is None
        else Q(registered_at__gte=first, registered_at__lt=before)
    )
