"""Who calls, when a balancer stands in front: its word for the address is taken only if the settings trust it.

Wrong query codes and passwords, registrations and drafts are counted per address; without this the whole city would
share the balancer's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from duban.core.rights import Verb, may

_WITH_PORT = re.compile(r"\[(?P<six>[0-9A-Fa-f:.]+)\](?::[0-9]+)?|(?P<four>[0-9.]+):[0-9]+")


class CallerMiddleware:
    """Puts the caller's address into REMOTE_ADDR, from X-Forwarded-For as the last of DUBAN_PROXIES wrote it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trusted = settings.DUBAN_PROXIES
        told = [
            part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
        ]
        if trusted and len(told) >= trusted:
            request.META["REMOTE_ADDR"] = _without_port(told[-trusted])
        return self.get_response(request)


def caller_of(request: HttpRequest) -> str:
    """The caller's address, for counting what nobody vouches for; nothing for somebody who registers for others."""
    if request.user.is_authenticated and may(request.user.actor, Verb.REGISTER):
        return ""
    return str(request.META.get("REMOTE_ADDR", ""))


def _without_port(told: str) -> str:
    """Some balancers write the port of the connection beside the address."""
    found = _WITH_PORT.fullmatch(told)
    return (found["six"] or found["four"]) if found else told
