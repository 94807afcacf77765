"""What pages draw of co-signers and ballots: the turnout as a bar, and how a matter of many stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duban.catalogue.book import book
from duban.core.rights import Verb
from duban.evaluation.models import Ballot
from duban.evaluation.reading import (
    Result,
    Turnout,
    cosigned,
    invitation_of,
    standing_at,
    turnout,
)
from duban.evaluation.roll_reading import roll_change
from duban.evaluation.voting import latest
from duban.matters.models import Matter
from duban.notifications.quiet import quiet_until

from ..letterhead import masthead

WIDTH = 600


@dataclass(frozen=True, slots=True)
class Bar:
    """The turnout drawn 600 wide: votes, then papers still out, and the mark of the quorum."""

    votes: int
    papers: int
    quorum: int


def bar(found: Turnout, quorum_percent: int) -> Bar:
    """In whole units of the drawing."""
    return Bar(
        votes=found.votes * WIDTH // found.roll,
        papers=found.out * WIDTH // found.roll,
        quorum=quorum_percent * WIDTH // 100,
    )


def drawn(ballot: Ballot | None, now: datetime) -> dict[str, Any]:
    """A ballot's turnout and how it stands; nothing of its result."""
    if ballot is None:
        return {"ballot": None}
    found = turnout(ballot)
    return {
        "ballot": ballot,
        "standing": standing_at(ballot, now),
        "turnout": found,
        "bar": bar(found, ballot.quorum_percent),
    }


def codes_wait_until(ballot: Ballot, now: datetime) -> datetime | None:
    """When the codes of a ballot opened in quiet hours go out; None once they do."""
    morning = quiet_until(ballot.opened_at, book().policy)
    return morning if morning is not None and now < morning else None


def of_many(matter: Matter, verbs: tuple[Verb, ...], now: datetime) -> dict[str, Any] | None:
    """What the petitioner's page shows of a collective matter; None of any other."""
    if not matter.collective:
        return None
    return {
        "cosigned": cosigned(matter),
        "may_invite": Verb.INVITE in verbs,
        "invited": invitation_of(matter) is not None,
        **drawn(latest(matter), now),
    }


def sheet(found: Result, matter: Matter) -> dict[str, Any]:
    """The result sheet."""
    return {
        "masthead": masthead(),
        "matter": matter,
        "number": matter.number,
        "found": found,
        "change": roll_change(found.ballot, matter),
        "ballot": found.ballot,
        "turnout": found.turnout,
        "bar": bar(found.turnout, found.ballot.quorum_percent),
    }
