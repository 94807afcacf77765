"""Who may open a page of the inside: sign-in first, then the rights table (domain section 1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from duban.core.refusal import Forbidden, TooMany
from duban.core.rights import Verb, may

from .refusals import waiting
from .resending import fields_of, resend_page, set_aside
from .wording import told, told_code

if TYPE_CHECKING:
    from duban.people.models import Staff

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of someone who has signed in: `user` is their account."""

    user: Staff


def staff_page(
    *verbs: Verb,
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Open to staff who may do at least one of the verbs; without verbs, to every account.

    Someone who is not signed in is asked to, and keeps what they had typed. Raises Forbidden (`no_right`). Whether a
    *particular* matter is theirs stays the verb's question. The answer is never kept by a cache.
    """

    def guard(view: Callable[Concatenate[StaffRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            actor = request.user.actor
            if verbs and not any(may(actor, verb) for verb in verbs):
                raise Forbidden("no_right")
            return no_store(view(cast(StaffRequest, request), *args, **kwargs))

        return page

    return guard


def private_page(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page with someone's own data: no cache keeps it."""

    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return no_store(view(request, *args, **kwargs))

    return page


def no_store(response: HttpResponse) -> HttpResponse:
    """Tell every cache to keep nothing."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Off to the sign-in page, which comes back here; fields of a form that was just sent are kept.

    From an address that has had too many kept they come back on a page, to be sent again from there.
    """
    path = request.get_full_path()
    query = {"next": path}
    if request.method == "POST":
        try:
            query["kept"] = set_aside(request)
        except TooMany as full:
            sentence, files = f"{told_code('sign_in_needed')} {told(full)}", bool(request.FILES)
            return waiting(
                resend_page(request, path, fields_of(request), sentence, status=429, files=files), full
            )
    return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode(query)}")
