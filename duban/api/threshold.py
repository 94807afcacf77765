"""What every request to the API passes first and last: its language, HEAD as GET, 405 as a problem."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from .language import language_of
from .problems import problem

View = Callable[..., HttpResponseBase]


def spoken(view: View) -> View:
    """The view, answering in the caller's language."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        with translation.override(language := language_of(request)):
            response = _asked(view, request, *args, **kwargs)
            if isinstance(response, HttpResponseNotAllowed):
                allowed = response.headers["Allow"]
                response = problem(405, "method_not_allowed")
                response.headers["Allow"] = allowed
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return answered


def _asked(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
    if request.method != "HEAD":
        return view(request, *args, **kwargs)
    request.method = "GET"  # the server leaves the body out, as for any HEAD
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = "HEAD"
