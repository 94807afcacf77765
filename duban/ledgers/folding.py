"""Folding events into totals: only the worker writes them, so that no verb waits for a row everybody writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain

from django.utils import timezone

from duban.core.events import Consumer
from duban.journal.models import Event
from duban.journal.taking import take

from .adding import add
from .changes import Change, changes
from .models import DayCount

BATCH = 500
KEY = ("unit", "day", "status")


def fold(limit: int = BATCH, *, now: datetime | None = None) -> int:
    """Fold up to `limit` events that wait `now` into the totals, each exactly once; returns how many it has seen to."""
    return take(Consumer.TOTALS, put, now=now or timezone.now(), limit=limit)


def put(events: Sequence[Event]) -> None:
    """Add what stored events change to the totals."""
    add(DayCount, KEY, summed(chain.from_iterable(changes(event.at, event.facts) for event in events)))


def summed(many: Iterable[Change]) -> Counter[tuple[str, str, str]]:
    """Changes of one unit, day and status added up; what comes to nothing is left out."""
    totals: Counter[tuple[str, str, str]] = Counter()
    for unit, day, status, number in many:
        totals[unit, day.isoformat(), status.value] += number
    return Counter({key: number for key, number in totals.items() if number})
