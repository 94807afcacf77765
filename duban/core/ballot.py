"""The one-third rule for collective matters, the quorum, and what comes of a ballot (the article; domain rule 10)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from .kinds import Grade


class Route(StrEnum):
    """How somebody on the roll voted."""

    ONLINE = "online"
    PAPER = "paper"  # at a terminal


class Outcome(StrEnum):
    """What came of a ballot."""

    PASSED = "passed"  # the matter is closed on it
    BLOCKED = "blocked"  # more than 1/3 dissatisfied: handled anew
    NO_QUORUM = "no_quorum"  # too few voted to say anything: the office may open another


def blocks(dissatisfied: int, votes: int) -> bool:
    """Whether a ballot keeps a collective matter open: more than 1/3 dissatisfied, or nobody voted.

    In integers: block iff 3·dissatisfied > votes. Raises ValueError for counts that cannot be.
    """
    if not 0 <= dissatisfied <= votes:
        raise ValueError("the dissatisfied are among those who voted")
    return votes == 0 or 3 * dissatisfied > votes


def quorate(votes: int, roll: int, quorum_percent: int) -> bool:
    """Whether enough of the roll voted, in integers: 100·votes ≥ percent·roll, and never without a vote.

    Raises ValueError for counts that cannot be.
    """
    if not 0 <= votes <= roll or not 0 <= quorum_percent <= 100:
        raise ValueError("the voters are among those on the roll")
    return votes > 0 and 100 * votes >= quorum_percent * roll


def votes_needed(roll: int, quorum_percent: int) -> int:
    """The fewest votes that are enough: what `quorate` asks for, as a number of people. Raises ValueError."""
    if roll < 0 or not 0 <= quorum_percent <= 100:
        raise ValueError("a quorum is a part of the roll")
    return max(1, -(-quorum_percent * roll // 100))


def outcome(*, votes: int, dissatisfied: int, roll: int, quorum_percent: int) -> Outcome:
    """What comes of a ballot: first whether enough voted, then the one-third rule. Raises ValueError."""
    blocked = blocks(dissatisfied, votes)
    if not quorate(votes, roll, quorum_percent):
        return Outcome.NO_QUORUM
    return Outcome.BLOCKED if blocked else Outcome.PASSED


def dissatisfied_of(counts: Mapping[int, int]) -> int:
    """How many of the votes by grade are dissatisfied: those grades that do not let a matter be closed."""
    return sum(number for grade, number in counts.items() if not Grade(grade).closes)
