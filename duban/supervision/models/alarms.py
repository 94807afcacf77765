"""Alarms, and what answered them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from duban.core.boundaries import Boundary
from duban.matters.models import ClockName


class Answer(models.TextChoices):
    """How the office answered an alarm."""

    ORDER = "order", pgettext("answer", "督办件")
    ASSIGNMENT = "assignment", _("交办")  # of the office's own clock alone
    RULING = "ruling", pgettext("answer", "裁定")
    CALLBACK = "callback", _("回访")
    DECISION = "decision", _("联席会议决定")
    NOTE = "note", _("批注")


class Alarm(models.Model):
    """A light that turned yellow or red, once for each setting of a clock (domain rule 5).

    A projection of the journal's `alarm.raised`. `at` is the boundary; `raised_at` when the event was written.
    `unit` and `handler` are those who held the matter at the boundary and answer for it (rule 1). It demands an
    answer of the supervision office; `answer_event` is the first event in the matter's stream that is one.
    """

    event = models.OneToOneField("journal.Event", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="alarms")
    clock = models.CharField(max_length=12, choices=ClockName.choices)
    run = models.PositiveSmallIntegerField()
    boundary = models.CharField(
        max_length=8, choices=[(Boundary.YELLOW.value, _("黄灯")), (Boundary.RED.value, _("红灯"))]
    )
    at = models.DateTimeField()
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True, choices=Answer.choices)
    answer_event = models.ForeignKey("journal.Event", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "run", "boundary"], name="alarm_once_a_run_and_boundary"
            ),
            models.CheckConstraint(
                name="alarm_answered_by_an_event",
                condition=Q(answer="", answer_event=None, answered_at=None)
                | ~Q(answer="") & Q(answer_event__isnull=False, answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="alarm_latest"),
            models.Index(fields=["unit", "-at", "-id"], name="alarm_latest_of_unit"),
            models.Index(fields=["at", "id"], name="alarm_unanswered", condition=Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.clock} {self.run} {self.boundary}"
