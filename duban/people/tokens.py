"""API tokens: a bearer token speaks for an account. Shown once; only a keyed hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from duban.core import rights
from duban.core.events import Kind
from duban.core.refusal import Unknown
from duban.core.rights import Actor, Verb
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


@transaction.atomic
def revoke(*, token: int, actor: Actor, now: datetime) -> None:
    """End a token at once, by its holder or by the system administrator. Ending it twice is harmless.

    Raises Forbidden; Unknown(`account_unknown`) where there is no such token.
    """
    holder = ApiToken.objects.filter(pk=token).values_list("staff", flat=True).first()
    if holder is None:
        raise Unknown("account_unknown")
    if actor.key != f"staff:{holder}":
        rights.require(actor, Verb.MANAGE_ACCOUNTS)
    staff = Staff.objects.select_related(None).select_for_update().get(pk=holder)
    revoked = revoke_all(staff, now, only=token)
    record(f"account:{staff.pk}", *revoked, actor=actor, at=now)


def revoke_all(staff: Staff, now: datetime, *, only: int | None = None) -> list[Entry]:
    """End the tokens of a locked account (or the one with an id), those that are not ended yet; what to record of each."""
    open_ones = ApiToken.objects.filter(staff=staff, revoked_at=None).order_by("pk")
    if only is not None:
        open_ones = open_ones.filter(pk=only)
    ended = list(open_ones.values_list("pk", flat=True))
    ApiToken.objects.filter(pk__in=ended).update(revoked_at=now)
    return [Entry(Kind.TOKEN_REVOKED, {"token": pk}) for pk in ended]


def staff_of(token: str) -> Staff | None:
    """The active account a token speaks for, with its unit, or None: one statement."""
    return Staff.objects.filter(tokens__hash=_hash(token), tokens__revoked_at=None, is_active=True).first()


def _hash(text: str) -> str:
    return blind_index(text, purpose=_PURPOSE)
