"""Recounting: proving the totals against the events they were folded from and the rows they speak about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from duban.core.census import Status
from duban.core.events import CONSUMERS, Consumer, Kind
from duban.evaluation.proving import wrong_ballots
from duban.journal.models import Event, Outbox
from duban.matters.models import Matter
from duban.matters.verbs.deed import Place, place_of
from duban.supervision.recounting import wrong_alarms

from .census import census, census_by_unit
from .changes import CITY, told_changes
from .models import DayCount
from .rebuilding import wrong_entries, wrong_totals

MOVING = sorted(kind.value for kind, readers in CONSUMERS.items() if Consumer.TOTALS in readers)
CHUNK = 500

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two accounts of the same thing disagree; `where` names it, the rest is what each says."""

    where: str
    stored: str
    proven: str

    def __str__(self) -> str:
        return f"{self.where}: stored {self.stored}, proven {self.proven}"


@transaction.atomic
def recount(now: datetime) -> list[Difference]:
    """Every difference between the totals and the journal, the matters and the journal, the census and the matters.

    Six proofs: the stored totals with what waits to be folded are those the whole journal gives; every matter
    stands where its last event put it; the census at `now` counts the matters there are; every entry of the ledgers
    is what its event gives, and their totals are their sums; every alarm is there once, with its answer; the votes of
    every closed ballot are those that were counted. An empty
    list means all hold. What waits, for the worker or for a person (`awaited`), is no difference. Reads one state of the database throughout; memory stays constant in matters.
    """
    if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    others = (
        Difference(*found) for found in (*wrong_entries(), *wrong_totals(), *wrong_alarms(), *wrong_ballots())
    )
    return [*_wrong_totals(), *_wrong_places(), *_wrong_census(now), *others]


def _wrong_totals() -> Iterator[Difference]:
    proven, untold = Counter[Key](), set[int]()
    for event in Event.objects.filter(kind__in=MOVING).only("at", "facts").iterator(chunk_size=CHUNK):
        told = told_changes(event.at, event.facts)
        if told is None:
            untold.add(event.pk)
        for unit, day, status, number in told or ():
            proven[unit, day.isoformat(), status.value] += number
    stored: Counter[Key] = Counter()
    for row in DayCount.objects.iterator(chunk_size=CHUNK):
        stored[row.unit, row.day.isoformat(), row.status] += row.number
    waiting = Outbox.objects.filter(consumer=Consumer.TOTALS.value).select_related("event")
    for owed in waiting.iterator(chunk_size=CHUNK):
        untold.discard(owed.event_id)
        for unit, day, status, number in told_changes(owed.event.at, owed.event.facts) or ():
            stored[unit, day.isoformat(), status.value] += number
    for event in Event.objects.filter(pk__in=untold).order_by("pk"):
        yield Difference(f"total of {event.stream} #{event.seq}", "folded", "the event tells none")
    for key in sorted(proven.keys() | stored.keys()):
        if stored[key] != proven[key]:
            unit, on, name = key
            yield Difference(f"total {unit or '*'} {on} {name}", f"{stored[key]:+}", f"{proven[key]:+}")


def _wrong_places() -> Iterator[Difference]:
    streams = 0
    chunk: list[Matter] = []
    for matter in Matter.objects.iterator(chunk_size=CHUNK):
        streams += 1
        chunk.append(matter)
        if len(chunk) == CHUNK:
            yield from _wrong_places_of(chunk)
            chunk = []
    yield from _wrong_places_of(chunk)
    registered = Event.objects.filter(kind=Kind.MATTER_REGISTERED.value).count()
    if registered != streams:
        yield Difference("number of matters", str(streams), str(registered))


def _wrong_places_of(chunk: list[Matter]) -> Iterator[Difference]:
    moves = Event.objects.filter(stream__in=[matter.stream for matter in chunk], kind__in=MOVING)
    last: dict[str, Place] = {
        event.stream: event.facts.get("now")
        for event in moves.order_by("stream", "seq").only("stream", "facts")
    }
    for matter in chunk:
        here, there = place_of(matter), last.get(matter.stream)
        if there is None or _instants(here) != _instants(there):
            yield Difference(f"matter {matter.number}", str(here), str(there))


def _instants(place: Place) -> dict[str, object]:
    """A place with its moments as instants: the same one may be spelled in two zones."""
    moments = {name: place.get(name) for name in ("due_at", "since")}
    return {
        **place,
        **{name: datetime.fromisoformat(text) if text else None for name, text in moments.items()},
    }


def _wrong_census(now: datetime) -> Iterator[Difference]:
    rows: Counter[tuple[str, Status]] = Counter()
    for matter in Matter.objects.iterator(chunk_size=CHUNK):
        status = matter.status(now)
        rows[matter.unit_id, status] += 1
        rows[CITY, status] += 1
    counted = {CITY: census(now), **census_by_unit(now)}
    for unit in sorted(counted.keys() | {unit for unit, _ in rows}):
        for status in Status:
            figure = counted[unit].counts[status] if unit in counted else 0
            if figure != rows[unit, status]:
                yield Difference(f"census {unit or '*'} {status}", str(figure), str(rows[unit, status]))
