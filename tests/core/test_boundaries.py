"""What a sweep walks, one boundary at a time, each dated to itself (domain rules 4, 5, 9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.boundaries import Boundary, Crossing, crossings, first
from duban.core.lifecycle import State
from duban.core.lights import Light, completion_clock, workday_clock
from duban.core.policy import Policy

from .year_2014 import CALENDAR, QUICK, at, moments

CLOCK = completion_clock(CALENDAR, at("2014-01-30 10:00"), at("2014-02-10 23:59:59"))
DONE = at("2014-02-08 16:00")
RUNNING = (
    Crossing(Boundary.YELLOW, at("2014-02-10 00:00:00")),
    Crossing(Boundary.RED, at("2014-02-11 00:00:00")),
)
SILENT = (
    Crossing(Boundary.REMINDER, at("2014-02-11 16:00")),
    Crossing(Boundary.CALLBACK, at("2014-02-15 16:00")),
)


@pytest.mark.parametrize(
    ("state", "clock", "completed_at", "ahead"),
    [
        (State.REGISTERED, CLOCK, None, RUNNING),
        (State.ASSIGNED, CLOCK, None, RUNNING),
        (State.HANDLING, CLOCK, None, RUNNING),
        (State.HANDLING, CLOCK, DONE, RUNNING),  # reopened: the earlier completion no longer counts
        (State.HANDLING, CLOCK.stop(DONE), None, ()),
        (State.HANDLING, None, None, ()),
        (State.COMPLETED, CLOCK.stop(DONE), DONE, SILENT),
        (State.COMPLETED, None, DONE, SILENT),
        (State.COMPLETED, CLOCK, None, ()),
        (State.CLOSED, CLOCK.stop(DONE), DONE, ()),
        (State.CLOSED, CLOCK, None, ()),
    ],
)
def test_what_lies_ahead(state: State, clock: object, completed_at: object, ahead: object) -> None:
    assert crossings(state, clock, completed_at, Policy()) == ahead
    assert first(state, clock, completed_at, Policy()) == (ahead[0].at if ahead else None)


def test_the_office_may_call_back_before_it_reminds() -> None:
    policy = replace(Policy(), verdict_reminder_days=10, callback_days=2)
    ahead = crossings(State.COMPLETED, None, DONE, policy)
    assert [crossing.boundary for crossing in ahead] == [Boundary.CALLBACK, Boundary.REMINDER]
    assert first(State.COMPLETED, None, DONE, policy) == DONE + timedelta(days=2)


@QUICK
@given(moments, st.integers(1, 20))
def test_the_light_has_the_colour_of_the_boundary_from_its_instant_on(started_at: object, limit: int) -> None:
    clock = workday_clock(CALENDAR, started_at, limit)
    ahead = crossings(State.ASSIGNED, clock, None, Policy())
    assert [crossing.at for crossing in ahead] == sorted(crossing.at for crossing in ahead)
    for crossing in ahead:
        assert clock.light(crossing.at) is Light(crossing.boundary.value)
        just_before = crossing.at - timedelta(microseconds=1)
        assert just_before < started_at or clock.light(just_before) is not clock.light(crossing.at)
