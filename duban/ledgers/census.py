"""The census: every matter by published status, at a moment, for the city or a unit (domain section 2).

Exact at any moment, whether the worker runs or not, and at the same cost however many matters are closed. It is
the sum of three parts: the folded totals, the matters that run late at that moment, and the events that wait to
be folded, for the worker or for a person. All three come from one statement and so from one state of the database: an event being folded
meanwhile is seen in exactly one of the parts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest

from duban.core.census import Census, Status, published
from duban.core.events import Consumer
from duban.core.lifecycle import State
from duban.core.lights import SECOND
from duban.core.zone import end_of
from duban.journal.models import Outbox
from duban.matters.models import Matter

from .changes import CITY, Change, counted_on, told_changes
from .models import DayCount


def census(now: datetime, *, as_of: date | None = None, unit: str | None = None) -> Census:
    """The census at `now`, or as the day `as_of` ended; of the whole city, or of the unit with a code.

    A day that has not ended yet is read as it stands now. A unit nobody knows has no matters.
    """
    held = CITY if unit is None else unit
    return Census.of((status, number) for (_, status), number in _tally(now, as_of, held).items())


def census_by_unit(now: datetime, *, as_of: date | None = None) -> dict[str, Census]:
    """The census of every unit that has a matter, open or closed, by its code; together they are the city's."""
    by_unit: defaultdict[str, list[tuple[Status, int]]] = defaultdict(list)
    for (unit, status), number in _tally(now, as_of, None).items():
        if number:
            by_unit[unit].append((status, number))
    return {unit: Census.of(by_unit[unit]) for unit in sorted(by_unit)}


def census_by_day(
    now: datetime, *, first: date, last: date, unit: str | None = None
) -> Iterator[tuple[date, Census]]:
    """The census as each day from `first` to `last` ended, both included, from one statement."""
    held = CITY if unit is None else unit
    day = Cast(Greatest(F("day"), Value(first)), TextField())
    late = _late(min(end_of(last), now), held)
    rows = _one_statement(
        _totals(last, held, day).annotate(total=Sum("number")),
        late.annotate(key=Cast("clock_due_at", TextField()), since=_SINCE)
        .values("key", "state", "since")
        .annotate(total=Count("pk")),
    )
    added: defaultdict[date, Counter[Status]] = defaultdict(Counter)
    for row in rows:
        if row.part == FOLDED:
            added[date.fromisoformat(row.key)][Status(row.name)] += row.number
        elif row.part == LATE:
            late_from = _instant(row.key) + SECOND
            late_from = max(late_from, _instant(row.facts)) if row.facts else late_from
            from_day = max(first, counted_on(late_from))
            added[from_day][published(State(row.name), late=False)] -= row.number
            added[from_day][published(State(row.name), late=True)] += row.number
        else:
            for change in _waiting(row):
                if change.unit == held:
                    added[max(first, change.day)][change.status] += change.number
    counts: Counter[Status] = Counter()
    for distance in range((last - first).days + 1):
        on = first + timedelta(days=distance)
        counts.update(added.get(on, {}))
        yield on, Census.of(counts.items())


FOLDED, LATE, WAITING = "folded", "late", "waiting"


_SINCE = Coalesce(Cast("clock_taken_at", TextField()), Value("", output_field=TextField()))


class _Row(NamedTuple):
    """One row of the statement. What `key`, `name` and `facts` hold depends on the part."""

    part: str
    key: str
    name: str
    number: int
    facts: str


def _tally(now: datetime, as_of: date | None, held: str | None) -> Counter[tuple[str, Status]]:
    """Matters by unit and status; `held` is a unit's code, CITY, or None for every unit by itself."""
    day = counted_on(now) if as_of is None else as_of
    moment = now if as_of is None else min(end_of(as_of), now)
    late_key: Combinable = Value(CITY) if held == CITY else F("unit_id")
    rows = _one_statement(
        _totals(day, held, F("unit")).annotate(total=Sum("number")),
        _late(moment, held)
        .annotate(key=late_key, since=Value(""))
        .values("key", "state", "since")
        .annotate(total=Count("pk")),
    )
    counts: Counter[tuple[str, Status]] = Counter()
    for row in rows:
        if row.part == FOLDED:
            counts[row.key, Status(row.name)] += row.number
        elif row.part == LATE:
            counts[row.key, published(State(row.name), late=False)] -= row.number
            counts[row.key, published(State(row.name), late=True)] += row.number
        else:
            for change in _waiting(row):
                wanted = change.unit != CITY if held is None else change.unit == held
                if wanted and change.day <= day:
                    counts[change.unit, change.status] += change.number
    return counts


def _totals(day: date, held: str | None, key: Combinable) -> QuerySet[Any, Any]:
    upto = DayCount.objects.filter(day__lte=day)
    upto = upto.exclude(unit=CITY) if held is None else upto.filter(unit=held)
    return upto.annotate(key=key).values("key", "status")


def _late(moment: datetime, held: str | None) -> QuerySet[Matter]:
    """Late and still running at a moment. A stay that began after it falls due after it, so none slips in, but
    for a clock that was late when it came over from another matter: that says since when it is this one's."""
    running = Matter.objects.filter(
        Q(clock_taken_at=None) | Q(clock_taken_at__lte=moment),
        clock_stopped_at=None,
        clock_due_at__lte=moment - SECOND,
    )
    return running.filter(unit_id=held) if held else running


def _one_statement(totals: QuerySet[Any, Any], late: QuerySet[Any, Any]) -> Iterator[_Row]:
    nothing = Value("")
    waiting = Outbox.objects.filter(consumer=Consumer.TOTALS.value)
    parts = (
        totals.values_list(Value(FOLDED), "key", "status", "total", nothing),
        late.values_list(Value(LATE), "key", "state", "total", "since"),
        waiting.values_list(
            Value(WAITING),
            Cast("event__at", TextField()),
            nothing,
            Value(0),
            Cast("event__facts", TextField()),
        ),
    )
    first, *others = parts
    return (_Row(*row) for row in first.union(*others, all=True))


def _waiting(row: _Row) -> Sequence[Change]:
    """What an event will add. One that tells nothing waits for a person, and stops no page meanwhile."""
    facts: Mapping[str, Any] = json.loads(row.facts)
    return told_changes(_instant(row.key), facts) or ()


def _instant(text: str) -> datetime:
    """An instant as the database spells it in text: SQLite without its zone, which is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
