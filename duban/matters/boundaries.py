"""Recording the boundaries a matter has crossed (domain rule 5): a warning, a due moment, a reminder, a callback.

Who crosses them: the sweep, and every verb before it touches a matter (`verbs.deed.lock`). So a boundary that
passed while no worker ran is never lost to a verb that sets the clock anew, and whoever held the matter when
the boundary passed still holds it when it is recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from duban.catalogue.book import book
from duban.core.boundaries import Boundary, Crossing, crossings
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.rights import SYSTEM
from duban.journal.models import Event
from duban.journal.recording import Entry, record

from .models import Matter

RECORDED_AS: Mapping[Boundary, Kind] = MappingProxyType(
    {
        Boundary.YELLOW: Kind.ALARM_RAISED,
        Boundary.RED: Kind.ALARM_RAISED,
        Boundary.REMINDER: Kind.VERDICT_REMINDED,
        Boundary.CALLBACK: Kind.CALLBACK_FELL_DUE,
    }
)


def catch_up(held: Matter, now: datetime) -> list[Event]:
    """Record every boundary a locked matter has crossed by `now`, one at a time. Costs nothing when there is none."""
    events = []
    while held.look_at is not None and held.look_at <= now:
        event = cross(held, now)
        if event is not None:
            events.append(event)
    return events


def cross(held: Matter, now: datetime) -> Event | None:
    """Record the next boundary of a locked matter if `now` has reached it, dated to the boundary itself.

    The event and the next moment to look at the matter are written together; the row is changed only if it is
    still as it was read. Returns None when nothing was to be recorded. Raises RuntimeError when somebody else
    changed the row, which a lock rules out.
    """
    seen = held.look_at
    if seen is None or seen > now:
        return None
    left = _left(held, seen)
    event = None
    if left and left[0].at <= now:
        event = _record(held, left[0].boundary, max(left[0].at, seen))
        left = left[1:]
    held.look_at = max(left[0].at, seen) if left else None
    still = Matter.objects.filter(
        pk=held.pk, look_at=seen, journal_seq=held.journal_seq - (event is not None)
    )
    if not still.update(look_at=held.look_at, journal_seq=held.journal_seq, journal_hash=held.journal_hash):
        raise RuntimeError(f"{held.number} was changed under its lock")
    return event


def _left(held: Matter, seen: datetime) -> list[Crossing]:
    """The boundaries not recorded yet, in order.

    A running clock's are those from the moment looked at on. Those of silence depend on policy, which may have
    changed since, so the journal says which have been recorded.
    """
    state = held.lifecycle_state
    ahead = crossings(state, held.reading, held.completed_at, book().policy)
    if state is not State.COMPLETED:
        return [crossing for crossing in ahead if crossing.at >= seen]
    kinds = Event.objects.filter(
        stream=held.stream,
        kind__in=[Kind.VERDICT_REMINDED.value, Kind.CALLBACK_FELL_DUE.value],
        facts__run=held.clock_run,
    ).values_list("kind", flat=True)
    done = set(kinds)
    return [crossing for crossing in ahead if RECORDED_AS[crossing.boundary].value not in done]


def _record(held: Matter, boundary: Boundary, at: datetime) -> Event:
    """The event, with who answers for it: the unit and the handler who hold the matter (domain rule 1)."""
    facts: dict[str, object] = {
        "boundary": boundary.value,
        "clock": str(held.clock),
        "run": held.clock_run,
        "round": held.round,
        "due_at": held.clock_due_at.isoformat(),
        "unit": held.unit_id,
        "handler": held.handler_id,
    }
    entry = Entry(RECORDED_AS[boundary], facts)
    recorded = record(held.stream, entry, actor=SYSTEM, at=at, head=held.head)
    held.journal_seq, held.journal_hash = recorded.head.seq, recorded.head.hash
    return recorded.events[0]
