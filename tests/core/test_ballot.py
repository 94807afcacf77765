"""The one-third rule, in integers (domain rule 10)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.ballot import Outcome, blocks, dissatisfied_of, outcome, quorate


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


@pytest.mark.parametrize(
    ("votes", "dissatisfied", "roll", "percent", "comes_of"),
    [
        (0, 0, 10, 0, Outcome.NO_QUORUM),  # nobody voted: no percentage makes that a result
        (1, 0, 10, 0, Outcome.PASSED),
        (4, 0, 9, 50, Outcome.NO_QUORUM),
        (5, 0, 10, 50, Outcome.PASSED),  # exactly half
        (5, 0, 11, 50, Outcome.NO_QUORUM),
        (3, 1, 3, 100, Outcome.PASSED),
        (2, 1, 3, 50, Outcome.BLOCKED),
        (4, 2, 4, 50, Outcome.BLOCKED),
        (1, 1, 10, 50, Outcome.NO_QUORUM),  # too few to reopen on, too
    ],
)
def test_what_comes_of_a_ballot(
    votes: int, dissatisfied: int, roll: int, percent: int, comes_of: Outcome
) -> None:
    assert outcome(votes=votes, dissatisfied=dissatisfied, roll=roll, quorum_percent=percent) is comes_of


@given(st.data(), st.integers(1, 500), st.integers(0, 100))
def test_nothing_passes_against_the_rule(data: st.DataObject, roll: int, percent: int) -> None:
    votes = data.draw(st.integers(0, roll))
    against = data.draw(st.integers(0, votes))
    came_of = outcome(votes=votes, dissatisfied=against, roll=roll, quorum_percent=percent)
    enough = votes > 0 and Fraction(votes, roll) >= Fraction(percent, 100)
    assert (came_of is Outcome.NO_QUORUM) is not enough
    assert (came_of is Outcome.PASSED) is (enough and Fraction(against, votes) <= Fraction(1, 3))


@pytest.mark.parametrize(("votes", "roll", "percent"), [(2, 1, 50), (-1, 3, 50), (1, 2, 101), (1, 2, -1)])
def test_quorums_that_cannot_be(votes: int, roll: int, percent: int) -> None:
    with pytest.raises(ValueError, match="on the roll"):
        quorate(votes, roll, percent)


def test_the_bottom_two_grades_are_the_dissatisfied() -> None:
    assert dissatisfied_of({1: 2, 2: 3, 3: 5, 4: 7, 5: 11}) == 5
