"""A form that is sent twice does its deed once: each drawn form carries a slip that is spent with the deed.

Slip and deed share one transaction, so a refused deed leaves the slip whole, and of two clicks at once the second
waits for the first and then finds it spent.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest

from duban.people.sealing import seal

from .drafts import LIFE
from .models import Draft

FIELD = "once"
_PURPOSE = "once"


def slip(request: HttpRequest) -> str:
    """The slip of a form being drawn: the one it came back with, or a fresh one."""
    return request.POST.get(FIELD, "")[:64] or secrets.token_urlsafe(18)


def done_once(request: HttpRequest, deed: Callable[[], object], now: datetime) -> bool:
    """Do the deed unless the form's slip is already spent; says whether it was done now. Raises what the deed raises."""
    token = request.POST.get(FIELD, "")[:64]
    if not token:
        deed()
        return True
    with transaction.atomic():
        key = sha256(f"{_PURPOSE}:{request.path}:{token}".encode()).hexdigest()
        _spent, fresh = Draft.shelf.get_or_create(
            key=key,
            defaults={
                "purpose": _PURPOSE,
                "body": seal("", purpose="web.draft"),
                "created_at": now,
                "expires_at": now + LIFE,
            },
        )
        if fresh:
            deed()
    return fresh
