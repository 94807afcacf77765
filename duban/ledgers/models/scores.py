"""Versions of the points."""

from __future__ import annotations

from django.db import models


class ScoreVersion(models.Model):
    """A version of the points an item weighs. Version 1 is `core.scoring.FIRST_WEIGHTS` and has no row.

    It scores the months from `since` (YYYY-MM) on; earlier months keep the version they were scored by.
    """

    number = models.PositiveIntegerField(unique=True)
    weights = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=40)  # the actor's key
    at = models.DateTimeField()
    since = models.CharField(max_length=7)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"scores {self.number} since {self.since}"
