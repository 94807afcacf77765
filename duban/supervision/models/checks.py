"""The five checks: checklists in versions, runs with their samples, findings with their evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duban.core.checks import Key, Result, Rule
from duban.core.kinds import MatterKind


class Checklist(models.Model):
    """One version of one of the five checklists. Never changed: an amendment is a new version, a run keeps its own."""

    key = models.CharField(max_length=12, choices=[(key.value, key.value) for key in Key])
    place = models.PositiveSmallIntegerField()  # 1 to 5
    title = models.CharField(max_length=20)
    purpose = models.CharField(max_length=200)
    items = models.JSONField()  # the questions, 1 to 12; each is put so that yes is good
    version = models.PositiveIntegerField()
    since = models.DateTimeField()
    by = models.CharField(max_length=40)  # an actor's key

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="checklist_once_a_version"),
            models.CheckConstraint(name="checklist_of_five", condition=Q(place__gte=1, place__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class CheckRun(models.Model):
    """One check: a checklist, the rule its sample was drawn by, and everything needed to draw it again.

    `candidates` holds the ids (serials) the sample was drawn from, in rising order; empty when there were more than
    5,000: then only `candidates_digest` stands for them (see core.sampling).
    """

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="runs")
    rule = models.CharField(max_length=20, choices=[(rule.value, rule.value) for rule in Rule])
    unit = models.ForeignKey(
        "people.Unit", to_field="code", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in MatterKind])
    size = models.PositiveSmallIntegerField()  # asked for
    seed = models.CharField(max_length=40)
    candidates_count = models.PositiveIntegerField()
    candidates_digest = models.CharField(max_length=64)
    candidates = models.JSONField(default=list)
    started_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_on = models.DateField()
    report = models.TextField(blank=True)
    closed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_closed_with_report",
                condition=Q(closed_at=None, closed_by=None, report="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(report=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.rule}"

    @property
    def stream(self) -> str:
        """The name of its stream in the journal."""
        return f"check:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether findings may still be recorded."""
        return self.closed_at is None


class CheckItem(models.Model):
    """One sampled matter. `unit` and `handler` held it when it was drawn, and a finding goes to their account.

    `order` is the supervision order issued from its finding.
    """

    run = models.ForeignKey(CheckRun, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()  # as drawn, from 1
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="check_items")
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    inspector = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    order = models.OneToOneField(
        "supervision.Order", on_delete=models.PROTECT, null=True, related_name="check_item"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "matter"], name="check_item_once_a_run"),
            models.UniqueConstraint(fields=["run", "place"], name="check_item_one_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} #{self.place}"


class Finding(models.Model):
    """What was found at one sampled matter. Final: the database refuses to change it; later words stand beside it."""

    item = models.OneToOneField(CheckItem, on_delete=models.PROTECT, related_name="finding")
    result = models.CharField(
        max_length=8, choices=[(Result.OK.value, _("没有问题")), (Result.PROBLEM.value, _("发现问题"))]
    )
    answers = models.JSONField()  # one a question, in the checklist's order
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} {self.result}"


class Annotation(models.Model):
    """A later word beside a finding: how a slip is put right without changing what was recorded."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="annotations")
    text = models.TextField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.finding_id} {self.at}"


class CheckEvidence(models.Model):
    """A photo with a finding, re-encoded, without position or camera data. `token` is its private address."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="evidence")
    token = models.CharField(max_length=43, unique=True)
    file = models.FileField(upload_to="")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # SHA-256 of the stored file
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.finding_id} {self.digest[:8]}"
