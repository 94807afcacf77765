"""What someone typed is not lost when a form comes back from an expired page or a lost session.

The fields are shown to the same person on a page with one button that sends them again with a fresh token.
Files cannot be put back into a form by a server; the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from . import drafts
from .callers import caller_of

PURPOSE = "set_aside"
KEY = "set_aside"  # in the session: the tokens this browser may ask back
MOST = 10
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "password"})
Fields = list[tuple[str, str]]


def fields_of(request: HttpRequest) -> Fields:
    """Every submitted field in order, without the token and without passwords."""
    return [
        (name, value) for name, values in request.POST.lists() if name not in LEFT_OUT for value in values
    ]


def is_from_here(request: HttpRequest) -> bool:
    """Whether the form was sent from one of this site's own pages.

    Only then is it offered to be sent again: otherwise a foreign page could have its fields passed on by
    someone who trusts this site and presses the button.
    """
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(sender) and urlsplit(sender).netloc == request.get_host()


def set_aside(request: HttpRequest) -> str:
    """Keep a form that cannot be taken yet, for this browser alone; returns the token to ask it back with. Raises TooMany."""
    fields = [list(pair) for pair in fields_of(request)]
    body = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    token = drafts.keep(None, PURPOSE, body, timezone.now(), client=caller_of(request)).token
    request.session[KEY] = [token, *request.session.get(KEY, [])][:MOST]
    return token


def resend_set_aside(request: HttpRequest, token: str, sentence: str) -> HttpResponse | None:
    """The page that sends a form set aside by this browser again; None when there is none. It is given back once."""
    if not token or token not in request.session.get(KEY, []):
        return None
    body = drafts.take(token, PURPOSE, timezone.now())
    if body is None:
        return None
    fields = [(name, value) for name, value in body["fields"]]
    return resend_page(request, body["path"], fields, sentence, status=200, files=body["files"])


def resend_page(
    request: HttpRequest,
    path: str,
    fields: Iterable[tuple[str, str]],
    sentence: str,
    *,
    status: int,
    files: bool = False,
) -> HttpResponse:
    """The page with one button that sends the fields to `path` again."""
    context = {"path": path, "fields": list(fields), "sentence": sentence, "files": files}
    response = render(request, "resend.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
