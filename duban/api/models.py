"""First answers, kept so that a retry gets the same one."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import IntegrityError, models, transaction

from duban.people.fields import SealedTextField


class FirstAnswer(models.Model):
    """The answer to a write that came with an Idempotency-Key.

    `key` is a keyed hash of caller and key, `content` a digest of what was sent; the answer itself is sealed.
    """

    key = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = SealedTextField(purpose="first_answer")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"], name="first_answer_age")]

    def __str__(self) -> str:
        return f"{self.key[:8]}…"

    @classmethod
    def claim(cls, *, key: str, content: str, now: datetime) -> tuple[FirstAnswer | None, bool]:
        """The row of a key and whether this caller is the first; in a transaction.

        A second caller waits at the unique index until the first has committed, or takes its place when the
        first was refused and rolled back.
        """
        row = cls(key=key, content=content, body="", created_at=now)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return cls._default_manager.filter(key=key).first(), False
        return row, True

    @classmethod
    def forget(cls, before: datetime) -> int:
        """Delete answers given before an instant; returns how many."""
        return cls._default_manager.filter(created_at__lt=before).delete()[0]
