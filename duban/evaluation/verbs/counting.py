"""A ballot closes: the urn is emptied, the votes are counted, and the matter goes where the rule sends it (rule 10)."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import Count, Exists, OuterRef, Q

from duban.core.ballot import Outcome, Route, dissatisfied_of, outcome
from duban.core.events import Kind
from duban.core.lifecycle import Basis, Step
from duban.core.lights import SECOND
from duban.core.refusal import Refused
from duban.core.rights import SYSTEM, Actor, Verb
from duban.core.zone import day_of, start_of
from duban.journal.recording import Entry
from duban.matters.models import Matter
from duban.matters.verbs.closing import close, reopen
from duban.matters.verbs.deed import answerable, keep, lock, permit, write

from ..models import Ballot, PaperEntry, Slip, Vote, Voter
from ..urn import box_of, grade_of
from .balloting import is_over, random_id, running

GRADES = range(1, 6)


@transaction.atomic
def close_ballot(*, matter: str, actor: Actor, now: datetime) -> Ballot:
    """The office closes a ballot once everybody has voted; or its time is over, and it is dated as the clock would.

    Raises Refused: no_ballot, paper_pending, ballot_running; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.CLOSE_BALLOT, held)
    ballot = running(held)
    if ballot is None:
        raise Refused("no_ballot")
    if papers_pending(ballot):
        raise Refused("paper_pending")
    over = is_over(ballot, now)
    if not over and not all_voted(ballot):
        raise Refused("ballot_running", until=ballot.closes_at)
    return _finish(held, ballot, actor=actor, at=ended_at(ballot) if over else now)


def close_due(now: datetime, limit: int = 200) -> int:
    """Close the ballots whose time is over, at most `limit`; returns how many. Any number of workers may call it.

    Each is one transaction, dated to its last second and not to the sweep; one whose paper box is still being counted
    waits, and is dated to the count. Raises ExceptionGroup for those that cannot be closed, when the others are.
    """
    closed, problems = 0, list[Exception]()
    due = Ballot.objects.filter(closed_at=None, closes_at__lte=now - SECOND)
    papers = Voter.objects.filter(ballot=OuterRef("pk"), route=Route.PAPER)
    due = due.exclude(Exists(papers), papers_counted=None).order_by("closes_at", "pk")
    for pk, number in list(due.values_list("pk", "matter__number")[:limit]):
        try:
            closed += _take(pk, number, now)
        except OperationalError:  # the database itself
            raise
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("ballots that cannot be closed", problems)
    return closed


@transaction.atomic
def _take(pk: int, number: str, now: datetime) -> int:
    """Close one ballot, if nobody else is at its matter just now; the next turn comes soon."""
    mine = Matter.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(number=number)
    if not list(mine.values_list("pk", flat=True)):
        return 0
    held = lock(number, now)
    ballot = Ballot.objects.filter(pk=pk, closed_at=None).first()
    if ballot is None or papers_pending(ballot):
        return 0
    _finish(held, ballot, actor=SYSTEM, at=ended_at(ballot))
    return 1


def ended_at(ballot: Ballot) -> datetime:
    """When a ballot whose time is over came to its end, whoever closes it, and when: its last second, or the count."""
    return max(ballot.closes_at, ballot.counted_at or ballot.closes_at)


def all_voted(ballot: Ballot) -> bool:
    """Whether everybody on the roll has voted or taken a paper."""
    return not Voter.objects.filter(ballot=ballot, voted=False).exists()


def counting_from(ballot: Ballot) -> datetime:
    """From when the paper box can be counted: the ballot's last day. Whoever counts hands out no more papers, and who
    has no telephone has no other way to vote.
    """
    return start_of(day_of(ballot.closes_at))


def is_countable(ballot: Ballot, now: datetime) -> bool:
    """Whether the box can be counted now: from the last day on, or once nobody is left who may want a paper."""
    return now >= counting_from(ballot) or all_voted(ballot)


def papers_pending(ballot: Ballot) -> bool:
    """Whether papers were handed out that two people have not counted yet."""
    return ballot.papers_counted is None and Voter.objects.filter(ballot=ballot, route=Route.PAPER).exists()


def _finish(held: Matter, ballot: Ballot, *, actor: Actor, at: datetime) -> Ballot:
    counts = _tip_out(ballot)
    ballot.votes, ballot.dissatisfied = sum(counts.values()), dissatisfied_of(counts)
    came_of = outcome(
        votes=ballot.votes,
        dissatisfied=ballot.dissatisfied,
        roll=ballot.roll,
        quorum_percent=ballot.quorum_percent,
    )
    ballot.closed_at, ballot.outcome = at, came_of
    ballot.save(update_fields=["closed_at", "outcome", "votes", "dissatisfied"])
    facts = {
        "ballot": ballot.pk,
        "round": ballot.round,
        "roll": ballot.roll,
        "votes": ballot.votes,
        "dissatisfied": ballot.dissatisfied,
        "grades": {str(grade): counts[grade] for grade in GRADES},
        "quorum_percent": ballot.quorum_percent,
        "outcome": str(came_of),
        **answerable(held),
    }
    ground = Entry(Kind.BALLOT_CLOSED, facts)
    match came_of:
        case Outcome.PASSED:
            close(held, Step.CLOSE, Basis.BALLOT, ground, actor=actor, now=at)
        case Outcome.BLOCKED:
            reopen(held, ground, actor=actor, now=at)
        case Outcome.NO_QUORUM:
            write(held, ground, actor=actor, at=at)
            keep(held)
    return ballot


def _tip_out(ballot: Ballot) -> Mapping[int, int]:
    """Turn the slips and the papers into votes, mixed, and empty urn and box. Returns how many of each grade.

    Raises RuntimeError when roll, slips, voters and box do not tally: urn or roll was tampered with.
    """
    slips = [grade_of(slip) for slip in Slip.objects.filter(ballot=ballot)]
    voters = Voter.objects.filter(ballot=ballot).aggregate(
        roll=Count("id"), online=Count("id", filter=Q(route=Route.ONLINE))
    )
    if voters["roll"] != ballot.roll:
        raise RuntimeError(f"ballot {ballot.pk}: the roll is not the one it was opened on")
    if len(slips) != voters["online"]:
        raise RuntimeError(f"ballot {ballot.pk}: the urn does not hold one slip for every online voter")
    entries = PaperEntry.objects.filter(ballot=ballot, discarded_at=None)
    grades = [*slips, *Counter(box_of(ballot, list(entries))).elements()]
    secrets.SystemRandom().shuffle(grades)
    ids = sorted(random_id() for _ in grades)  # rows lie in the order of ids that say nothing
    Vote.objects.bulk_create(
        Vote(id=pk, ballot=ballot, grade=grade) for pk, grade in zip(ids, grades, strict=True)
    )
    Slip.objects.filter(ballot=ballot).delete()
    entries.update(counts="")
    return Counter(grades)
