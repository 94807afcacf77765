"""The one-third rule for collective matters (the article; domain rule 10)."""

from __future__ import annotations


def blocks(dissatisfied: int, votes: int) -> bool:
    """Whether a ballot keeps a collective matter open: more than 1/3 dissatisfied, or nobody voted.

    In integers: block iff 3·dissatisfied > votes. Raises ValueError for counts that cannot be.
    """
    if not 0 <= dissatisfied <= votes:
        raise ValueError("the dissatisfied are among those who voted")
    return votes == 0 or 3 * dissatisfied > votes
