"""How callers prove who they are: staff by a bearer token, the petitioner by number and query code. Never a cookie."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyHeader, HttpBearer

from duban.core.refusal import Forbidden
from duban.core.rights import CITIZENS_OWN, Actor, Role, Verb
from duban.matters.models import Matter
from duban.matters.opening import (
    judge_of,
    judges_directive,
    open_with_code,
    petitioner_of,
    reopen_for_petitioner,
)
from duban.people.models import Staff
from duban.people.tokens import staff_of

QUERY_CODE = "X-Query-Code"


class StaffRequest(HttpRequest):
    """A request with a valid token: `auth` is the account it speaks for."""

    auth: Staff


class OpenedRequest(HttpRequest):
    """A request whose query code fits: `auth` is the matter it opened."""

    auth: Matter


class Judging(NamedTuple):
    """A matter to judge, and who judges it."""

    matter: Matter
    actor: Actor


class JudgingRequest(HttpRequest):
    """A request of someone who may judge: `auth` says what and as whom."""

    auth: Judging


class Bearer(HttpBearer):
    """`Authorization: Bearer …`, from `duban token USERNAME`."""

    def authenticate(self, request: HttpRequest, token: str) -> Staff | None:
        """The account of a token; None is answered with 401."""
        return staff_of(token.strip())


class QueryCode(APIKeyHeader):
    """The query code of the matter in the address. A missing, wrong or foreign code and an unknown number get one answer."""

    param_name = QUERY_CODE

    def authenticate(self, request: HttpRequest, key: str | None) -> Matter:
        """The matter the code opens. Raises Unknown(`wrong_code`), TooMany."""
        match = request.resolver_match
        number = str(match.kwargs["number"]) if match else ""
        return open_with_code(number, key or "", client=client_of(request), now=timezone.now())


class Petitioner(QueryCode):
    """For what only the petitioner does: the query code, and no official's token beside it."""

    def __call__(self, request: HttpRequest) -> Matter | None:
        """The matter the code opens. Raises Forbidden(`step_is_the_petitioners`) as well."""
        without_token(request, Verb.ADD)
        return self.authenticate(request, self._get_key(request))


class Judge(QueryCode):
    """Who may judge: the query code; an official's token never, but for a directive of its holder's office."""

    def __call__(self, request: HttpRequest) -> Judging | None:
        """The matter and its judge, or None (401) for a token that is none. Raises Forbidden(`verdict_is_the_petitioners`)."""
        if "Authorization" not in request.headers:
            opened = self.authenticate(request, self._get_key(request))
            return Judging(opened, petitioner_of(opened))
        staff = Bearer()(request)
        if staff is None:
            return None
        match = request.resolver_match
        return _own_directive(staff, str(match.kwargs["number"]) if match else "")


def _own_directive(staff: Staff, number: str) -> Judging:
    refusal = Forbidden("verdict_is_the_petitioners")
    if not staff.actor.has(Role.LEADER):
        raise refusal
    matter = reopen_for_petitioner(number)
    if not judges_directive(matter, staff.actor):
        raise refusal
    return Judging(matter, judge_of(matter, staff.actor))


def without_token(request: HttpRequest, verb: Verb) -> None:
    """Raise Forbidden for a caller that shows an official's token where no official acts."""
    if "Authorization" in request.headers:
        raise Forbidden(CITIZENS_OWN[verb])


def client_of(request: HttpRequest) -> str:
    """The caller's address, for counting wrong codes and registrations."""
    return str(request.META.get("REMOTE_ADDR", ""))
