"""The sweep: finds matters whose next boundary has come, and records one boundary at a time (domain rule 5)."""

from __future__ import annotations

from datetime import datetime

from django.db import OperationalError, transaction

from duban.matters.boundaries import cross
from duban.matters.models import Matter

from .entering import enter

BATCH = 200


def sweep(now: datetime, limit: int = 10_000) -> int:
    """Record the boundaries crossed by `now`, at most `limit` of them; returns how many. Then enters the alarms.

    Each is one transaction, dated to the boundary and not to the sweep: forty days of downtime raise yellow and
    red once each, under their own dates. Any number of workers may sweep at once: a matter somebody else has
    locked is left to them. One that cannot be recorded does not keep the others waiting: raises ExceptionGroup
    when everything else is done.
    """
    recorded, problems = 0, dict[int, Exception]()
    while recorded < limit:
        due = Matter.objects.filter(look_at__lte=now).exclude(pk__in=problems).order_by("look_at", "pk")
        seen = list(due.values_list("pk", "look_at")[: min(BATCH, limit - recorded)])
        taken = []
        for matter, look_at in seen:
            try:
                taken.append(_take(matter, look_at, now))
            except OperationalError:  # the database itself
                raise
            except Exception as problem:
                problems[matter] = problem
        if len(taken) == len(seen) and all(one is None for one in taken):
            break
        recorded += sum(filter(None, taken))
    enter(now)
    if problems:
        raise ExceptionGroup("boundaries that cannot be recorded", list(problems.values()))
    return recorded


@transaction.atomic
def _take(matter: int, seen: datetime | None, now: datetime) -> int | None:
    """Claim one matter, if it still waits where it was seen, and record its next boundary.

    Returns how many events were recorded (none when policy has moved the boundary on), None when it was not ours.
    """
    waiting = Matter.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(
        pk=matter, look_at=seen
    )
    held = waiting.first()
    return None if held is None else int(cross(held, now) is not None)
