"""The one place where a refusal becomes a page: the sentence and its status (409, 403, 404, 429)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from duban.core.refusal import Invalid, Refused, TooMany
from duban.core.workdays import CalendarMissing

from .failures import failure
from .wording import told, told_code, told_fields


class RefusalMiddleware:
    """Turns what a verb raises into an answer. Forms catch what concerns their own fields before it gets here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:  # no address has one, and PostgreSQL takes none in a text
            return failure(request, 404, told_code("not_found"), code="not_found")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a refusal; None (Django's own way) for everything else."""
        if isinstance(exception, Refused):
            response = failure(request, exception.status, told(exception), code=exception.code)
            return waiting(response, exception) if isinstance(exception, TooMany) else response
        if isinstance(exception, Invalid):
            sentences = " ".join(told_fields(exception).values())
            return failure(request, exception.status, sentences, code="invalid")
        if isinstance(exception, CalendarMissing):
            sentence = told_code("calendar_missing", {"year": exception.year})
            return failure(request, 409, sentence, code="calendar_missing")
        return None


def waiting(response: HttpResponse, full: TooMany) -> HttpResponse:
    """The answer to somebody who asked too often: it says when to come again."""
    response.status_code = full.status
    response.headers["Retry-After"] = str(full.retry_after)
    return response
