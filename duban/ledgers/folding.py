"""Folding events into totals: only the worker writes them, so that no verb waits for a row everybody writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain

from django.db import connection, transaction

from duban.core.events import Consumer
from duban.journal.models import Outbox

from .changes import Change, changes
from .models import DayCount

BATCH = 500
ROWS_A_STATEMENT = 200  # four parameters each: far below what either engine takes


@transaction.atomic
def fold(limit: int = BATCH) -> int:
    """Fold up to `limit` waiting events into the totals; returns how many.

    Totals and outbox rows change in one transaction, so an event is folded exactly once, also when the worker is
    killed in the middle, and also with several workers: rows somebody else is folding are left to them.
    """
    waiting = (
        Outbox.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(consumer=Consumer.TOTALS.value, dead_at=None)
        .select_related("event")
        .order_by("next_at", "id")[:limit]
    )
    rows = list(waiting)
    if rows:
        add(summed(chain.from_iterable(changes(row.event.at, row.event.facts) for row in rows)))
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def summed(many: chain[Change]) -> Counter[tuple[str, str, str]]:
    """Changes of one unit, day and status added up; what comes to nothing is left out."""
    totals: Counter[tuple[str, str, str]] = Counter()
    for unit, day, status, number in many:
        totals[unit, day.isoformat(), status.value] += number
    return Counter({key: number for key, number in totals.items() if number})


def add(totals: Mapping[tuple[str, str, str], int]) -> None:
    """Add to the stored totals, in the order of their keys: two workers never wait for each other in a circle."""
    table = connection.ops.quote_name(DayCount._meta.db_table)
    keys = sorted(totals)
    with connection.cursor() as cursor:
        for start in range(0, len(keys), ROWS_A_STATEMENT):
            part = keys[start : start + ROWS_A_STATEMENT]
            rows = ", ".join(["(%s, %s, %s, %s)"] * len(part))
            cursor.execute(
                f"INSERT INTO {table} (unit, day, status, number) VALUES {rows} "  # noqa: S608 - no outside text
                f"ON CONFLICT (unit, day, status) DO UPDATE SET number = {table}.number + excluded.number",
                [value for key in part for value in (*key, totals[key])],
            )
