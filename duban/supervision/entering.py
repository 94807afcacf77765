"""Entering alarms: from the journal's `alarm.raised` events, whoever recorded them, into the list of alarms."""

from __future__ import annotations

from django.db import transaction

from duban.core.events import Consumer
from duban.journal.models import Outbox

from .models import Alarm

BATCH = 500


def enter() -> int:
    """Enter every alarm that waits; returns how many. Each exactly once, also with several workers."""
    entered = 0
    while done := _enter_some():
        entered += done
    return entered


@transaction.atomic
def _enter_some() -> int:
    waiting = (
        Outbox.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(consumer=Consumer.ALARMS.value, dead_at=None)
        .select_related("event")
        .order_by("next_at", "id")[:BATCH]
    )
    rows = list(waiting)
    if not rows:
        return 0
    Alarm.objects.bulk_create(
        [
            Alarm(
                event=row.event,
                matter_id=int(row.event.stream.partition(":")[2]),
                clock=row.event.facts["clock"],
                run=row.event.facts["run"],
                boundary=row.event.facts["boundary"],
                at=row.event.at,
                unit_id=row.event.facts["unit"],
                handler_id=row.event.facts["handler"],
                raised_at=row.event.written_at,
            )
            for row in rows
        ]
    )
    Outbox.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
