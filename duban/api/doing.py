"""How staff's verbs are done over the API: as the token's account, now, once for each Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from duban.core import numbers
from duban.core.rights import Actor
from duban.matters.models import Matter

from .drawing import standing
from .keys import StaffRequest
from .retries import once

Deed = Callable[[str, Actor, datetime], Matter]


def done(request: StaffRequest, number: str, content: str, deed: Deed, **more: object) -> HttpResponse:
    """Do the deed to the matter of a number as typed; answer with how it stands, and `more`."""
    staff, now = request.auth, timezone.now()
    spelled = numbers.normalise(number) or ""
    actor = staff.actor
    return once(request, actor.key, content, lambda: standing(deed(spelled, actor, now), now) | more, now=now)
