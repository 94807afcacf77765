"""A grade that is chosen and not yet cast, on its way to the page that asks whether one is sure.

The page has an address of its own, so that a step back finds it again. What stands in that address is a keyed hash of
voter and grade, under a secret that is drawn for this and thrown away with the vote: nothing that is stored or logged
says who chose what, and once the vote is cast nobody can find it out any more, not even with the master key.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest

from duban.core.kinds import Grade
from duban.evaluation.models import Voter

from ..citizen.opened import CHOOSING, MOST

FIELD = "choice"  # in the address


def chosen_as(request: HttpRequest, voter: Voter, grade: int) -> str:
    """What stands for a choice in the address, as long as this browser has not cast it."""
    known: Mapping[str, Any] = request.session.get(CHOOSING, {})
    own = str(voter.pk)
    secret = known.get(own) or secrets.token_urlsafe(24)
    others = [(pk, one) for pk, one in known.items() if pk != own]
    request.session[CHOOSING] = dict([*others, (own, secret)][-MOST:])
    return _hash(secret, voter, grade)


def choice_of(request: HttpRequest, voter: Voter) -> int:
    """The grade the address stands for; 0 when it is another's, or was cast, or is nothing at all."""
    secret, given = request.session.get(CHOOSING, {}).get(str(voter.pk)), request.GET.get(FIELD, "")
    if not secret or not given:
        return 0
    fits = [g for g in Grade if hmac.compare_digest(_hash(secret, voter, g).encode(), given.encode())]
    return int(fits[0]) if fits else 0


def forget_choice(request: HttpRequest, voter: Voter) -> None:
    """The vote is cast: what stood for it stands for nothing."""
    known = request.session.get(CHOOSING, {})
    request.session[CHOOSING] = {pk: one for pk, one in known.items() if pk != str(voter.pk)}


def _hash(secret: str, voter: Voter, grade: int) -> str:
    return hmac.new(secret.encode(), f"{voter.pk}:{int(grade)}".encode(), sha256).hexdigest()
