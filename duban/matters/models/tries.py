"""Tries that are counted for a while: at codes, and of callers nobody knows."""

from __future__ import annotations

from django.db import models


class WrongCode(models.Model):
    """A try with a wrong code, or something a caller has had of their ration. Client and thing stand here only as keyed hashes."""

    client = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "at"], name="wrong_code_by_client"),
            models.Index(fields=["number", "at"], name="wrong_code_by_number"),
        ]

    def __str__(self) -> str:
        return f"wrong code at {self.at}"
