"""Events and the outbox."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from duban.core.events import Consumer, Kind


class Event(models.Model):
    """Something that happened. Never changed, never deleted: the database itself refuses both (`guards`).

    `at` is the instant it happened in the rules' sense (a boundary, a decision); `written_at` when the row
    was written. `prev` and `hash` chain the events of one stream (SHA-256, hexadecimal).
    """

    stream = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40, choices=[(kind.value, kind.value) for kind in Kind])
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()
    written_at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_once_per_place")]
        indexes = [
            models.Index(fields=["kind", "at"], name="event_by_kind"),
            models.Index(fields=["actor", "at"], name="event_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq} {self.kind}"


class Outbox(models.Model):
    """One delivery owed to one consumer of one event. Finished rows are deleted; the event stays.

    `attempts` counts leases taken, or tries that failed where no lease is taken; `next_at` is the earliest next try;
    after too many failures `dead_at` marks the row for a person to look at. The row's id is the idempotency key of
    what is sent outside.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="outbox")
    consumer = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Consumer])
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    error = models.TextField(blank=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "consumer"], name="outbox_once_per_consumer")]
        indexes = [
            models.Index(
                fields=["consumer", "next_at", "id"], condition=models.Q(dead_at=None), name="outbox_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} of event {self.event_id}"
