"""Ballots as the API draws them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from duban.core.ballot import Route
from duban.core.identity import masked_id
from duban.evaluation.models import Ballot, CoSigner, Voter
from duban.evaluation.reading import Box, Turnout, result, standing_at, turnout
from duban.evaluation.roll_reading import roll_change
from duban.evaluation.rolls import RollChange
from duban.matters.models import Matter

from .answers import Json, moment
from .drawing import unit_of


def ballot_of(
    ballot: Ballot,
    number: str,
    now: datetime,
    found: Turnout | None = None,
    grades: Mapping[int, int] | None = None,
) -> dict[str, object]:
    """A ballot; its result only once it is closed. `found` and `grades` spare asking for turnout and votes."""
    counted = found or turnout(ballot)
    return {
        "number": number,
        "round": ballot.round,
        "state": standing_at(ballot, now),
        "opened_at": moment(ballot.opened_at),
        "closes_at": moment(ballot.closes_at),
        "roll": ballot.roll,
        "votes": counted.votes,
        "papers_out": counted.out,
        "quorum_percent": ballot.quorum_percent,
        "votes_needed": ballot.votes_needed,
        "result": _result(ballot, result(ballot).grades if grades is None else grades)
        if ballot.closed_at
        else None,
    }


def past_ballot_of(ballot: Ballot, matter: Matter, now: datetime) -> Json:
    """A ballot with who counted its papers; nobody until it is closed."""
    counters = result(ballot).counters if ballot.closed_at else []
    return {
        **ballot_of(ballot, matter.number, now),
        "roll_change": change_of(roll_change(ballot, matter)),
        "counters": [
            {"name": one.by.masked_name, "unit": unit_of(one.by.unit), "at": moment(one.at)}
            for one in counters
        ],
    }


def change_of(found: RollChange | None) -> Json | None:
    """From the last roll to this one."""
    if found is None:
        return None
    return {
        "last": found.last,
        "roll": found.roll,
        "gone": found.gone,
        "joined": found.joined,
        "reasons": found.reasons,
    }


def box_of(found: Box) -> Json:
    """The paper box."""
    first = found.first.by.masked_name if found.first else None
    return {
        "papers": found.papers,
        "first_by": first,
        "counted": found.counted,
        "counting_from": moment(found.counting_from),
        "countable": found.countable,
    }


def waiting_of(matter: Matter) -> Json:
    """A matter that waits for a ballot."""
    return {
        "number": matter.number,
        "title": matter.title,
        "unit": unit_of(matter.unit),
        "completed_at": moment(matter.clock_stopped_at),
    }


def public_ballot_of(ballot: Ballot) -> Json:
    """The figures of a closed ballot, for everyone."""
    return {
        "roll": ballot.roll,
        "votes": ballot.votes,
        "dissatisfied": ballot.dissatisfied,
        "outcome": ballot.outcome,
        "closed_at": moment(ballot.closed_at),
    }


def roll_line_of(voter: Voter) -> Json:
    """A line of the roll."""
    return {
        "id": voter.pk,
        "name": voter.citizen.masked_name,
        "id_number": masked_id(voter.citizen.id_number),
        "voted": voter.route == Route.ONLINE,
        "paper_taken": voter.route == Route.PAPER,
        "route": voter.route or None,
    }


def cosigner_of(row: CoSigner) -> Json:
    """A co-signer."""
    return {
        "id": row.pk,
        "name": row.citizen.masked_name,
        "id_number": masked_id(row.citizen.id_number),
        "at": moment(row.confirmed_at),
    }


def _result(ballot: Ballot, grades: Mapping[int, int]) -> Json:
    return {
        "outcome": ballot.outcome,
        "votes": ballot.votes,
        "dissatisfied": ballot.dissatisfied,
        "grades": {str(grade): number for grade, number in grades.items()},
        "closed_at": moment(ballot.closed_at),
    }
