"""The six published statuses (domain section 2; the article's figures of 2014-04-07).

Every matter that has a number is in exactly one of them: state and lateness decide, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .lifecycle import State


class Status(StrEnum):
    """The published statuses, in the article's order."""

    CLOSED = "closed"  # 办结销号
    PENDING_REVIEW = "pending_review"  # 办结待审核
    HANDLING = "handling"  # 办理中
    OVERDUE_COMPLETION = "overdue_completion"  # 逾期未办结
    ACCEPTING = "accepting"  # 受理中
    OVERDUE_ACCEPTANCE = "overdue_acceptance"  # 逾期未受理


def published(state: State, late: bool) -> Status:
    """The status under which a matter is published. `late`: its running clock is past due."""
    match state:
        case State.REGISTERED | State.ASSIGNED:
            return Status.OVERDUE_ACCEPTANCE if late else Status.ACCEPTING
        case State.HANDLING:
            return Status.OVERDUE_COMPLETION if late else Status.HANDLING
        case State.COMPLETED:
            return Status.PENDING_REVIEW
        case State.CLOSED:
            return Status.CLOSED


@dataclass(frozen=True)
class Census:
    """A count of every matter by published status."""

    counts: Mapping[Status, int]

    @classmethod
    def of(cls, statuses: Iterable[tuple[Status, int]]) -> Census:
        """A census from (status, how many) pairs; pairs of one status add up, missing statuses are 0."""
        counts = dict.fromkeys(Status, 0)
        for status, number in statuses:
            counts[status] += number
        return cls(counts)

    @property
    def total(self) -> int:
        """The statuses partition the matters, so their sum is the number of matters."""
        return sum(self.counts.values())
