"""What nobody vouches for is rationed: so many in an hour from one address, generously.

Whoever stands at a terminal, and every program with a token, is known by somebody and not counted.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil

from duban.core.refusal import TooMany

from .guessing import HOUR, keyed, network_of
from .models import WrongCode


def rationed(what: str, client: str, now: datetime, *, most: int, refusal: str) -> None:
    """Count one more of `what` for a caller's address; at most so many in an hour (0: as many as they like).

    Only the address's keyed hash is kept. Without an address nothing is counted. Raises TooMany with the code `refusal`
    and with `limit`; it says when the next one may come.
    """
    if not client or not most:
        return
    who = keyed(f"{what}:{network_of(client)}")
    counted = (
        WrongCode.objects.filter(client=who, at__gt=now - HOUR).order_by("-at").values_list("at", flat=True)
    )
    full = list(counted[most - 1 : most])  # once this one is an hour old, there is room again
    if full:
        wait = ceil((full[0] + HOUR - now).total_seconds())
        raise TooMany(refusal, retry_after=max(1, wait), limit=most)
    WrongCode.objects.create(client=who, number=who, at=now)
