"""Verdicts and callbacks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duban.core.kinds import CallbackResult, Grade


class Verdict(models.Model):
    """The petitioner's judgement of one round (domain rule 9). The journal names who gave it."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="verdicts")
    round = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField(choices=[(grade.value, grade.name) for grade in Grade])
    remark = models.ForeignKey("matters.Remark", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "round"], name="verdict_one_a_round"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="verdict_grade_known"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.round}: {self.grade}"


class Callback(models.Model):
    """The office rang a silent petitioner (回访). What was said is no verdict."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CallbackResult])
    remark = models.ForeignKey("matters.Remark", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.round}: {self.result}"
