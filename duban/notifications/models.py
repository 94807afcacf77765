"""The delivery log."""

from __future__ import annotations

from django.db import models


class Delivery(models.Model):
    """A message that went out. No personal data: `recipient` is a key (`citizen:5`, `staff:12`, `unit:zhaiyang`).

    `outbox_id` names the outbox row it was owed by, which is gone once everybody has been told. With channel and
    recipient it is the idempotency key under which the message was sent.
    """

    outbox_id = models.BigIntegerField()
    event = models.ForeignKey("journal.Event", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    recipient = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outbox_id", "channel", "recipient"], name="delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.recipient} ({self.channel})"
