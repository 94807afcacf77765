"""Entering alarms: from the journal's `alarm.raised` events, whoever recorded them, into the list of alarms.

What answers an alarm is looked up in the journal itself, in the matter's stream: so it makes no difference whether
the alarm or its answer is entered first, or whether everything is entered again.
"""

from __future__ import annotations

from django.db import transaction

from duban.core.events import Consumer, Kind
from duban.journal.models import Outbox
from duban.matters.verbs.following import hold

from .models import Alarm
from .settling import settle

BATCH = 500


def enter() -> int:
    """Enter every alarm that waits, and every answer; returns how many. Each exactly once, also with several workers."""
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
    concerned = {matter_of(row.event.stream) for row in rows}
    hold(concerned)  # no verb answers an alarm while it is being entered, and none is overlooked
    Alarm.objects.bulk_create(
        [
            Alarm(
                event=row.event,
                matter_id=matter_of(row.event.stream),
                clock=row.event.facts["clock"],
                run=row.event.facts["run"],
                boundary=row.event.facts["boundary"],
                at=row.event.at,
                unit_id=row.event.facts["unit"],
                handler_id=row.event.facts["handler"],
                raised_at=row.event.written_at,
            )
            for row in rows
            if row.event.kind == Kind.ALARM_RAISED
        ]
    )
    settle(concerned)
    Outbox.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def matter_of(stream: str) -> int:
    """The serial of the matter whose stream it is."""
    return int(stream.partition(":")[2])
