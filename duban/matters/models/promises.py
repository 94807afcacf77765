"""What a unit says of a matter for good: its commitment, and what it completed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duban.core.kinds import ContactMethod, Outcome
from duban.core.lights import Clock

from .matter import Matter


class Commitment(models.Model):
    """What a unit promised when it accepted: contact, one listed standard, a due day (domain rule 3).

    Frozen: the standard's edition, title and limit stand here as they were. The clock under which the unit
    accepted is kept beside it.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="commitments")
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey("catalogue.Standard", on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    standard_title = models.CharField(max_length=200)
    limit_workdays = models.PositiveSmallIntegerField()
    promised_workdays = models.PositiveSmallIntegerField()
    contact_method = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in ContactMethod]
    )
    contact_note = models.TextField()
    accepted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acceptance_started_at = models.DateTimeField()
    acceptance_warn_at = models.DateTimeField()
    acceptance_due_at = models.DateTimeField()
    extensions_granted = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="commitment_never_longer", condition=Q(promised_workdays__lte=models.F("limit_workdays"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_title} ({self.promised_workdays})"

    @property
    def acceptance(self) -> Clock:
        """The acceptance clock, stopped by accepting."""
        return Clock(
            self.acceptance_started_at, self.acceptance_warn_at, self.acceptance_due_at, self.accepted_at
        )


class Statement(models.Model):
    """A completion statement, one for each round (domain rule 8), with the clock it stopped."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome])
    text = models.TextField()
    why = models.TextField(blank=True)
    public_reply = models.TextField(blank=True)
    clock_started_at = models.DateTimeField()
    clock_warn_at = models.DateTimeField()
    clock_due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "round"], name="statement_one_a_round")]

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.round} {self.outcome}"
