"""What is said to an entry of the conduct ledger: by its official, or by the head where the unit alone answers.

Kept for good: the database refuses to delete it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class EntryAnswer(models.Model):
    """The official's (or the unit's) own words beside an entry. It changes no figure."""

    entry = models.OneToOneField("ledgers.LedgerEntry", on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to {self.entry_id}"


class Appeal(models.Model):
    """An appeal against an entry, and the office's ruling. Upheld, a counter-entry takes the entry back.

    `by` is the official, or the head who appealed for the unit.
    """

    class Ruling(models.TextChoices):
        """What the office said."""

        PENDING = "pending"
        UPHELD = "upheld"
        REFUSED = "refused"

    entry = models.OneToOneField("ledgers.LedgerEntry", on_delete=models.PROTECT, related_name="appeal")
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    ruling = models.CharField(max_length=8, choices=Ruling, default=Ruling.PENDING)
    note = models.TextField(blank=True)
    ruled_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_ruled_or_pending",
                condition=Q(ruling="pending", ruled_at=None, ruled_by=None)
                | ~Q(ruling="pending") & Q(ruled_at__isnull=False, ruled_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(ruling="pending"), name="appeal_waiting"),
        ]

    def __str__(self) -> str:
        return f"appeal against {self.entry_id} {self.ruling}"

    @property
    def is_pending(self) -> bool:
        """Whether the office has yet to rule."""
        return self.ruling == self.Ruling.PENDING
