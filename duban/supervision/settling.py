"""Which event answered an alarm: the first one in the matter's stream after it that is an answer.

An order that was recalled is none: neither the alarms it had answered nor later ones rest on it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from duban.core.events import Kind
from duban.journal.models import Event
from duban.matters.models import ClockName

from .models import Alarm, Answer

ANSWERS: Mapping[Kind, Answer] = MappingProxyType(
    {
        Kind.ORDER_ISSUED: Answer.ORDER,
        Kind.MATTER_ASSIGNED: Answer.ASSIGNMENT,
        Kind.RETURN_GRANTED: Answer.RULING,
        Kind.RETURN_REFUSED: Answer.RULING,
        Kind.EXTENSION_GRANTED: Answer.RULING,
        Kind.EXTENSION_REFUSED: Answer.RULING,
        Kind.CALLBACK_MADE: Answer.CALLBACK,
        Kind.MATTER_REASSIGNED: Answer.DECISION,
        Kind.MATTER_EXTENDED: Answer.DECISION,
        Kind.MATTER_DEFERRED: Answer.DECISION,
        Kind.ALARM_ANSWERED: Answer.NOTE,
    }
)
"""What counts as an answer, of every open alarm of the matter; but an assignment only of those of the office's own
assigning clock, and a note of its own one."""
_LOOKED_AT = sorted([*(kind.value for kind in ANSWERS), Kind.ORDER_RECALLED.value])


def settle(matters: Collection[int]) -> int:
    """Give every unanswered alarm of these matters the event that answers it, if there is one: three statements.

    The caller holds the matters locked. Returns how many were answered.
    """
    waiting = list(Alarm.objects.filter(matter__in=matters, answer="").select_related("event"))
    if not waiting:
        return 0
    found = answering({alarm.event.stream for alarm in waiting})
    settled = [alarm for alarm in waiting if _answer(alarm, found.get(alarm.event.stream, []))]
    Alarm.objects.bulk_update(settled, ["answer", "answer_event", "answered_at"])
    return len(settled)


def settle_without_recalled(matter: int) -> None:
    """An order about the matter was recalled: what orders had answered is looked up anew, and may stand open again.

    The caller holds the matter locked, and has written that the order is recalled.
    """
    by_order = Alarm.objects.filter(matter=matter, answer=Answer.ORDER)
    by_order.update(answer="", answer_event=None, answered_at=None)
    settle([matter])


def answering(streams: Collection[str]) -> dict[str, list[Event]]:
    """What may answer an alarm, by stream, in the order it happened, without recalled orders: one statement."""
    found: dict[str, list[Event]] = {}
    recalled: set[int] = set()
    for event in Event.objects.filter(stream__in=streams, kind__in=_LOOKED_AT).order_by("stream", "seq"):
        if event.kind == Kind.ORDER_RECALLED:
            recalled.add(event.facts["order"])
        else:
            found.setdefault(event.stream, []).append(event)
    return {
        stream: [one for one in events if one.kind != Kind.ORDER_ISSUED or one.facts["order"] not in recalled]
        for stream, events in found.items()
    }


def _answer(alarm: Alarm, events: Collection[Event]) -> bool:
    answer = next((event for event in events if answers(event, alarm.event)), None)
    if answer is None:
        return False
    alarm.answer, alarm.answer_event, alarm.answered_at = ANSWERS[Kind(answer.kind)], answer, answer.at
    return True


def answers(event: Event, raised: Event) -> bool:
    """Whether an event, of a kind in `ANSWERS` and in the same stream, answers the alarm that was raised by another."""
    if event.seq <= raised.seq:
        return False
    if event.kind == Kind.MATTER_ASSIGNED:
        return str(raised.facts["clock"]) == ClockName.ASSIGNING
    if event.kind == Kind.ALARM_ANSWERED:
        return all(event.facts[name] == raised.facts[name] for name in ("run", "boundary"))
    return True
