"""What a unit asks the supervision office for: to return a matter, or a later day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .matter import Matter
from .promises import Commitment


class Ruling(models.TextChoices):
    """What became of a request."""

    PENDING = "pending", _("待裁定")
    GRANTED = "granted", _("同意")
    REFUSED = "refused", _("不同意")
    LAPSED = "lapsed", _("已失效")


class Request(models.Model):
    """What return requests and extension requests share: who asked why, whether the head signed, the ruling."""

    requested_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    reason = models.TextField()
    signed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.PENDING)
    ruled_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruling_note = models.TextField(blank=True)

    class Meta:
        abstract = True


class ReturnRequest(Request):
    """A unit says a matter is not its own, and whose it should be (domain rule 6)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="return_requests")
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    suggested = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ruling="pending"), name="return_one_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit_id} → {self.suggested_id}"


class Extension(Request):
    """A unit asks for a later day (domain rule 7). The original due stays here."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="extensions")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="extensions")
    original_due_at = models.DateTimeField()
    wanted_due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ruling="pending"), name="extension_one_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} → {self.wanted_due_on}"
