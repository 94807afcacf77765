"""Which matters this browser has opened with number and code; the session remembers them until it ends."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from duban.core.refusal import Unknown
from duban.matters.models import Matter
from duban.matters.opening import reopen_for_petitioner

from ..resending import set_aside

KEY = "matters"
MOST = 20


def remember(request: HttpRequest, number: str) -> None:
    """Note that the visitor has proved a matter to be theirs."""
    known = opened(request)
    if number not in known:
        # A session somebody else may have planted opens nothing, also when they opened a matter of their own in it.
        request.session.cycle_key()
    request.session[KEY] = [number, *(one for one in known if one != number)][:MOST]


def has_opened(request: HttpRequest, number: str) -> bool:
    """Whether this browser has opened the matter."""
    return number in request.session.get(KEY, [])


def opened(request: HttpRequest) -> list[str]:
    """The numbers opened, newest first."""
    return list(request.session.get(KEY, []))


def forget(request: HttpRequest) -> None:
    """Leave them all, as on a shared computer."""
    request.session.pop(KEY, None)


def mine(request: HttpRequest, number: str) -> Matter | None:
    """The matter, if this browser has opened it with its code."""
    if not has_opened(request, number):
        return None
    try:
        return reopen_for_petitioner(number)
    except Unknown:
        return None


def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the code; a form that was just sent is kept until then."""
    query = {"no": number} | ({"kept": set_aside(request)} if request.method == "POST" else {})
    return HttpResponseRedirect(f"{reverse('track')}?{urlencode(query)}")
