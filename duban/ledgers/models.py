"""Totals, folded by the worker from events."""

from __future__ import annotations

from django.db import models

from duban.core.census import Status


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
