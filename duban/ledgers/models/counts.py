"""Totals, folded by the worker from events."""

from __future__ import annotations

from django.db import models

from duban.core.census import Status
from duban.core.ledger import Item


class DayCount(models.Model):
    """By how much the matters of a unit in a published status changed on one day. `unit` '' is the whole city.

    Added up to a day they are the census as that day ended, but for the matters that are late and still running
    (see `census`), and for what has not been folded yet.
    """

    unit = models.CharField(max_length=32, blank=True)
    day = models.DateField()
    status = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Status])
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "status"], name="day_count_once"),
        ]
        # A census sums one long stretch of it, without going to the rows.
        indexes = [models.Index(fields=["unit", "status", "day", "number"], name="day_count_summed")]

    def __str__(self) -> str:
        return f"{self.unit or '*'} {self.day} {self.status} {self.number:+}"


class MonthCount(models.Model):
    """The entries of one account in one month added up: a unit as a whole (`staff` 0), or one official of it.

    Every figure and ranking is read from here, so it costs the same however long the ledgers are.
    """

    unit = models.CharField(max_length=32)
    staff = models.BigIntegerField(default=0)  # an account's id; 0 the unit as a whole
    month = models.CharField(max_length=7)
    item = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Item])
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "staff", "month", "item"], name="month_count_once"),
        ]
        indexes = [
            models.Index(fields=["staff", "month"], name="month_count_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}/{self.staff} {self.month} {self.item} {self.number:+}"
