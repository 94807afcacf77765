"""Entering what events add to the ledgers. Like the totals, only the worker writes them: no verb waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from duban.core.events import Consumer, Kind
from duban.core.ledger import Account, Entered, entries, totals
from duban.journal.models import Event
from duban.journal.taking import take
from duban.matters.models import Matter

from .adding import add
from .models import LedgerEntry, MonthCount
from .striking import struck_by

BATCH = 500
ACCOUNT = ("unit", "staff", "month", "item")


def enter(limit: int = BATCH, *, now: datetime | None = None) -> int:
    """Enter up to `limit` events that wait `now`, each exactly once; returns how many it has seen to."""
    return take(Consumer.LEDGERS, put, now=now or timezone.now(), limit=limit)


def put(events: Sequence[Event]) -> None:
    """Write the entries of stored events, and add them to the totals. Only once: `entry_once_an_event` sees to it."""
    made = _lines(events)
    LedgerEntry.objects.bulk_create(made, batch_size=100)
    add_up(totals(entered(one) for one in made))


def _lines(events: Sequence[Event]) -> list[LedgerEntry]:
    matters, struck = _matters(events), struck_by(events)
    return [
        LedgerEntry(
            event=event,
            item=one.item.value,
            ledger=one.ledger.value,
            unit=one.unit,
            staff_id=one.staff,
            month=one.month,
            number=one.number,
            matter_id=matters.get(event.pk),
            at=event.at,
        )
        for event in events
        for one in entries(Kind(event.kind), event.at, event.facts, struck=struck)
    ]


def entered(line: LedgerEntry) -> Entered:
    """A stored line as the rules see it."""
    return Entered(line.what, line.unit, line.staff_id, line.month, line.number)


def _matters(events: Iterable[Event]) -> dict[int, int]:
    """The matter of each event that has one: whose stream it is, or whom its facts name by number."""
    found, named = {}, dict[int, str]()
    for event in events:
        room, _, serial = event.stream.partition(":")
        if room == "matter":
            found[event.pk] = int(serial)
        elif event.facts.get("matter"):
            named[event.pk] = str(event.facts["matter"])
    if named:
        numbers = dict(Matter.objects.filter(number__in=set(named.values())).values_list("number", "pk"))
        found |= {event: numbers[number] for event, number in named.items() if number in numbers}
    return found


def add_up(counts: Mapping[Account, int]) -> None:
    """Add to the stored totals."""
    add(MonthCount, ACCOUNT, {(*account[:3], account.item.value): n for account, n in counts.items()})
