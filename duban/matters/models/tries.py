"""Wrong tries to open a matter."""

from __future__ import annotations

from django.db import models


class WrongCode(models.Model):
    """A try to open a matter with a wrong code. Client and number stand here only as keyed hashes."""

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
