"""The six published statuses partition every matter that has a number (domain section 2)."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.census import Census, Status, published
from duban.core.lifecycle import State

from .year_2014 import QUICK

TABLE = {
    (State.REGISTERED, False): Status.ACCEPTING,
    (State.REGISTERED, True): Status.OVERDUE_ACCEPTANCE,
    (State.ASSIGNED, False): Status.ACCEPTING,
    (State.ASSIGNED, True): Status.OVERDUE_ACCEPTANCE,
    (State.HANDLING, False): Status.HANDLING,
    (State.HANDLING, True): Status.OVERDUE_COMPLETION,
    (State.COMPLETED, False): Status.PENDING_REVIEW,
    (State.COMPLETED, True): Status.PENDING_REVIEW,  # completed late is completed
    (State.CLOSED, False): Status.CLOSED,
    (State.CLOSED, True): Status.CLOSED,
}


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(product(State, (False, True)))
    assert set(TABLE.values()) == set(Status)


@pytest.mark.parametrize(("state", "late"), TABLE)
def test_state_and_lateness_decide_and_nothing_else(state: State, late: bool) -> None:
    assert published(state, late) is TABLE[state, late]


def test_the_figures_of_the_evening_of_2014_04_07() -> None:
    figures = dict(zip(Status, (317, 110, 47, 4, 14, 5), strict=True))
    assert list(figures) == [
        "closed",
        "pending_review",
        "handling",
        "overdue_completion",
        "accepting",
        "overdue_acceptance",
    ]
    census = Census.of(figures.items())
    assert census.counts == figures
    assert census.total == 497


def test_pairs_of_one_status_add_up_and_a_missing_status_is_0() -> None:
    census = Census.of([(Status.CLOSED, 2), (Status.CLOSED, 3), (Status.HANDLING, 0)])
    assert census.counts == dict.fromkeys(Status, 0) | {Status.CLOSED: 5}
    assert Census.of([]).total == 0


@QUICK
@given(st.lists(st.tuples(st.sampled_from(State), st.booleans())))
def test_the_statuses_partition_the_matters(matters: list[tuple[State, bool]]) -> None:
    census = Census.of((published(state, late), 1) for state, late in matters)
    assert census.total == len(matters)
    assert set(census.counts) == set(Status)
