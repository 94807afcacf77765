"""Proving the list of alarms against the journal: every alarm once, as its event raised it, with the answer it got."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import transaction

from duban.core.events import Consumer, Kind
from duban.journal.models import Event, Outbox
from duban.matters.verbs.following import hold

from .models import Alarm
from .settling import ANSWERS, answering, answers, settle

CHUNK = 500
Wrong = tuple[Event, tuple[str, str]]


def wrong_alarms() -> Iterator[tuple[str, str, str]]:
    """Where a stored alarm is not what the journal gives: (where, stored, proven). Constant memory in alarms.

    What waits for the worker is passed over: alarms of a matter with an event still to be entered.
    """
    seen = 0
    for alarms, found in _compared():
        seen += alarms
        yield from ((f"alarm of {event.stream} #{event.seq}", *told) for event, told in found)
    total = Alarm.objects.count()
    if total != seen:
        yield "alarms nobody raised", str(total - seen), "0"


@transaction.atomic
def repair() -> int:
    """Look for the answer of every alarm whose stored one is not the journal's first, anew; returns how many.

    An alarm that is missing, or that was raised otherwise, stays as it is and is told of by `wrong_alarms`.
    """
    wrong = [event for _alarms, found in _compared() for event, _told in found]
    alarms = Alarm.objects.filter(event__in=wrong)
    matters = sorted(alarms.values_list("matter", flat=True))
    hold(matters)
    mended = alarms.update(answer="", answer_event=None, answered_at=None)
    settle(matters)
    return mended


def _compared() -> Iterator[tuple[int, list[Wrong]]]:
    """A chunk of the journal after the other: how many alarms stand for it, and which of them are wrong."""
    last = 0
    raised = Event.objects.filter(kind=Kind.ALARM_RAISED.value).order_by("pk")
    while chunk := list(raised.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        streams = {event.stream for event in chunk}
        owed = Outbox.objects.filter(consumer=Consumer.ALARMS.value, event__stream__in=streams)
        waiting = set(owed.values_list("event__stream", flat=True))
        stored = {
            one.event_id: one for one in Alarm.objects.filter(event__in=chunk).select_related("answer_event")
        }
        said = answering(streams)
        told = (
            (event, (_stored(stored.get(event.pk)), _proven(event, said.get(event.stream, []))))
            for event in chunk
            if event.stream not in waiting
        )
        yield len(stored), [one for one in told if one[1][0] != one[1][1]]


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
