"""What changes slowly and is published: handling standards in editions, the calendar, policy, routing rules.

Units are named by their code: `catalogue` stands beside `people` and does not see it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from duban.core.workdays import DayKind, YearStatus


class Edition(models.Model):
    """A published edition of the catalogue. Never edited; the next edition supersedes it."""

    number = models.PositiveIntegerField(unique=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)  # the actor's key
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Standard(models.Model):
    """One row of one or more editions: a unit's procedure, time limit and fee for a sort of matter.

    Immutable once published (guards in migration 0002): a changed standard is a new row with the same code, and the
    old row is closed by setting `until` once. A row is current while `until` is null.
    """

    code = models.CharField(max_length=64)  # the same through all editions
    unit_code = models.CharField(max_length=32)
    kind = models.CharField(max_length=16, blank=True)  # blank: fits matters of every kind
    title = models.CharField(max_length=80)
    steps = models.JSONField()  # list of sentences, in order
    limit_workdays = models.PositiveSmallIntegerField()
    fee = models.CharField(max_length=120)
    basis = models.CharField(max_length=200)
    since = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="opened")
    until = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="closed", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(until=None), name="standard_one_current"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "since"], name="standard_history")]

    def __str__(self) -> str:
        return self.title


class CalendarYear(models.Model):
    """A year somebody has entered a calendar for. A year without a row has no workdays at all."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    status = models.CharField(max_length=12, choices=[(s.value, s.value) for s in YearStatus])
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from the plain week: a holiday, or a weekend day that is worked (调休)."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in DayKind])
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class PolicyVersion(models.Model):
    """A version of the policy figures. Version 0 is what `core.policy.Policy()` says and has no row."""

    number = models.PositiveIntegerField(unique=True)
    figures = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)  # the actor's key
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"policy {self.number}"


class RoutingRule(models.Model):
    """place × kind × keyword → unit (see core.routing). An empty condition fits everything."""

    place = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16, blank=True)
    keyword = models.CharField(max_length=40, blank=True)
    unit_code = models.CharField(max_length=32)
    rank = models.PositiveSmallIntegerField(default=100)
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(place="", kind="", keyword=""), name="route_has_a_condition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place or '*'} × {self.kind or '*'} × {self.keyword or '*'} → {self.unit_code}"


class Revision(models.Model):
    """The one row (id 1) that says whether anything here changed; see `book`.

    `stamp` is random: a number used by a rolled-back edit and again by the next one is told apart by it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)
    stamp = models.CharField(max_length=16, default="")

    def __str__(self) -> str:
        return str(self.number)
