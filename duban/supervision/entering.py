"""Entering alarms: from the journal's `alarm.raised` events, whoever recorded them, into the list of alarms.

What answers an alarm is looked up in the journal itself, in the matter's stream: so it makes no difference whether
the alarm or its answer is entered first, or whether everything is entered again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from duban.core.events import Consumer, Kind
from duban.journal.models import Event
from duban.journal.taking import take
from duban.matters.verbs.following import hold

from .models import Alarm
from .settling import settle

BATCH = 500


def enter(now: datetime | None = None) -> int:
    """Enter every alarm and every answer that waits `now`, each exactly once; returns how many it has seen to."""
    seen, moment = 0, now or timezone.now()
    while done := take(Consumer.ALARMS, _enter, now=moment, limit=BATCH):
        seen += done
    return seen


def _enter(events: Sequence[Event]) -> None:
    concerned = {matter_of(event.stream) for event in events}
    hold(concerned)  # no verb answers an alarm while it is being entered, and none is overlooked
    Alarm.objects.bulk_create(
        [
            Alarm(
                event=event,
                matter_id=matter_of(event.stream),
                clock=event.facts["clock"],
                run=event.facts["run"],
                boundary=event.facts["boundary"],
                at=event.at,
                unit_id=event.facts["unit"],
                handler_id=event.facts["handler"],
                raised_at=event.written_at,
            )
            for event in events
            if event.kind == Kind.ALARM_RAISED
        ]
    )
    settle(concerned)


def matter_of(stream: str) -> int:
    """The serial of the matter whose stream it is."""
    return int(stream.partition(":")[2])
