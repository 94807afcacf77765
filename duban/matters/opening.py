"""Opening a matter by number and query code: the petitioner's key.

A wrong code and an unknown number get the same answer after the same work. Wrong tries are counted for 15
minutes, per client and number, per client, and per number, so that guessing gets nowhere while the owner still gets in.
"""

from __future__ import annotations

import hmac
from datetime import datetime

from django.db.models import QuerySet

from duban.core import numbers
from duban.core.refusal import Unknown
from duban.core.rights import Actor, Role

from .guessing import admitted
from .models import Matter

NOBODYS_CODE = "----------"


def open_with_code(number: str, code: str, *, client: str, now: datetime) -> Matter:
    """The matter, if the code is its own. `client` names the caller's address; only its keyed hash is kept.

    Raises Unknown(`wrong_code`) for an unknown number and a wrong code alike; TooMany(`too_many_tries`).
    """
    spelled = numbers.normalise(number) or ""
    attempt = admitted(client, spelled, now)
    matter = _with_everything().filter(number=spelled).first()
    if not fits(matter, code) or matter is None:
        attempt.note(now)
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
    """Whether the matter is a directive of this leader's office: issued by them, or from the unit they are of.

    Directives are judged by the issuing leader's office (domain section 2), so one leader's absence leaves none
    waiting; the office is the one it was issued from, wherever its issuer has gone since. Nobody but a leader judges
    one; whoever is no longer a leader no longer does.
    """
    if matter.issuer_id is None or not actor.has(Role.LEADER):
        return False
    return actor.key == f"staff:{matter.issuer_id}" or actor.unit == matter.issuer_unit_id


def judge_of(matter: Matter, actor: Actor) -> Actor:
    """The actor who judges a directive for its issuing office: in the journal it is who did it. Ask `judges_directive` first."""
    return Actor(actor.key, frozenset({Role.PETITIONER}), matter=matter.pk)


def fits(matter: Matter | None, code: str) -> bool:
    """Whether the code is the matter's own; the same work when there is no matter."""
    expected = matter.query_code if matter is not None else NOBODYS_CODE
    return hmac.compare_digest(expected.encode(), as_digits(code).encode())


def as_digits(code: str) -> str:
    """A code as it was typed, without what stands between its digits."""
    return "".join(c for c in code.translate(_WIDE) if c.isalnum())


def _with_everything() -> QuerySet[Matter]:
    return Matter.objects.select_related("unit", "petitioner", "handler", "previous", "issuer", "lead")


_WIDE = {ord(c) + 0xFEE0: ord(c) for c in "0123456789"}
