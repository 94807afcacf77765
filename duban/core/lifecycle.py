"""The life of a matter as one table (domain section 2).

Stored states are few; lateness is never stored. A step either moves a matter to the state the table names
or, where the table names the same state, is merely allowed there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from .refusal import Refused


class State(StrEnum):
    """The five stored states."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    COMPLETED = "completed"
    CLOSED = "closed"


class Step(StrEnum):
    """Everything that can be done to a matter, by the word people use for it."""

    ASSIGN = "assign"
    HAND_OVER = "hand_over"  # to another handler inside the unit
    REQUEST_RETURN = "request_return"
    SIGN_RETURN = "sign_return"
    REFUSE_RETURN = "refuse_return"
    GRANT_RETURN = "grant_return"
    ACCEPT = "accept"
    REPORT_PROGRESS = "report_progress"
    ADD = "add"
    REQUEST_EXTENSION = "request_extension"
    SIGN_EXTENSION = "sign_extension"
    RULE_EXTENSION = "rule_extension"
    COMPLETE = "complete"
    CLOSE = "close"
    REOPEN = "reopen"
    CALL_BACK = "call_back"
    CLOSE_UNRATED = "close_unrated"
    WITHDRAW = "withdraw"
    MERGE = "merge"  # follows another matter from here on
    SEPARATE = "separate"
    ASK_ASSIST = "ask_assist"
    OPEN_BALLOT = "open_ballot"
    REASSIGN = "reassign"  # these four by a decision of the joint meeting
    EXTEND = "extend"
    DEFER = "defer"
    CLOSE_BY_DECISION = "close_by_decision"


class Basis(StrEnum):
    """What a closing rests on. Without one there is no closing (domain rule 9)."""

    VERDICT = "verdict"
    UNRATED = "unrated"
    WITHDRAWN = "withdrawn"
    BALLOT = "ballot"  # of a collective matter
    DECISION = "decision"  # of the joint meeting, with a reason everyone may read


_R, _A, _H, _C, _X = State.REGISTERED, State.ASSIGNED, State.HANDLING, State.COMPLETED, State.CLOSED

TABLE: Mapping[Step, Mapping[State, State]] = MappingProxyType(
    {
        Step.ASSIGN: {_R: _A},
        Step.HAND_OVER: {_A: _A, _H: _H},
        Step.REQUEST_RETURN: {_A: _A},
        Step.SIGN_RETURN: {_A: _A},
        Step.REFUSE_RETURN: {_A: _A},
        Step.GRANT_RETURN: {_A: _R},
        Step.ACCEPT: {_A: _H},
        Step.REPORT_PROGRESS: {_H: _H},
        Step.ADD: {_R: _R, _A: _A, _H: _H, _C: _C},
        Step.REQUEST_EXTENSION: {_H: _H},
        Step.SIGN_EXTENSION: {_H: _H},
        Step.RULE_EXTENSION: {_H: _H},
        Step.COMPLETE: {_H: _C},
        Step.CLOSE: {_C: _X},
        Step.REOPEN: {_C: _H},
        Step.CALL_BACK: {_C: _C},
        Step.CLOSE_UNRATED: {_C: _X},
        Step.WITHDRAW: {_R: _X, _A: _X, _H: _X, _C: _X},
        Step.MERGE: {_R: _R, _A: _A, _H: _H},
        Step.SEPARATE: {_R: _R, _A: _A, _H: _H, _C: _C},
        Step.ASK_ASSIST: {_A: _A, _H: _H},
        Step.OPEN_BALLOT: {_C: _C},
        Step.REASSIGN: {_R: _A, _A: _A, _H: _A},
        Step.EXTEND: {_H: _H},
        Step.DEFER: {_H: _H},
        Step.CLOSE_BY_DECISION: {_R: _X, _A: _X, _H: _X, _C: _X},
    }
)


FOLLOWERS_OWN = frozenset(
    {
        Step.ADD,
        Step.WITHDRAW,
        Step.CLOSE,
        Step.REOPEN,
        Step.CALL_BACK,
        Step.CLOSE_UNRATED,
        Step.SEPARATE,
    }
)
"""What a merged matter keeps to itself: its petitioner's words and verdict. Everything else is done to its lead."""


def step(state: State, taken: Step) -> State:
    """The state a step leads to. Raises Refused when the table has no such way.

    `already_closed` of a closed matter, which nothing leaves: new facts make a new, linked one. Else `wrong_state`.
    """
    reached = TABLE[taken].get(state)
    if reached is None:
        code = "already_closed" if state is State.CLOSED else "wrong_state"
        raise Refused(code, step=taken.value, state=state.value)
    return reached


def possible(state: State) -> frozenset[Step]:
    """The steps the table allows from a state."""
    return frozenset(taken for taken, ways in TABLE.items() if state in ways)
