"""How a voter proves who they are: the voting code, or the petitioner's query code, in one header; and no token beside it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyHeader

from duban.core.rights import Verb
from duban.evaluation.voting import Key, opened

from .keys import QUERY_CODE, client_of, without_token


class VoterRequest(HttpRequest):
    """A request whose code fits: `auth` is what it opened."""

    auth: Key


class VotingCode(APIKeyHeader):
    """The voting code of somebody on the roll, or the query code. Any other and an unknown number get one answer."""

    param_name = QUERY_CODE

    def __call__(self, request: HttpRequest) -> Key | None:
        """What the code opens. Raises Forbidden(`vote_is_the_voters`) as well."""
        without_token(request, Verb.VOTE)
        return self.authenticate(request, self._get_key(request))

    def authenticate(self, request: HttpRequest, key: str | None) -> Key:
        """What the code opens. Raises Unknown(`wrong_voting_code`), TooMany."""
        match = request.resolver_match
        number = str(match.kwargs["number"]) if match else ""
        return opened(number, key or "", client=client_of(request), now=timezone.now())
