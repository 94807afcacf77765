"""What the pages keep for someone who has not finished: drafts, sealed, for a few days."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """Fields someone typed and has not sent yet. Found by the hash of a token only their browser holds.

    `body` and `result` are sealed JSON: they can hold names, numbers and a query code. `photos` names stored
    files that will be attached when the form is sent.
    """

    key = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    body = models.BinaryField()
    result = models.BinaryField(null=True)
    saved_at = models.DateTimeField(null=True)  # when the person asked to keep it as a draft
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    shelf: ClassVar[models.Manager[Draft]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.purpose} {self.key[:8]}"


class DraftPhoto(models.Model):
    """A photo chosen before the form is sent, already decoded and re-encoded; its file waits beside the draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="photos")
    name = models.CharField(max_length=120)
    stored = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    shelf: ClassVar[models.Manager[DraftPhoto]] = models.Manager()

    def __str__(self) -> str:
        return self.name
