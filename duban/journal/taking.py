"""Consumers that write what they make of events into this database: work and outbox row change in one transaction.

So each event is worked in exactly once, whoever is killed when, and several workers keep out of each other's way:
rows somebody else holds are left to them. Who sends something outside takes a lease instead (`leasing`).

One event that cannot be worked in holds up nobody else. It fails by itself as a delivery does: it waits ever longer,
and after twelve tries for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from django.db import OperationalError, transaction
from django.db.models import Q

from duban.core.events import Consumer

from .leasing import MOST_ATTEMPTS, failure
from .models import Event, Outbox

Work = Callable[[Sequence[Event]], object]

log = structlog.get_logger("duban.journal")


class NotYet(Exception):
    """Raised by the work: nothing is wrong with the event, but its time comes only at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def take(consumer: Consumer, work: Work, *, now: datetime, limit: int, only: Q | None = None) -> int:
    """Work in up to `limit` waiting events, oldest first, of those rows that are `only`.

    Returns how many rows were seen to, done or put off: 0 when nothing waits that is not somebody else's. What the
    database itself cannot do just now (OperationalError) is nobody's failure: it is raised, and done next time.
    """
    due = Q(consumer=consumer.value, dead_at=None, next_at__lte=now)
    rows: list[Outbox] = []
    try:
        _together(rows, due if only is None else due & only, work, limit)
    except OperationalError:
        raise
    except Exception as problem:
        if not rows:
            raise
        failed = problem
    else:
        return len(rows)
    # Nothing of the batch was written. Each by itself shows whose fault it is.
    if len(rows) > 1:
        return sum(take(consumer, work, now=now, limit=1, only=Q(pk=row.pk)) for row in rows)
    _put_off(rows[0], failed, now)
    return 1


@transaction.atomic
def _together(rows: list[Outbox], wanted: Q, work: Work, limit: int) -> None:
    """Fill `rows` with what is wanted and nobody holds, and do all of it or nothing."""
    waiting = Outbox.objects.select_for_update(skip_locked=True, of=("self",)).filter(wanted)
    rows.extend(waiting.select_related("event").order_by("next_at", "id")[:limit])
    if rows:
        work([row.event for row in rows])
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _put_off(row: Outbox, problem: Exception, now: datetime) -> None:
    """After the work was undone. When another worker has seen to the row since, what it did stands."""
    mine = Outbox.objects.filter(pk=row.pk, attempts=row.attempts, dead_at=None)
    if isinstance(problem, NotYet):
        mine.update(next_at=problem.until)
        return
    attempts, error = row.attempts + 1, f"{type(problem).__name__}: {problem}"
    mine.update(attempts=attempts, **failure(attempts, now=now, error=error))
    log.error(
        "event_failed",
        outbox=row.pk,
        consumer=row.consumer,
        stream=row.event.stream,
        seq=row.event.seq,
        attempts=attempts,
        problem=type(problem).__name__,
        exc_info=problem if attempts in (1, MOST_ATTEMPTS) else None,
    )
