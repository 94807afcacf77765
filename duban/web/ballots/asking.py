"""Asking for codes: who calls is counted, and too often is said in the form, with everything typed still there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duban.core.refusal import Refused, TooMany

from ..citizen.forms import ForgivingForm
from ..doing import done, status_of
from ..wording import told


def client_of(request: HttpRequest) -> str:
    """The caller's address, for counting askings and wrong codes."""
    return str(request.META.get("REMOTE_ADDR", ""))


def told_or_done(form: ForgivingForm, deed: Callable[[], object]) -> bool:
    """Do it; too often is said in the form too."""
    try:
        return done(form, deed)
    except TooMany as refused:
        form.add_error(None, told(refused))
        form.refused, form.too_many = True, refused  # type: ignore[attr-defined]
        return False


def drawn_form(
    request: HttpRequest, template: str, context: dict[str, object], form: ForgivingForm
) -> HttpResponse:
    """The page of the form, with the status that goes with what became of it."""
    refused: Refused | None = getattr(form, "too_many", None)
    response = render(request, template, context, status=refused.status if refused else status_of(form))
    if isinstance(refused, TooMany):
        response.headers["Retry-After"] = str(refused.retry_after)
    return response
