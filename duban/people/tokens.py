"""API tokens: a bearer token speaks for an account. Shown once; only a keyed hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.refusal import Unknown
from duban.core.rights import Actor
from duban.journal.recording import Entry, record

from .models import ApiToken, Staff
from .sealing import blind_index

_PURPOSE = "api_token"


@transaction.atomic
def issue(*, username: str, actor: Actor, now: datetime) -> str:
    """A new token (256 bits) for an active account; the text is not kept. Raises Unknown.

    The command line issues tokens, so no right is asked for here: who can run `duban token` has the key anyway.
    """
    staff = Staff.objects.select_for_update(of=("self",)).filter(username=username, is_active=True).first()
    if staff is None:
        raise Unknown("account_unknown")
    text = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(staff=staff, hash=_hash(text), created_at=now, last4=text[-4:])
    record(f"account:{staff.pk}", Entry(Kind.TOKEN_ISSUED, {"token": token.pk}), actor=actor, at=now)
    return text


def revoke(*, token: int, now: datetime) -> None:
    """End a token at once. Ending it twice is harmless."""
    ApiToken.objects.filter(pk=token, revoked_at=None).update(revoked_at=now)


def staff_of(token: str) -> Staff | None:
    """The active account a token speaks for, with its unit, or None: one statement."""
    return Staff.objects.filter(tokens__hash=_hash(token), tokens__revoked_at=None, is_active=True).first()


def _hash(text: str) -> str:
    return blind_index(text, purpose=_PURPOSE)
