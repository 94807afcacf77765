"""How a voter proves who they are: the voting code, or the petitioner's query code, in one header."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyHeader

from duban.evaluation.voting import Key, opened

from .keys import QUERY_CODE, client_of


class VoterRequest(HttpRequest):
    """A request whose code fits: `auth` is what it opened."""

    auth: Key


class VotingCode(APIKeyHeader):
    """The voting code of somebody on the roll, or the query code. Any other and an unknown number get one answer."""

    param_name = QUERY_CODE

    def authenticate(self, request: HttpRequest, key: str | None) -> Key:
        """What the code opens. Raises Unknown(`wrong_voting_code`), TooMany."""
        match = request.resolver_match
        number = str(match.kwargs["number"]) if match else ""
        return opened(number, key or "", client=client_of(request), now=timezone.now())
