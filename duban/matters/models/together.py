"""A unit that assists the one that holds a matter (协办)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from duban.core.lights import Clock, Light

from .matter import Matter


class Assist(models.Model):
    """What a second unit is asked to do for a matter, until when, and what became of it.

    Open until it is replied to or recalled; a recall without `recalled_by` came about by itself, when the matter
    moved on. Its light goes by a clock of its own.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="assists")
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    task = models.TextField()
    asked_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=Q(replied_at=None, recalled_at=None),
                name="assist_one_open_a_unit",
            ),
            models.CheckConstraint(
                name="assist_ends_once", condition=Q(replied_at=None) | Q(recalled_at=None)
            ),
            models.CheckConstraint(
                name="assist_clock_in_order",
                condition=Q(asked_at__lte=models.F("warn_at")) & Q(warn_at__lte=models.F("due_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_at", "id"],
                name="assist_open_by_unit",
                condition=Q(replied_at=None, recalled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit_id}"

    @property
    def is_open(self) -> bool:
        """Whether the unit still owes its reply."""
        return self.ended_at is None

    @property
    def ended_at(self) -> datetime | None:
        """When it was replied to or recalled."""
        return self.replied_at or self.recalled_at

    @property
    def reading(self) -> Clock:
        """Its clock as the rules know it."""
        return Clock(self.asked_at, self.warn_at, self.due_at, self.ended_at)

    def light(self, moment: datetime) -> Light:
        """The light at an instant (domain rule 4)."""
        return self.reading.light(moment)
