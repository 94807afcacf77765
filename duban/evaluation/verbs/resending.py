"""Somebody on the roll of a running ballot has not got the message with their voting code, and asks for it once more (rule 10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from duban.core import numbers
from duban.core.events import Kind
from duban.core.identity import mobile as one_spelling
from duban.core.refusal import Unknown
from duban.core.rights import Actor, Verb, require
from duban.journal.recording import Entry
from duban.matters.guessing import admitted
from duban.matters.models import Matter
from duban.matters.verbs.deed import keep, lock, write
from duban.matters.verbs.forms import Form
from duban.people.citizens import mobile_index

from ..models import Ballot, CodeResending, Voter
from .balloting import is_over, running

BETWEEN = timedelta(minutes=10)  # to one voter
DAY = timedelta(days=1)
MOST_A_DAY = 5  # to one voter: whoever knows a neighbour's mobile must not keep it ringing all night


@transaction.atomic
def resend_code(*, matter: str, mobile: str, client: str, actor: Actor, now: datetime) -> None:
    """Whoever of the roll is reached at this mobile and has not voted by any route is sent their voting code again, also
    at night: they wait for it.

    It is the same code: the roll keeps it sealed and frozen, so that whoever finds the first message after all still
    has one vote. Nobody learns who is on a roll: the answer is always the same, and for a running ballot so is the
    work. Nothing is sent to whom it was sent within ten minutes, or five times within a day. Raises Invalid (mobile);
    TooMany(too_many_tries); Forbidden.
    """
    require(actor, Verb.VOTE)
    form = Form()
    spelled = form.take("mobile", lambda: one_spelling(mobile)) or ""
    form.check()
    number, index = numbers.normalise(matter) or "", mobile_index(spelled)
    admitted(client, f"resending:{number}:{index}", now, door="resending").note(now)
    held, ballot = _running(number, now)
    if held is None or ballot is None:
        return
    voters: list[int] | list[None] = _waiting(ballot, index, now) or [None]
    made = [CodeResending(ballot=ballot, voter_id=voter, at=now) for voter in voters]
    CodeResending.objects.bulk_create(made)
    facts = {
        "ballot": ballot.pk,
        "resendings": [one.pk for one in made],
        "closes_at": ballot.closes_at.isoformat(),
    }
    write(held, Entry(Kind.VOTING_CODE_REQUESTED, facts), actor=actor, at=now)
    keep(held)


def _running(number: str, now: datetime) -> tuple[Matter | None, Ballot | None]:
    """The matter, locked, and its ballot that takes votes now."""
    try:
        held = lock(number, now)
    except Unknown:
        return None, None
    ballot = running(held)
    return held, ballot if ballot is not None and not is_over(ballot, now) else None


def _waiting(ballot: Ballot, index: str, now: datetime) -> list[int]:
    """Who of the roll is to be sent their code: several where a family shares a telephone."""
    sent = Voter.objects.filter(ballot=ballot, citizen__mobile_index=index, voted=False).annotate(
        lately=Count("resendings", filter=Q(resendings__at__gt=now - BETWEEN)),
        today=Count("resendings", filter=Q(resendings__at__gt=now - DAY)),
    )
    return list(sent.filter(lately=0, today__lt=MOST_A_DAY).order_by("id").values_list("pk", flat=True))
