"""Signing in and out. Five wrong passwords lock a user name for fifteen minutes (django-axes, see settings).

A name nobody has looks and takes the same as a wrong password, and locks the same. A locked name is refused before
the password is looked at, and trying on does not lengthen the lock: nobody can keep a colleague out for ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from duban.core.events import Kind
from duban.core.refusal import Refused, TooMany
from duban.core.rights import ANYONE, Actor
from duban.journal.recording import Entry, record

from .models import Staff

_LONGEST_NAME = 150  # what the lockout table holds; user names are far shorter


def sign_in(request: HttpRequest, *, username: str, password: str, now: datetime) -> Staff:
    """Open a session for the account and say who it is.

    Raises TooMany(`account_locked`) while the name is locked, Refused(`wrong_password`) for everything else. It is
    not one transaction: a refused attempt stays counted and recorded.
    """
    username = username.strip().replace("\0", "")[:_LONGEST_NAME]
    credentials = {"username": username}
    if AxesProxyHandler.is_locked(request, credentials):
        raise TooMany("account_locked", retry_after=_seconds_locked(request, username))
    staff = authenticate(request, username=username, password=password)
    # The page says it in our words; the middleware would answer with its own.
    request.axes_locked_out = False  # type: ignore[attr-defined]
    if not isinstance(staff, Staff):
        _record_failure(username, now)
        raise Refused("wrong_password")
    login(request, staff, backend="django.contrib.auth.backends.ModelBackend")
    _record(staff.pk, Kind.SIGNED_IN, staff.actor, now)
    return staff


def sign_out(request: HttpRequest) -> None:
    """End the session. Harmless when there is none."""
    logout(request)


def _record_failure(username: str, now: datetime) -> None:
    known = Staff.objects.filter(username=username).values_list("pk", flat=True).first()
    if known is not None:
        _record(known, Kind.SIGN_IN_FAILED, ANYONE, now)


@transaction.atomic
def _record(staff: int, kind: Kind, actor: Actor, now: datetime) -> None:
    # The row's lock makes two sign-ins at once take their places in the account's stream one after the other.
    Staff.objects.select_for_update(of=("self",)).get(pk=staff)
    record(f"account:{staff}", Entry(kind), actor=actor, at=now)


def _seconds_locked(request: HttpRequest, username: str) -> int:
    last = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    cool_off = get_cool_off(request)
    if last is None or cool_off is None:
        return 60
    left: timedelta = last.attempt_time + cool_off - timezone.now()
    return max(1, ceil(left.total_seconds()))
