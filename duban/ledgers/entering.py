"""Entering what events add to the ledgers. Like the totals, only the worker writes them: no verb waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction

from duban.core.events import Consumer, Kind
from duban.core.ledger import Account, Entered, entries, totals
from duban.journal.models import Event, Outbox
from duban.matters.models import Matter

from .models import LedgerEntry, MonthCount
from .striking import struck_by

BATCH = 500
ROWS_A_STATEMENT = 150  # five parameters each: far below what either engine takes


@transaction.atomic
def enter(limit: int = BATCH) -> int:
    """Enter up to `limit` waiting events; returns how many.

    Entries, totals and outbox rows change in one transaction, so an event is entered exactly once, also when the
    worker is killed in the middle; rows another worker is entering are left to it.
    """
    waiting = (
        Outbox.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(consumer=Consumer.LEDGERS.value, dead_at=None)
        .select_related("event")
        .order_by("next_at", "id")[:limit]
    )
    rows = list(waiting)
    if rows:
        put([row.event for row in rows])
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def put(events: Sequence[Event]) -> None:
    """Write the entries of stored events, and add them to the totals. Only once: `entry_once_an_event` sees to it."""
    made = _lines(events)
    LedgerEntry.objects.bulk_create(made, batch_size=100)
    add(totals(entered(one) for one in made))


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


def add(counts: Mapping[Account, int]) -> None:
    """Add to the stored totals, in the order of their keys: two workers never wait for each other in a circle."""
    table = connection.ops.quote_name(MonthCount._meta.db_table)
    accounts = sorted(counts)
    with connection.cursor() as cursor:
        for start in range(0, len(accounts), ROWS_A_STATEMENT):
            part = accounts[start : start + ROWS_A_STATEMENT]
            rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(part))
            cursor.execute(
                f"INSERT INTO {table} (unit, staff, month, item, number) VALUES {rows} "  # noqa: S608 - no outside text
                f"ON CONFLICT (unit, staff, month, item) DO UPDATE SET number = {table}.number + excluded.number",
                [value for one in part for value in (*one[:3], one.item.value, counts[one])],
            )
