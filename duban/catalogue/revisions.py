"""The revision: one row that every edit of catalogue, calendar, policy or routes moves on."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import F

from .book import forget
from .models import Revision


def bump() -> None:
    """Move the revision on, in the edit's transaction; call it first: it also makes edits wait for one another.

    This process forgets its book at once and again after the commit; other processes notice within a second.
    """
    stamp = secrets.token_hex(8)
    if not Revision.objects.filter(id=1).update(number=F("number") + 1, stamp=stamp):
        Revision.objects.create(id=1, number=1, stamp=stamp)
    forget()
    # Losing this call costs a second of staleness at worst, so on_commit is good enough for it.
    transaction.on_commit(forget)
