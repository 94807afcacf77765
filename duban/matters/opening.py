"""Opening a matter by number and query code: the petitioner's key.

A wrong code and an unknown number get the same answer after the same work. Wrong tries are counted for 15
minutes, per client and number, per client, and per number, so that guessing gets nowhere while the owner still gets in.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from duban.core import numbers
from duban.core.refusal import TooMany, Unknown
from duban.core.rights import Actor, Role

from .models import Matter, WrongCode

WINDOW = timedelta(minutes=15)
MOST_OF_CLIENT_ON_NUMBER = 5
MOST_OF_CLIENT = 30
MOST_ON_NUMBER = 100
NOBODYS_CODE = "----------"


def open_with_code(number: str, code: str, *, client: str, now: datetime) -> Matter:
    """The matter, if the code is its own. `client` names the caller's address; only its keyed hash is kept.

    Raises Unknown(`wrong_code`) for an unknown number and a wrong code alike; TooMany(`too_many_tries`).
    """
    spelled = numbers.normalise(number) or ""
    caller, asked = _keyed(f"client:{client}"), _keyed(f"number:{spelled}")
    tries = WrongCode.objects.filter(Q(client=caller) | Q(number=asked), at__gt=now - WINDOW).aggregate(
        both=Count("id", filter=Q(client=caller, number=asked)),
        client=Count("id", filter=Q(client=caller)),
        number=Count("id", filter=Q(number=asked)),
    )
    if (
        tries["both"] >= MOST_OF_CLIENT_ON_NUMBER
        or tries["client"] >= MOST_OF_CLIENT
        or tries["number"] >= MOST_ON_NUMBER
    ):
        raise TooMany("too_many_tries", retry_after=int(WINDOW.total_seconds()))
    matter = _with_everything().filter(number=spelled).first()
    expected = matter.query_code if matter is not None else NOBODYS_CODE
    typed = "".join(c for c in code.translate(_WIDE) if c.isalnum())
    if not hmac.compare_digest(expected.encode(), typed.encode()) or matter is None:
        WrongCode.objects.create(client=caller, number=asked, at=now)
        raise Unknown("wrong_code")
    return matter


def reopen_for_petitioner(number: str) -> Matter:
    """The matter again, for a session that has opened it before. Raises Unknown."""
    matter = _with_everything().filter(number=numbers.normalise(number) or "").first()
    if matter is None:
        raise Unknown("not_yours")
    return matter


def petitioner_of(matter: Matter) -> Actor:
    """The actor who has proved the matter to be theirs: its petitioner, or a directive's issuer."""
    key = f"citizen:{matter.petitioner_id}" if matter.petitioner_id else f"staff:{matter.issuer_id}"
    return Actor(key, frozenset({Role.PETITIONER}), matter=matter.pk)


def judges_directive(matter: Matter, actor: Actor) -> bool:
    """Whether the matter is a directive of this leader's office: issued by them, or by a colleague of their unit.

    Directives are judged by the issuing leader's office (domain section 2), so one leader's absence leaves none
    waiting. Nobody but a leader judges one; whoever is no longer a leader no longer does.
    """
    if matter.issuer is None or not actor.has(Role.LEADER):
        return False
    return actor.key == f"staff:{matter.issuer_id}" or actor.unit == matter.issuer.unit.code


def judge_of(matter: Matter, actor: Actor) -> Actor:
    """The actor who judges a directive for its issuing office: in the journal it is who did it. Ask `judges_directive` first."""
    return Actor(actor.key, frozenset({Role.PETITIONER}), matter=matter.pk)


def forget_tries(now: datetime) -> int:
    """Delete tries that no longer count; returns how many."""
    return WrongCode.objects.filter(at__lte=now - WINDOW).delete()[0]


def _with_everything() -> QuerySet[Matter]:
    return Matter.objects.select_related("unit", "petitioner", "handler", "previous", "issuer__unit", "lead")


def _keyed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


_WIDE = {ord(c) + 0xFEE0: ord(c) for c in "0123456789"}
