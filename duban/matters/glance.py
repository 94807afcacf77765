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
from duban.core.places import NOWHERE, Hot, Spelling, hottest
from duban.core.workdays import CalendarMissing
from duban.core.zone import day_of

from .models import Commitment, Matter
from .narrowing import registered_on
from .places import township
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


def topics(last: date, spelled: Sequence[Spelling]) -> Topics:
    """The kinds, the townships, and the standards promised, of matters registered up to the day `last`: two statements.

    Kinds and townships count every matter once, those that name no township too; a matter that was promised twice
    under one standard counts once. `spelled` is how the townships are written.
    """
    first, earliest = days_before(last, WITHIN - 1), days_before(last, 2 * WITHIN - 1)
    eve = days_before(first, 1)
    recent, before = registered_on(first, last), registered_on(earliest, eve)
    matters = Matter.objects.filter(registered_on(earliest, last)).annotate(township=township(spelled))
    counted = matters.values("kind", "township").annotate(
        recent=Count("id", filter=recent), before=Count("id", filter=before)
    )
    rows = list(cast(Iterable[dict[str, Any]], counted))
    return Topics(
        earliest,
        eve,
        first,
        last,
        _added(rows, "kind"),
        sorted(_added(rows, "township"), key=lambda one: one.name == NOWHERE),
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


def _added(rows: Iterable[dict[str, Any]], name: str) -> list[Hot]:
    sums: dict[str, Counter[str]] = {}
    for row in rows:
        sums.setdefault(row[name], Counter()).update(recent=row["recent"], before=row["before"])
    return hottest({key: (figures["recent"], figures["before"]) for key, figures in sums.items()})


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
