"""A ballot is opened on a frozen roll, and each of the roll votes once (domain rule 10)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from duban.catalogue.book import book
from duban.core.ballot import Route
from duban.core.events import Kind
from duban.core.kinds import Grade
from duban.core.lifecycle import Step
from duban.core.lights import SECOND
from duban.core.policy import bounds
from duban.core.refusal import Invalid, Refused, Unknown
from duban.core.rights import Actor, Role, Verb
from duban.core.zone import day_of, end_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Matter, Remark
from duban.matters.verbs.deed import advance, keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form
from duban.people.sealing import blind_index

from ..models import Ballot, Slip, Voter
from ..models.ballots import VOTER_PURPOSE
from ..rolls import Roll, RollChange, RollLine, roll_of
from ..urn import slip_text

FEWEST = 2  # of a roll: what one person decides is no ballot
VOTER = Actor("voter", frozenset({Role.ANYONE}))
"""How the journal names whoever voted: everybody alike."""


@transaction.atomic
def open_ballot(
    *,
    matter: str,
    actor: Actor,
    now: datetime,
    extra: Sequence[RollLine] = (),
    closes_on: date | None = None,
    leaving: Sequence[int] = (),
    leaving_reason: str = "",
) -> Ballot:
    """The office opens the ballot of a completed collective matter, on a roll frozen with this: petitioner,
    everybody on the last roll but those it names (`leaving`, voters there) with a reason and those removed since,
    co-signers, and whom it adds by line. It runs to the end of `closes_on` (policy: 7 days from now).

    Each on the roll gets a code of their own. Raises Invalid (extra, extra.N, closes_on, leaving, leaving_reason);
    Refused: not_collective, wrong_state, merged_follows, ballot_open, roll_empty; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.OPEN_BALLOT, held)
    roll, reason, closes_at = _foreseen(held, extra, closes_on, leaving, leaving_reason, now)
    ballot = Ballot.objects.create(
        matter=held,
        round=held.round,
        opened_at=now,
        opened_by_id=staff_id(actor),
        closes_at=closes_at,
        quorum_percent=book().policy.ballot_quorum_percent,
        roll=len(roll.citizens),
    )
    _give_codes(ballot, roll.citizens, unlike=held.query_code)
    facts: dict[str, object] = {
        "ballot": ballot.pk,
        "round": ballot.round,
        "roll": ballot.roll,
        "closes_at": closes_at.isoformat(),
        "quorum_percent": ballot.quorum_percent,
        **roll.facts(),
    }
    if roll.left:
        remark = Remark.objects.create(
            matter=held, part=Remark.Part.COSIGNING, text=reason, by_id=staff_id(actor), at=now
        )
        facts |= {"remark": remark.pk, "text": digest_of_text(reason)}
    write(held, Entry(Kind.BALLOT_OPENED, facts), actor=actor, at=now)
    keep(held)
    return ballot


@transaction.atomic
def check_ballot(
    *,
    matter: str,
    actor: Actor,
    now: datetime,
    extra: Sequence[RollLine] = (),
    closes_on: date | None = None,
    leaving: Sequence[int] = (),
    leaving_reason: str = "",
) -> RollChange | None:
    """How the roll would differ from the last one; None where there was none. Writes nothing; raises as `open_ballot`."""
    held = lock(matter, now)
    permit(actor, Verb.OPEN_BALLOT, held)
    roll, reason, _closes_at = _foreseen(held, extra, closes_on, leaving, leaving_reason, now)
    found = roll.change(reason)
    transaction.set_rollback(True)  # people pasted for the first time are noted with the opening
    return found


@transaction.atomic
def cast_vote(*, matter: str, voter: int, grade: int, actor: Actor, now: datetime) -> Ballot:
    """Somebody on the roll votes online: once, whatever the route, until the ballot's last second.

    `voter` is who the door has let in (see `voting`). The journal keeps that somebody voted and nothing else. Raises
    Invalid (grade); Refused: no_ballot, ballot_over, already_voted, own_paper_taken; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.VOTE, held)
    ballot = in_time(held, now)
    form = Form()
    chosen = form.choice("grade", grade, Grade, "grade_unknown")
    form.check()
    if chosen is None:
        raise Invalid({"grade": ("grade_unknown", {})})
    mark_voted(ballot, [voter], Route.ONLINE)
    slip = random_id()
    Slip.objects.create(id=slip, ballot=ballot, grade=slip_text(ballot.pk, slip, int(chosen)))
    facts = {"ballot": ballot.pk, "route": str(Route.ONLINE)}
    write(held, Entry(Kind.VOTE_RECEIVED, facts), actor=VOTER, at=now)
    keep(held)
    return ballot


def running(matter: Matter) -> Ballot | None:
    """The open ballot of a matter."""
    return Ballot.objects.filter(matter=matter, closed_at=None).first()


def is_over(ballot: Ballot, now: datetime) -> bool:
    """Whether its time is over: its last second still counts."""
    return now >= ballot.closes_at + SECOND


def in_time(matter: Matter, now: datetime) -> Ballot:
    """The ballot that takes votes now. Raises Refused: no_ballot, ballot_over."""
    ballot = running(matter)
    if ballot is None:
        held_before = Ballot.objects.filter(matter=matter).exists()
        raise Refused("ballot_over" if held_before else "no_ballot")
    if is_over(ballot, now):
        raise Refused("ballot_over")
    return ballot


def mark_voted(ballot: Ballot, voters: Sequence[int], route: Route) -> None:
    """Mark voters who have not voted yet, by conditional UPDATE: nobody has two votes, whatever happens at once.

    Raises Unknown (`voter_unknown`) for somebody not on the roll; Refused: already_voted, own_paper_taken (nobody knows yet
    whether that paper comes back).
    """
    roll = Voter.objects.filter(ballot=ballot, pk__in=voters)
    if roll.filter(voted=False).update(voted=True, route=route) != len(set(voters)):
        if roll.count() != len(set(voters)):
            raise Unknown("voter_unknown")
        raise Refused("own_paper_taken" if roll.filter(route=Route.PAPER).exists() else "already_voted")


def code_index(ballot: int, code: str) -> str:
    """Where a voter is found by code: a keyed hash, another for every ballot."""
    return blind_index(f"{ballot}:{code}", purpose=VOTER_PURPOSE)


def random_id() -> int:
    """An id that says nothing about when it was given: 63 random bits."""
    return secrets.randbits(63)


def _foreseen(
    held: Matter,
    extra: Sequence[RollLine],
    closes_on: date | None,
    leaving: Sequence[int],
    leaving_reason: str,
    now: datetime,
) -> tuple[Roll, str, datetime]:
    """The roll, why somebody is left off, and the last second, or what stands against it."""
    if not held.collective:
        raise Refused("not_collective")
    advance(held, Step.OPEN_BALLOT)
    if running(held) is not None:
        raise Refused("ballot_open")
    closes_at = _closing(closes_on, now)
    form = Form()
    reason = form.note("leaving_reason", leaving_reason, missing="text_missing" if leaving else None)
    if reason and not leaving:
        form.wrong("leaving", "required")
    form.check()
    roll = roll_of(held, extra, now, leaving)
    if len(roll.citizens) < FEWEST:
        raise Refused("roll_empty")
    return roll, reason, closes_at


def _closing(closes_on: date | None, now: datetime) -> datetime:
    today = day_of(now)
    latest = today + timedelta(days=bounds("ballot_days")[1])
    chosen = closes_on or today + timedelta(days=book().policy.ballot_days)
    if not today < chosen <= latest:
        raise Invalid({"closes_on": ("ballot_day", {"latest": latest})})
    return end_of(chosen)


def _give_codes(ballot: Ballot, roll: Sequence[int], *, unlike: str) -> None:
    """Everybody on the roll gets ten digits of their own; none is the matter's query code."""
    codes: set[str] = set()
    while len(codes) < len(roll):
        codes |= {f"{secrets.randbelow(10**10):010d}"} - {unlike}
    Voter.objects.bulk_create(
        Voter(ballot=ballot, citizen_id=citizen, code=code, code_index=code_index(ballot.pk, code))
        for citizen, code in zip(roll, codes, strict=True)
    )
