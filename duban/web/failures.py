"""Pages for what went wrong: not found, no right, an expired form, an upload too large, our own mistake."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext

from .display import MACHINES, display_of
from .resending import fields_of, is_from_here, resend_page
from .wording import told_code

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def failure(request: HttpRequest, status: int, sentence: str, *, code: str) -> HttpResponse:
    """One sentence with its status: a page for people, problem+json (RFC 9457) on the addresses of machines."""
    if request.path.startswith(MACHINES):
        problem = {
            "type": "about:blank",
            "status": status,
            "code": code,
            "title": sentence,
            "detail": sentence,
        }
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    if not hasattr(request, "display"):  # refused before the middleware that puts it there
        request.display = display_of(request)  # type: ignore[attr-defined]
    return render(request, "failure.html", {"sentence": sentence, "status": status}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: an address nobody serves; but a page's address with a slash behind it leads to the page."""
    if plain := _without_slash(request):
        return HttpResponsePermanentRedirect(plain)
    return failure(request, 404, told_code("not_found"), code="not_found")


def _without_slash(request: HttpRequest) -> str:
    """The page somebody means who typed its address with one slash too many; nothing where there is none.

    Only for reading: a form sent to such an address must not be lost on the way.
    """
    path = request.path_info
    unserved = request.resolver_match is None and request.method in ("GET", "HEAD")
    if not unserved or not path.endswith("/") or path.startswith(MACHINES) or not is_valid_path(path[:-1]):
        return ""
    query = request.META.get("QUERY_STRING", "")
    return escape_leading_slashes(request.path[:-1]) + (f"?{query}" if query else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: raised by Django itself."""
    return failure(request, 403, told_code("no_right"), code="no_right")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a form that is too large to be read at all."""
    if isinstance(exception, TOO_LARGE):
        return failure(request, 413, told_code("upload_large"), code="upload_large")
    return failure(request, 400, gettext("这个请求不完整，请返回上一页再试一次。"), code="bad_request")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake, said so. Needs neither database nor session."""
    if request.path.startswith(MACHINES):
        return failure(request, 500, gettext("系统出了错，已经记录。请稍后再试。"), code="server_error")
    return HttpResponse(render_to_string("broken.html"), status=500)


def form_expired(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """403 from the forgery check: the page lay open too long. What was typed is kept, one click sends it again."""
    sentence = told_code("form_expired")
    if request.path.startswith(MACHINES) or not is_from_here(request):
        return failure(request, 403, sentence, code="form_expired")
    path, fields, files = request.get_full_path(), fields_of(request), bool(request.FILES)
    return resend_page(request, path, fields, sentence, status=403, files=files)
