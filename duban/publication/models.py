"""What is shown in public of a matter, as the publisher approved it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duban.core.texts import TITLE_LIMIT


class Publication(models.Model):
    """The approved, redacted texts of one matter (domain rule 15). A takedown leaves a stub with the reason."""

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="publication")
    title = models.CharField(max_length=TITLE_LIMIT)
    summary = models.TextField()
    reply = models.TextField()
    approved_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    taken_down_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    taken_down_at = models.DateTimeField(null=True)
    takedown_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="takedown_with_reason",
                condition=Q(taken_down_at=None, taken_down_by=None, takedown_reason="")
                | Q(taken_down_at__isnull=False, taken_down_by__isnull=False) & ~Q(takedown_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-approved_at", "-id"], name="publication_newest", condition=Q(taken_down_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.title}"

    @property
    def is_up(self) -> bool:
        """Whether the public sees the texts, and not the stub."""
        return self.taken_down_at is None
