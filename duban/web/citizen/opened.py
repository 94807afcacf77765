"""What a visitor has proved in this browser: matters opened with number and code, voting codes, co-signings.

The session remembers it until it ends, the visitor leaves, or somebody signs in.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from duban.core.refusal import Unknown
from duban.core.rights import Actor, Verb, require
from duban.matters.models import Matter
from duban.matters.opening import judge_of, judges_directive, petitioner_of, reopen_for_petitioner
from duban.people.models import Staff

from ..resending import set_aside

MATTERS = "matters"
VOTERS = "voters"  # whose voting codes were right, by number
COSIGNING = "cosigning"  # the token of what was asked for last, by link
COSIGNED = "cosigned"
CHOOSING = "choosing"  # secrets of grades chosen and not yet cast, by voter: see `ballots.choosing`
PROVED = (MATTERS, VOTERS, COSIGNING, COSIGNED, CHOOSING)
MOST = 20


def remember(request: HttpRequest, number: str) -> None:
    """Note that the visitor has proved a matter to be theirs."""
    known = opened(request)
    if number not in known:
        # A session somebody else may have planted opens nothing, also when they opened a matter of their own in it.
        request.session.cycle_key()
    request.session[MATTERS] = [number, *(one for one in known if one != number)][:MOST]


def has_opened(request: HttpRequest, number: str) -> bool:
    """Whether this browser has opened the matter."""
    return number in request.session.get(MATTERS, [])


def opened(request: HttpRequest) -> list[str]:
    """The numbers opened, newest first."""
    return list(request.session.get(MATTERS, []))


def forget(request: HttpRequest) -> None:
    """Leave all of it, as on a shared computer."""
    for key in PROVED:
        request.session.pop(key, None)


def mine(request: HttpRequest, number: str) -> Matter | None:
    """The matter, if this browser has opened it with its code."""
    if not has_opened(request, number):
        return None
    try:
        return reopen_for_petitioner(number)
    except Unknown:
        return None


def staff_of(request: HttpRequest) -> Staff | None:
    """Who is signed in as staff in this browser."""
    return request.user if isinstance(request.user, Staff) else None


def acting(request: HttpRequest, matter: Matter, verb: Verb) -> Actor:
    """Who does the verb to a matter opened here. Raises Forbidden for staff, before anything is typed."""
    actor = actor_of(request, matter)
    require(actor, verb, matter=matter.pk)
    return actor


def actor_of(request: HttpRequest, matter: Matter) -> Actor:
    """Who acts on a matter opened here: its petitioner; but whoever is signed in acts as staff, a leader on a directive
    of their own office as its judge."""
    staff = staff_of(request)
    if staff is None:
        return petitioner_of(matter)
    return judge_of(matter, staff.actor) if judges_directive(matter, staff.actor) else staff.actor


def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the code; a form that was just sent is kept until then."""
    query = {"no": number} | ({"kept": set_aside(request)} if request.method == "POST" else {})
    return HttpResponseRedirect(f"{reverse('track')}?{urlencode(query)}")
