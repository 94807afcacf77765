"""Proving the list of alarms against the journal: every alarm once, as its event raised it, with the answer it got."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from duban.core.events import Consumer, Kind
from duban.journal.models import Event, Outbox

from .models import Alarm
from .settling import ANSWERS, answers

CHUNK = 500
KINDS = sorted(kind.value for kind in ANSWERS)


def wrong_alarms() -> Iterator[tuple[str, str, str]]:
    """Where a stored alarm is not what the journal gives: (where, stored, proven). Constant memory in alarms.

    What waits for the worker is passed over: alarms of a matter with an event still to be entered.
    """
    last = seen = 0
    raised = Event.objects.filter(kind=Kind.ALARM_RAISED.value).order_by("pk")
    while chunk := list(raised.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        streams = {event.stream for event in chunk}
        owed = Outbox.objects.filter(consumer=Consumer.ALARMS.value, event__stream__in=streams)
        waiting = set(owed.values_list("event__stream", flat=True))
        stored = {
            one.event_id: one for one in Alarm.objects.filter(event__in=chunk).select_related("answer_event")
        }
        seen += len(stored)
        said: dict[str, list[Event]] = {}
        for event in Event.objects.filter(stream__in=streams, kind__in=KINDS).order_by("stream", "seq"):
            said.setdefault(event.stream, []).append(event)
        for event in chunk:
            if event.stream in waiting:
                continue
            alarm = stored.get(event.pk)
            found, proven = _stored(alarm), _proven(event, said.get(event.stream, []))
            if found != proven:
                yield f"alarm of {event.stream} #{event.seq}", found, proven
    total = Alarm.objects.count()
    if total != seen:
        yield "alarms nobody raised", str(total - seen), "0"


def _stored(alarm: Alarm | None) -> str:
    if alarm is None:
        return "none"
    answer = f"{alarm.answer} #{alarm.answer_event.seq}" if alarm.answer_event else "unanswered"
    where = f"{alarm.clock} {alarm.run} {alarm.boundary} {alarm.unit_id}/{alarm.handler_id or '*'}"
    return f"{where} {alarm.at.timestamp():.6f} {answer}"


def _proven(event: Event, said: Collection[Event]) -> str:
    facts = event.facts
    first = next((one for one in said if answers(one, event)), None)
    answer = f"{ANSWERS[Kind(first.kind)]} #{first.seq}" if first else "unanswered"
    where = f"{facts['clock']} {facts['run']} {facts['boundary']} {facts['unit']}/{facts['handler'] or '*'}"
    return f"{where} {event.at.timestamp():.6f} {answer}"
