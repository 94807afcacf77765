"""The one-third rule, in integers (domain rule 10)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from duban.core.ballot import blocks


@pytest.mark.parametrize(
    ("votes", "dissatisfied", "blocked"),
    [
        (3, 1, False),
        (2, 1, True),
        (4, 2, True),
        (100, 34, True),
        (99, 33, False),
        (100, 33, False),
        (3, 2, True),
        (1, 0, False),
        (1, 1, True),
        (0, 0, True),  # nobody voted: it never closes
    ],
)
def test_the_named_cases(votes: int, dissatisfied: int, blocked: bool) -> None:
    assert blocks(dissatisfied, votes) is blocked


def test_every_ballot_up_to_300_votes_against_exact_fractions() -> None:
    for votes in range(1, 301):
        least = next(d for d in range(votes + 1) if Fraction(d, votes) > Fraction(1, 3))
        assert [blocks(d, votes) for d in range(votes + 1)] == [d >= least for d in range(votes + 1)]


@pytest.mark.parametrize(("dissatisfied", "votes"), [(2, 1), (-1, 3), (1, 0), (0, -1)])
def test_counts_that_cannot_be(dissatisfied: int, votes: int) -> None:
    with pytest.raises(ValueError, match="among those who voted"):
        blocks(dissatisfied, votes)
