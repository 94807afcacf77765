"""Samples that anybody can draw again."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.sampling import digest, place, sample, turns

IDS = st.sets(st.integers(1, 10**9), min_size=1, max_size=60)
SEEDS = st.text("abcdef0123456789-", min_size=1, max_size=20)


def test_a_draw_known_by_heart() -> None:
    """Whoever redoes it with another program must come to these."""
    assert place(1, "2014") == sha256(b"2014\n1").hexdigest()
    assert sample(range(1, 11), 3, "2014") == (7, 8, 10)


@given(IDS, st.integers(1, 80), SEEDS)
def test_it_depends_on_the_set_alone(ids: set[int], size: int, seed: str) -> None:
    drawn = sample(sorted(ids), size, seed)
    assert drawn == sample(sorted(ids, reverse=True), size, seed) == sample([*ids, *ids], size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(ids))
    assert set(drawn) <= ids


@given(IDS, SEEDS)
def test_a_larger_sample_begins_with_the_smaller(ids: set[int], seed: str) -> None:
    for size in range(1, len(ids)):
        assert sample(ids, size + 1, seed)[:size] == sample(ids, size, seed)


def test_more_than_there_are_takes_all() -> None:
    assert sorted(sample([5, 3, 9], 100, "x")) == [3, 5, 9]


@pytest.mark.parametrize("size", [0, -1])
def test_no_sample_of_nothing(size: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        sample([1], size, "x")


def test_every_candidate_comes_about_as_often() -> None:
    """3 of 10 drawn by 2,000 seeds: 600 times each, give or take five standard deviations (20.5)."""
    times = Counter(one for seed in range(2000) for one in sample(range(100, 110), 3, f"seed-{seed}"))
    assert len(times) == 10
    assert all(abs(count - 600) < 103 for count in times.values())


@given(IDS, st.integers(1, 10**9))
def test_a_digest_tells_sets_apart(ids: set[int], other: int) -> None:
    assert digest(sorted(ids)) == digest(sorted(ids, reverse=True))
    assert (digest(ids) == digest(ids ^ {other})) is False


def test_turns_are_fair() -> None:
    assert turns(5, 2) == (0, 1, 0, 1, 0)
    assert turns(0, 3) == ()
    with pytest.raises(ValueError, match="nobody"):
        turns(2, 0)
