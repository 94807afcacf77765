"""Consumers work from outbox rows: lease, do, finish; or fail and come back later.

Delivery is at least once. A worker killed in the middle leaves its lease to run out, and the next worker
takes the row up again.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from duban.core.events import Consumer

from .models import Outbox

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)


@transaction.atomic
def claim(consumer: Consumer, *, now: datetime, limit: int = 50, lease: timedelta = LEASE) -> list[Outbox]:
    """Lease up to `limit` waiting rows, oldest first, with their events. Nobody else gets them until the lease ends."""
    waiting = (
        Outbox.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(
            Q(leased_until=None) | Q(leased_until__lte=now),
            consumer=consumer.value,
            dead_at=None,
            next_at__lte=now,
        )
        .select_related("event")
        .order_by("next_at", "id")[:limit]
    )
    rows = list(waiting)
    if not rows:
        return []
    token = secrets.token_hex(16)
    Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(
        lease=token, leased_until=now + lease, attempts=F("attempts") + 1
    )
    for row in rows:
        row.lease, row.leased_until, row.attempts = token, now + lease, row.attempts + 1
    return rows


def renew(*rows: Outbox, now: datetime, lease: timedelta = LEASE) -> int:
    """The work takes longer: hold rows claimed together anew from `now`. Returns how many are still one's own."""
    if not rows:
        return 0
    mine = Outbox.objects.filter(pk__in=[row.pk for row in rows], lease=rows[0].lease)
    return mine.update(leased_until=now + lease)


def finish(*rows: Outbox) -> int:
    """The deliveries are made: their rows go. A row whose lease somebody else holds by now stays. Returns how many went."""
    if not rows:
        return 0
    gone, _ = Outbox.objects.filter(pk__in=[row.pk for row in rows], lease=rows[0].lease).delete()
    return gone


def postpone(row: Outbox, *, until: datetime) -> None:
    """Not now (quiet hours): the row waits until an instant, and the try does not count."""
    Outbox.objects.filter(pk=row.pk, lease=row.lease).update(
        leased_until=None, lease="", next_at=until, attempts=max(0, row.attempts - 1)
    )


def fail(row: Outbox, *, now: datetime, error: str, not_before: datetime | None = None) -> None:
    """The delivery failed: try again after a wait that doubles from 10 s to 1 h; after 12 tries a person must look.

    `not_before`: when a part of it waits for the morning, the night's tries are not used up on the rest.
    """
    changed = failure(row.attempts, now=now, error=error)
    changed["next_at"] = max(changed["next_at"], not_before or now)
    Outbox.objects.filter(pk=row.pk, lease=row.lease).update(leased_until=None, lease="", **changed)


def failure(attempts: int, *, now: datetime, error: str) -> dict[str, Any]:
    """What a row's columns become when so many tries have failed, the last one now."""
    return {
        "next_at": now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1)),
        "error": error[:2000],
        "dead_at": now if attempts >= MOST_ATTEMPTS else None,
    }


def dead() -> list[Outbox]:
    """What failed for good and waits for a person, oldest first, with its events."""
    rows = Outbox.objects.exclude(dead_at=None).select_related("event")
    return list(rows.order_by("dead_at", "id"))


def revive(*rows: Outbox, now: datetime) -> int:
    """A person has mended the cause: dead rows are tried again at once, as often as at first. Returns how many."""
    mended = Outbox.objects.filter(pk__in=[row.pk for row in rows]).exclude(dead_at=None)
    return mended.update(dead_at=None, attempts=0, next_at=now, error="")
