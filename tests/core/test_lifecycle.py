"""The life of a matter as one table (domain section 2)."""

from __future__ import annotations

from itertools import product

import pytest

from duban.core.lifecycle import TABLE, Basis, State, Step, possible, step
from duban.core.refusal import Refused

WAYS = {
    State.REGISTERED: {
        "assign": "assigned",
        "add": "registered",
        "withdraw": "closed",
        "merge": "registered",
        "separate": "registered",
        "reassign": "assigned",
        "close_by_decision": "closed",
    },
    State.ASSIGNED: {
        "hand_over": "assigned",
        "request_return": "assigned",
        "sign_return": "assigned",
        "refuse_return": "assigned",
        "grant_return": "registered",
        "accept": "handling",
        "add": "assigned",
        "withdraw": "closed",
        "merge": "assigned",
        "separate": "assigned",
        "ask_assist": "assigned",
        "reassign": "assigned",
        "close_by_decision": "closed",
    },
    State.HANDLING: {
        "hand_over": "handling",
        "report_progress": "handling",
        "add": "handling",
        "request_extension": "handling",
        "sign_extension": "handling",
        "rule_extension": "handling",
        "complete": "completed",
        "withdraw": "closed",
        "merge": "handling",
        "separate": "handling",
        "ask_assist": "handling",
        "reassign": "assigned",
        "extend": "handling",
        "defer": "handling",
        "close_by_decision": "closed",
    },
    State.COMPLETED: {
        "add": "completed",
        "call_back": "completed",
        "close": "closed",
        "reopen": "handling",
        "close_unrated": "closed",
        "withdraw": "closed",
        "separate": "completed",
        "open_ballot": "completed",
        "close_by_decision": "closed",
    },
    State.CLOSED: {},
}
"""The same table written the other way round, by hand from the rules: which steps each state allows."""


def test_every_step_has_its_row() -> None:
    assert set(TABLE) == set(Step)


@pytest.mark.parametrize(("state", "taken"), list(product(State, Step)))
def test_every_state_and_step(state: State, taken: Step) -> None:
    reached = WAYS[state].get(taken.value)
    assert (taken in possible(state)) is (reached is not None)
    if reached is not None:
        assert step(state, taken) is State(reached)
        return
    with pytest.raises(Refused) as refused:
        step(state, taken)
    assert refused.value.code == ("already_closed" if state is State.CLOSED else "wrong_state")
    assert refused.value.params == {"step": taken.value, "state": state.value}


def test_closed_is_final() -> None:
    assert possible(State.CLOSED) == frozenset()


def test_a_matter_closes_by_verdict_ballot_silence_withdrawal_or_the_joint_meeting_alone() -> None:
    closing = {taken for taken, ways in TABLE.items() if State.CLOSED in ways.values()}
    assert closing == {Step.CLOSE, Step.CLOSE_UNRATED, Step.WITHDRAW, Step.CLOSE_BY_DECISION}
    assert set(Basis) == {"verdict", "ballot", "unrated", "withdrawn", "decision"}
    # only the petitioner's own step, or the joint meeting's, closes what has not been completed
    early = {taken for taken in closing if set(TABLE[taken]) != {State.COMPLETED}}
    assert early == {Step.WITHDRAW, Step.CLOSE_BY_DECISION}


def test_from_every_open_state_there_is_a_way_to_the_end() -> None:
    reach = {State.CLOSED}
    while more := {s for s in State if any(w.get(s) in reach for w in TABLE.values())} - reach:
        reach |= more
    assert reach == set(State)


def test_the_table_cannot_be_edited_by_accident() -> None:
    with pytest.raises(TypeError):
        TABLE[Step.CLOSE] = {State.HANDLING: State.CLOSED}  # type: ignore[index]
