"""How a visitor wants to see pages: elder mode, contrast, language. One tap in the masthead, kept in a cookie.

The language comes from the cookie alone and not from the browser's headers: a city's pages are Chinese first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

CHOICES = {
    "mode": ("normal", "elder"),
    "contrast": ("normal", "more"),
    "lang": ("zh-hans", "en"),
}
COOKIES = {"mode": "duban_mode", "contrast": "duban_contrast", "lang": settings.LANGUAGE_COOKIE_NAME}
MACHINES = ("/api/", "/open311/")
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Display:
    """The choices in force for one request, and the addresses that change one of them."""

    mode: str
    contrast: str
    lang: str
    path: str
    query: tuple[tuple[str, str], ...]

    def switch(self, choice: str, value: str) -> str:
        """The present address with one choice changed; other query parameters stay."""
        return f"{self.path}?{urlencode([*self.query, (choice, value)])}"


def display_of(request: HttpRequest) -> Display:
    """The choices a request's cookies hold; an unknown value is the normal one."""
    chosen = {}
    for choice, values in CHOICES.items():
        kept = request.COOKIES.get(COOKIES[choice], "")
        chosen[choice] = kept if kept in values else values[0]
    # An address that answered a POST cannot be asked again with GET; its own path without a query can.
    query = tuple(
        (key, value) for key, values in request.GET.lists() if key not in CHOICES for value in values
    )
    return Display(chosen["mode"], chosen["contrast"], chosen["lang"], request.path, query)


class DisplayMiddleware:
    """Puts `request.display` there, speaks the chosen language, and turns `?mode=elder` into a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        display = display_of(request)
        request.display = display  # type: ignore[attr-defined]
        asked = request.method in ("GET", "HEAD") and any(choice in request.GET for choice in CHOICES)
        if asked and not request.path.startswith(MACHINES):
            return self._kept(request, display)
        with translation.override(display.lang):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", display.lang)
        patch_vary_headers(response, ("Cookie",))
        return response

    def _kept(self, request: HttpRequest, display: Display) -> HttpResponse:
        # The path always begins with exactly one slash here, so the redirect cannot leave this site.
        path = "/" + display.path.lstrip("/\\")
        query = urlencode(display.query)
        response = HttpResponseRedirect(f"{path}?{query}" if query else path)
        for choice, values in CHOICES.items():
            value = request.GET.get(choice)
            if value in values:
                response.set_cookie(
                    COOKIES[choice],
                    value,
                    max_age=YEAR,
                    httponly=True,
                    samesite="Lax",
                    secure=settings.SESSION_COOKIE_SECURE,
                )
        return response
