"""Who calls, when a balancer stands in front: its word for the address is taken only if the settings trust it.

Wrong query codes and passwords are counted per address; without this the whole city would share the balancer's.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


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
            request.META["REMOTE_ADDR"] = told[-trusted]
        return self.get_response(request)
