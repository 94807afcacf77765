"""Ballots: the voter, the terminal, the office."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from duban.core import numbers
from duban.core.refusal import Refused, Unknown, not_offered
from duban.core.rights import ANYONE, Verb, may
from duban.evaluation import reading, roll_reading
from duban.evaluation.rolls import RollLine
from duban.evaluation.verbs.balloting import cast_vote, open_ballot
from duban.evaluation.verbs.cosigning import remove_cosigner
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.verbs.paper import enter_paper, hand_out_paper
from duban.evaluation.verbs.resending import resend_code
from duban.evaluation.voting import latest

from .answers import answer
from .ballot_drawing import (
    ballot_of,
    box_of,
    change_of,
    cosigner_of,
    past_ballot_of,
    roll_line_of,
    waiting_of,
)
from .ballot_forms import (
    BallotForm,
    BoxForm,
    CosignerRemovalForm,
    MobileForm,
    PapersForm,
    VoteForm,
)
from .ballot_shapes import (
    Ballot,
    CodeAsked,
    Cosigning,
    Counted,
    DeskBallot,
    MatterBallots,
    RunningBallots,
    WaitingMatters,
)
from .bodies import digest_of, read
from .document import takes
from .forms import NothingForm, Text
from .keys import Bearer, StaffRequest, client_of, without_token
from .retries import once
from .voters import VoterRequest, VotingCode

router = Router(tags=["ballots"], auth=Bearer())
voter = Router(tags=["ballots"])
anyone = Router(tags=["ballots"])
Limit = Annotated[int, Query(ge=1, le=200)]


@voter.get("/{number}/ballots/current", auth=VotingCode(), response=Ballot, summary="The ballot of a matter")
def see_ballot(request: VoterRequest, number: str) -> HttpResponse:
    """The running ballot, or the last one: for whoever is on the roll, and the petitioner. No result before it is closed."""
    if request.auth.ballot is None:
        raise Unknown("no_ballot")
    return answer(ballot_of(request.auth.ballot, request.auth.matter.number, timezone.now()))


@voter.post(
    "/{number}/ballots/current/votes",
    auth=VotingCode(),
    response=Ballot,
    summary="Vote",
    **takes(VoteForm),
)
def vote_in_ballot(request: VoterRequest, number: str) -> HttpResponse:
    """One person, one vote, online or on paper. Nothing ties the voter to the grade."""
    form, key, now = read(request, VoteForm), request.auth, timezone.now()
    mine = key.voter.pk if key.voter else 0

    def deed() -> dict[str, object]:
        ballot = cast_vote(matter=key.matter.number, voter=mine, grade=form.grade, actor=key.actor, now=now)
        return ballot_of(ballot, key.matter.number, now)

    # Kept first answers must not tie a voter to a grade: the digest of what was sent is no grade's.
    return once(request, f"voter:{mine}", "vote", deed, now=now)


@anyone.post(
    "/{number}/ballots/current/code",
    response=CodeAsked,
    summary="Have a voting code sent again",
    **takes(MobileForm, fails=(403, 429)),
)
def ask_for_voting_code(request: HttpRequest, number: str) -> HttpResponse:
    """To whoever of the roll is reached at this mobile and has not voted, once in ten minutes; the code stays the same.

    The answer is the same for every number and mobile. Not for an official's token.
    """
    without_token(request, Verb.VOTE)
    form, now = read(request, MobileForm), timezone.now()

    def deed() -> dict[str, object]:
        resend_code(matter=number, mobile=form.mobile, client=client_of(request), actor=ANYONE, now=now)
        return {"state": "asked"}

    return once(request, f"voting_code:{number}", digest_of(form), deed, now=now)


@router.get("/ballots", response=RunningBallots, summary="Ballots")
def list_ballots(request: StaffRequest, state: Text = "", after: Text = "") -> HttpResponse:
    """For terminals and the office: what runs, or with `state=closed` what has ended, the latest first."""
    now = timezone.now()
    if state not in ("", "closed"):
        raise not_offered("state", ["closed"])
    listed = reading.ended_ballots if state else reading.running_ballots
    page = listed(request.auth.actor, after=after)
    grades = reading.grades_of(page.items) if state else {}
    items = [
        ballot_of(one, one.matter.number, now, reading.counted_in(one), grades.get(one.pk))
        for one in page.items
    ]
    return answer({"items": items, "next": page.next})


@router.get("/ballots/waiting", response=WaitingMatters, summary="Matters that wait for a ballot")
def list_waiting_for_ballot(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """Completed collective matters without a running ballot, the longest waiting first. The office's."""
    page = reading.awaiting_ballot(request.auth.actor, after=after, limit=limit)
    return answer({"items": [waiting_of(one) for one in page.items], "next": page.next})


@router.get("/matters/{number}/ballots", response=MatterBallots, summary="Every ballot of a matter")
def list_matter_ballots(request: StaffRequest, number: str) -> HttpResponse:
    """The latest first, with what came of each that is closed, and who counted its papers."""
    matter, now = reading.matter_for_ballot(number, request.auth.actor), timezone.now()
    items = [past_ballot_of(one, matter, now) for one in reading.ballots_of(matter)]
    return answer({"items": items, "next": None})


@router.get("/matters/{number}/ballot", response=DeskBallot, summary="Co-signers, ballot and roll")
def see_desk_ballot(request: StaffRequest, number: str, after: Text = "", signed: Text = "") -> HttpResponse:
    """Masked. The roll is for the office and the terminals, but not of a unit that is judged; the co-signers are the office's."""
    actor, now = request.auth.actor, timezone.now()
    matter = reading.matter_for_ballot(number, actor)
    ballot = latest(matter)
    office, clerk = may(actor, Verb.OPEN_BALLOT), may(actor, Verb.ENTER_PAPER)
    page = (
        roll_reading.roll(ballot, after=after)
        if ballot and roll_reading.may_see_roll(matter, actor)
        else None
    )
    cosigners = reading.cosigners(matter, after=signed) if office else None
    next_one = office and ballot is not None and ballot.closed_at is not None and matter.closed_at is None
    boxed = ballot is not None and ballot.closed_at is None and (office or clerk)
    return answer(
        {
            "cosigned": reading.cosigned(matter),
            "next_roll": change_of(roll_reading.next_roll(matter, now)) if next_one else None,
            "cosigners": [cosigner_of(one) for one in cosigners.items] if cosigners else [],
            "cosigners_next": cosigners.next if cosigners else None,
            "ballot": ballot_of(ballot, matter.number, now) if ballot else None,
            "box": box_of(reading.box(ballot, now)) if ballot and boxed else None,
            "roll": [roll_line_of(one) for one in page.items] if page else [],
            "next": page.next if page else None,
        }
    )


@router.post(
    "/matters/{number}/ballot",
    response={201: Ballot},
    summary="Open a ballot",
    **takes(BallotForm, required=False),
)
def open_matter_ballot(request: StaffRequest, number: str) -> HttpResponse:
    """Freezes the roll: petitioner, everybody on the last roll, co-signers, and `extra`. Who of the last roll is left off
    is named in `leaving`, by `id` of the roll, with a `leaving_reason` that goes on record. Errors name lines from 1: `extra.3`."""
    form, actor, now = read(request, BallotForm), request.auth.actor, timezone.now()
    extra = [RollLine(line, one.name, one.id_number, one.mobile) for line, one in enumerate(form.extra, 1)]

    def deed() -> dict[str, object]:
        ballot = open_ballot(
            matter=_spelled(number),
            extra=extra,
            closes_on=form.closes_on,
            leaving=form.leaving,
            leaving_reason=form.leaving_reason,
            actor=actor,
            now=now,
        )
        return ballot_of(ballot, ballot.matter.number, now)

    return once(request, actor.key, digest_of(form), deed, now=now, status=201)


@router.post(
    "/matters/{number}/ballot-closing",
    response=Ballot,
    summary="Close a ballot",
    **takes(NothingForm, required=False),
)
def close_matter_ballot(request: StaffRequest, number: str) -> HttpResponse:
    """Once everybody has voted, or its time is over and the paper box is counted."""
    form, actor, now = read(request, NothingForm), request.auth.actor, timezone.now()

    def deed() -> dict[str, object]:
        ballot = close_ballot(matter=_spelled(number), actor=actor, now=now)
        return ballot_of(ballot, ballot.matter.number, now)

    return once(request, actor.key, digest_of(form), deed, now=now)


@router.post(
    "/matters/{number}/ballot-paper", response=Ballot, summary="Hand out papers", **takes(PapersForm)
)
def hand_out_papers(request: StaffRequest, number: str) -> HttpResponse:
    """Whoever takes a paper cannot vote online any more. Not by a clerk of a unit that holds or assists the matter."""
    form, actor, now = read(request, PapersForm), request.auth.actor, timezone.now()

    def deed() -> dict[str, object]:
        ballot = hand_out_paper(matter=_spelled(number), id_numbers=form.id_numbers, actor=actor, now=now)
        return ballot_of(ballot, ballot.matter.number, now)

    return once(request, actor.key, digest_of(form), deed, now=now)


@router.post(
    "/matters/{number}/ballot-count", response=Counted, summary="Enter a count of the box", **takes(BoxForm)
)
def count_box(request: StaffRequest, number: str) -> HttpResponse:
    """From the last day on, or once everybody has voted or taken a paper; from the first count on no more papers are
    handed out. Two people, each with their own account, neither of a unit that holds or assists the matter; if they differ,
    both counts are void, which is no refusal."""
    form, actor, now = read(request, BoxForm), request.auth.actor, timezone.now()
    counts = {int(key) if key in "12345" and key else 0: number for key, number in form.grades.items()}

    def deed() -> dict[str, object]:
        came_of = enter_paper(matter=_spelled(number), counts=counts, actor=actor, now=now)
        ballot = latest(reading.matter_for_ballot(number, actor))
        if ballot is None:
            raise Refused("no_ballot")
        return {"count": came_of.value, "ballot": ballot_of(ballot, _spelled(number), now)}

    return once(request, actor.key, digest_of(form), deed, now=now)


@router.post(
    "/matters/{number}/cosigners/{cosigner}/removal",
    response=Cosigning,
    summary="Take a co-signer off",
    **takes(CosignerRemovalForm),
)
def remove_matter_cosigner(request: StaffRequest, number: str, cosigner: int) -> HttpResponse:
    """With a reason, before the roll is frozen. They stay off."""
    form, actor, now = read(request, CosignerRemovalForm), request.auth.actor, timezone.now()

    def deed() -> dict[str, object]:
        row = remove_cosigner(
            matter=_spelled(number), cosigner=cosigner, reason=form.reason, actor=actor, now=now
        )
        matter = row.matter
        return {
            "number": matter.number,
            "title": matter.title,
            "body": matter.body,
            "cosigned": reading.cosigned(matter),
            "open": True,
        }

    return once(request, actor.key, digest_of(form), deed, now=now)


def _spelled(number: str) -> str:
    return numbers.normalise(number) or ""
