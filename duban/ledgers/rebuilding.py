"""The ledgers rebuilt from the journal: the same lines, byte by byte, or what is stored is wrong.

A line is named by its event's place in the journal, never by an id, so two databases with one history give the
same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Sum

from duban.core.events import Consumer, Kind
from duban.core.ledger import ENTERING, Account, Entered, Item, entries, totals
from duban.journal.models import Event, Outbox

from .entering import add_up, entered
from .models import LedgerEntry, MonthCount
from .striking import struck_ever

CHUNK = 500
KINDS = sorted(kind.value for kind in ENTERING)


def rebuilt() -> bytes:
    """Every entry and every total the whole journal gives, as canonical bytes."""
    events = Event.objects.filter(kind__in=KINDS).only("stream", "seq", "kind", "at", "facts")
    struck = struck_ever()
    named = [
        (event.stream, event.seq, one)
        for event in events.iterator(chunk_size=CHUNK)
        for one in _of(event, struck)
    ]
    return _spelled(named, totals(one for _, _, one in named))


def stored() -> bytes:
    """Every entry and every total that is stored, as canonical bytes. Equal to `rebuilt` once nothing waits."""
    rows = LedgerEntry.objects.select_related("event").defer("event__facts")
    named = [(row.event.stream, row.event.seq, entered(row)) for row in rows.iterator(chunk_size=CHUNK)]
    return _spelled(named, _stored_totals())


def wrong_entries() -> Iterator[tuple[str, str, str]]:
    """Where a stored entry is not what its event gives: (where, stored, proven). Constant memory in events.

    An event that waits to be entered has no entries yet.
    """
    seen, struck = 0, struck_ever()
    for chunk in _chunks():
        ids = [event.pk for event in chunk]
        waiting = set(
            Outbox.objects.filter(consumer=Consumer.LEDGERS.value, event_id__in=ids).values_list(
                "event_id", flat=True
            )
        )
        there: dict[int, list[Entered]] = {}
        for row in LedgerEntry.objects.filter(event_id__in=ids):
            there.setdefault(row.event_id, []).append(entered(row))
            seen += 1
        for event in chunk:
            proven = [] if event.pk in waiting else sorted(_of(event, struck))
            found = sorted(there.get(event.pk, []))
            if found != proven:
                yield f"entries of {event.stream} #{event.seq}", _told(found), _told(proven)
    total = LedgerEntry.objects.count()
    if total != seen:
        yield "entries of events that enter nothing", str(total - seen), "0"


def wrong_totals() -> Iterator[tuple[str, str, str]]:
    """Where a stored total is not the sum of its entries: (where, stored, proven)."""
    found, proven = _stored_totals(), _summed()
    for account in sorted(found.keys() | proven.keys()):
        if found[account] != proven[account]:
            unit, staff, month, item = account
            where = f"ledger {unit}/{staff or '*'} {month} {item}"
            yield where, f"{found[account]:+}", f"{proven[account]:+}"


@transaction.atomic
def repair() -> int:
    """Write the totals anew from the entries, which nobody can have changed; returns how many totals there are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a worker that is entering finishes first; none begins
            cursor.execute(f'LOCK TABLE "{MonthCount._meta.db_table}" IN EXCLUSIVE MODE')
    MonthCount.objects.all().delete()
    counts = _summed()
    add_up(counts)
    return len(counts)


def _of(event: Event, struck: Collection[int]) -> Iterator[Entered]:
    return entries(Kind(event.kind), event.at, event.facts, struck=struck)


def _chunks() -> Iterator[list[Event]]:
    last = 0
    while chunk := list(Event.objects.filter(kind__in=KINDS, pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _stored_totals() -> Counter[Account]:
    rows = MonthCount.objects.exclude(number=0)
    return Counter({Account(one.unit, one.staff, one.month, Item(one.item)): one.number for one in rows})


def _summed() -> Counter[Account]:
    """The entries added up by the database."""
    counts: Counter[Account] = Counter()
    plain = LedgerEntry.objects.order_by()
    for unit, month, item, number in plain.values_list("unit", "month", "item").annotate(Sum("number")):
        counts[Account(unit, 0, month, Item(item))] += number
    officials = (
        plain.exclude(staff=None).values_list("unit", "staff", "month", "item").annotate(Sum("number"))
    )
    for unit, staff, month, item, number in officials:
        counts[Account(unit, staff, month, Item(item))] += number
    return Counter({account: number for account, number in counts.items() if number})


def _spelled(named: Iterable[tuple[str, int, Entered]], counts: Counter[Account]) -> bytes:
    spelled = [
        json.dumps({"event": [stream, seq], **one._asdict()}, sort_keys=True) for stream, seq, one in named
    ]
    spelled += [json.dumps({"total": counts[one], **one._asdict()}, sort_keys=True) for one in counts]
    return "".join(f"{line}\n" for line in sorted(spelled)).encode()


def _told(found: list[Entered]) -> str:
    return ", ".join(f"{one.item} {one.unit}/{one.staff or '*'} {one.month} {one.number:+}" for one in found)
