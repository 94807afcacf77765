"""What went wrong, as `application/problem+json` (RFC 9457): a status, a code, a sentence, and errors by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from duban.core.refusal import Invalid, Refused, TooMany, sentence
from duban.core.workdays import CalendarMissing

from .answers import moment

PROBLEM = "application/problem+json"
TITLES: Mapping[int, str] = {
    400: _("请求读不懂"),
    401: _("需要访问令牌"),
    403: _("没有这项权限"),
    404: _("没有找到"),
    405: _("这个地址不支持这种方法"),
    409: _("现在不能这样办"),
    413: _("内容太大"),
    415: _("不支持这种内容类型"),
    422: _("有内容需要改正"),
    429: _("请求太频繁"),
}
Wrong = Mapping[str, tuple[str, Mapping[str, object]]]


def problem(
    status: int,
    code: str,
    params: Mapping[str, object] | None = None,
    *,
    errors: Wrong | None = None,
    naming: bool = False,
) -> HttpResponse:
    """A problem in the caller's language. `errors` names for each field a code and what fills its places.

    With `naming` each sentence begins with its field: a program's own name for it, the same in every language.
    """
    body: dict[str, object] = {
        "type": "about:blank",
        "title": gettext(TITLES[status]),
        "status": status,
        "code": code,
        "detail": said(code, params or {}),
    }
    if errors:
        fields = {
            field: {
                "code": wrong,
                "detail": _of(field, said(wrong, places)) if naming else said(wrong, places),
            }
            for field, (wrong, places) in errors.items()
        }
        body["errors"] = fields
        if code == INVALID:
            body["detail"] = " ".join(dict.fromkeys(one["detail"] for one in fields.values()))
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False).encode(), status=status, content_type=PROBLEM
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


INVALID = "invalid"


class Misshapen(Invalid):
    """Content or parameters of the wrong shape (422). What is said of each names it: these sentences fit any field."""


def said(code: str, params: Mapping[str, object]) -> str:
    """The sentence of a code, translated; days and instants in it are written as the API writes them."""
    return sentence(code, {name: _written(value) for name, value in params.items()}, gettext)


def _of(field: str, told: str) -> str:
    return gettext("%(field)s：%(told)s") % {"field": field, "told": told}


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409, 403, 404 or 429, as the refusal says; the field to mend stands in `errors`."""
    field = refusal.field and named(request, refusal.field)
    errors: Wrong | None = {field: (refusal.code, refusal.params)} if field else None
    response = problem(refusal.status, refusal.code, refusal.params, errors=errors)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def invalid(request: HttpRequest, wrong: Invalid) -> HttpResponse:
    """422, with every field in error at once."""
    errors = {named(request, field): error for field, error in wrong.errors.items()}
    return problem(422, INVALID, errors=errors, naming=isinstance(wrong, Misshapen))


def named(request: HttpRequest, field: str) -> str:
    """A verb's field by the name the caller knows it under; see `forms.Form.PATHS`."""
    paths: Mapping[str, str] = getattr(request, "paths", {})
    return paths.get(field, field)


def parameters(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """422 for query parameters that are not what the API document says."""
    return invalid(request, Misshapen({str(error["loc"][-1]): code_of(error) for error in wrong.errors}))


def code_of(error: Mapping[str, Any]) -> tuple[str, Mapping[str, object]]:
    """Our code for one of pydantic's errors, and what fills its places; our own kinds are codes already."""
    kind = str(error["type"])
    if kind in OURS:
        return kind, {}
    if kind in KINDS:
        return KINDS[kind], {}
    if kind in BOUNDS:
        code, bound, place = BOUNDS[kind]
        return code, {place: error["ctx"][bound]}
    family = kind.partition("_")[0]
    return FAMILIES.get(family, "not_acceptable"), {}


OURS = frozenset({"required", "text_characters", "date_shape"})
KINDS: Mapping[str, str] = {"missing": "required", "string_unicode": "text_characters"}
BOUNDS: Mapping[str, tuple[str, str, str]] = {
    "greater_than_equal": ("number_small", "ge", "least"),
    "less_than_equal": ("number_large", "le", "most"),
}
FAMILIES: Mapping[str, str] = {
    "string": "text_needed",
    "bool": "yes_or_no_needed",
    "int": "not_a_number",
    "list": "list_needed",
    "dict": "object_needed",
    "model": "object_needed",
}
"""By what pydantic's kinds begin with: `bool_type` of JSON, `bool_parsing` of a text in an address or a form."""


def install(api: NinjaAPI) -> None:
    """Give the API its handlers: nothing a verb raises leaves it in another shape."""
    api.add_exception_handler(Refused, refused)  # type: ignore[arg-type]
    api.add_exception_handler(Invalid, invalid)  # type: ignore[arg-type]
    api.add_exception_handler(ValidationError, parameters)  # type: ignore[arg-type]
    api.add_exception_handler(CalendarMissing, _calendar_missing)  # type: ignore[arg-type]
    api.add_exception_handler(AuthenticationError, _token_needed)
    api.add_exception_handler(Http404, lambda request, error: problem(404, "not_found"))
    api.add_exception_handler(HttpError, lambda request, error: problem(400, "request_unreadable"))
    api.add_exception_handler(MultiPartParserError, lambda request, error: problem(400, "request_unreadable"))
    for too_large in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        api.add_exception_handler(too_large, lambda request, error: problem(413, "upload_large"))


def _calendar_missing(request: HttpRequest, missing: CalendarMissing) -> HttpResponse:
    return problem(409, "calendar_missing", {"year": missing.year})


def _token_needed(request: HttpRequest, error: object) -> HttpResponse:
    response = problem(401, "token_needed")
    response.headers["WWW-Authenticate"] = 'Bearer realm="duban"'
    return response
