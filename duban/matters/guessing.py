"""Guessing gets nowhere: wrong codes are counted for 15 minutes, per client and thing, per client, and per thing.

So many are let pass that the owner who mistypes still gets in. A client is an address, in IPv6 its /64.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import Count, Q

from duban.core.refusal import TooMany

from .models import WrongCode

WINDOW = timedelta(minutes=15)
HOUR = timedelta(hours=1)  # the longest anything is counted for
MOST_OF_CLIENT_ON_NUMBER = 5
MOST_OF_CLIENT = 30
MOST_ON_NUMBER = 100


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try by a client on a thing, both as keyed hashes."""

    client: str
    asked: str

    def note(self, now: datetime) -> None:
        """Count it, because it went wrong."""
        WrongCode.objects.create(client=self.client, number=self.asked, at=now)


def admitted(client: str, asked: str, now: datetime, *, door: str = "") -> Attempt:
    """A try, if the client and the thing asked for have not had too many. Raises TooMany(`too_many_tries`).

    What is tried at one door is not counted at another.
    """
    who = network_of(client)
    attempt = Attempt(keyed(f"client:{door}:{who}" if door else f"client:{who}"), keyed(f"number:{asked}"))
    by, on = Q(client=attempt.client), Q(number=attempt.asked)
    tries = WrongCode.objects.filter(by | on, at__gt=now - WINDOW).aggregate(
        both=Count("id", filter=by & on), client=Count("id", filter=by), number=Count("id", filter=on)
    )
    if (
        tries["both"] >= MOST_OF_CLIENT_ON_NUMBER
        or tries["client"] >= MOST_OF_CLIENT
        or tries["number"] >= MOST_ON_NUMBER
    ):
        raise TooMany("too_many_tries", retry_after=int(WINDOW.total_seconds()))
    return attempt


def forget_tries(now: datetime) -> int:
    """Delete tries that no longer count; returns how many."""
    return WrongCode.objects.filter(at__lte=now - HOUR).delete()[0]


def network_of(address: str) -> str:
    """Whom an address belongs to: itself in IPv4, its /64 in IPv6, where one household has as many as it likes."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))


def keyed(text: str) -> str:
    """The keyed hash of an address or of a thing asked for: tries are told apart and nobody can be read from them."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
