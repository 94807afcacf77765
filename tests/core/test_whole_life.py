"""Whole lives of several matters at once, in any order of steps and at any moment, checked after every step.

The machine holds what a verb would store, and asks `core` for everything else. What it must never see: a closed
matter without a basis or one that moves again, a fourth assignment, a light that cannot be replayed, an alarm not
dated to its boundary, a city whose statuses do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import INVARIANT_MARKER, RuleBasedStateMachine, initialize, invariant, rule

from duban.core import lifecycle
from duban.core.boundaries import Boundary, crossings
from duban.core.census import Census, Status, published
from duban.core.lifecycle import Basis, State, Step
from duban.core.lights import Clock, Light, completion_clock, hour_clock, margin, workday_clock
from duban.core.policy import Policy
from duban.core.zone import day_of, end_of

from .year_2014 import CALENDAR, at

SECOND = timedelta(seconds=1)
START = at("2013-12-09 08:30")
END = at("2014-11-03 17:00")  # what begins here still falls due in a year that has a calendar
LISTED_LIMIT = 10  # workdays, of the standard every commitment here names
ACTS = (
    "go on",
    "turn aside",
    "go on",
    "turn aside",
    "go on",
    "turn aside",
    "go on",
    "turn aside",
    "withdraw",
)
RESTS_ON = {Step.CLOSE: Basis.VERDICT, Step.CLOSE_UNRATED: Basis.UNRATED, Step.WITHDRAW: Basis.WITHDRAWN}


@dataclass
class Life:
    """What is stored of one matter."""

    urgent: bool
    state: State = State.REGISTERED
    basis: Basis | None = None
    assignments: int = 0
    return_window: Clock | None = None
    return_asked: bool = False
    returns_granted: int = 0
    extension_asked: bool = False
    extensions_granted: int = 0
    completed_at: datetime | None = None
    closed_at: datetime | None = None
    runs: list[tuple[datetime, Clock]] = field(
        default_factory=list
    )  # each clock, and since when it is the one
    shown: dict[datetime, Light] = field(default_factory=dict)  # what a page showed
    alarms: set[tuple[int, Boundary, datetime]] = field(default_factory=set)

    @property
    def clock(self) -> Clock:
        return self.runs[-1][1]

    def run(self, now: datetime, clock: Clock) -> None:
        """From now on, this clock."""
        self.runs.append((now, clock))

    def light(self, moment: datetime) -> Light:
        """The light at any moment, past ones too, out of what is stored and nothing else."""
        return next(clock for since, clock in reversed(self.runs) if since <= moment).light(moment)

    def status(self, now: datetime) -> Status:
        return published(self.state, self.clock.is_late(now))


class WholeLife(RuleBasedStateMachine):
    """Steps taken at random on a plain and an urgent matter while time goes on."""

    @initialize(
        returns=st.sampled_from([2, 1, 0]),
        extensions=st.sampled_from([1, 2, 0]),
        acceptance=st.integers(1, 3),
        seconds=st.integers(0, 86_399),
    )
    def begin(self, returns: int, extensions: int, acceptance: int, seconds: int) -> None:
        self.policy = Policy(
            returns_granted_at_most=returns,
            extensions_per_commitment=extensions,
            acceptance_workdays=acceptance,
        )
        self.now = START + timedelta(seconds=seconds)
        self.lives: list[Life] = []
        for urgent in (False, True):
            self.register(urgent)

    # Few rules with a choice inside: hypothesis leaves whole rules out of a run, and every run should go far.

    @rule(which=st.integers(0, 1), act=st.sampled_from(ACTS), choice=st.integers(0, LISTED_LIMIT - 1))
    def act(self, which: int, act: str, choice: int) -> None:
        """Something is done to one of the two; nothing, where its state has no such thing."""
        life = self.lives[which]
        match act, life.state:
            case "go on", State.REGISTERED:
                self.assign(life)
            case "go on", State.ASSIGNED:
                self.accept(life, choice)
            case "go on", State.HANDLING:
                self.complete(life)
            case "go on", State.COMPLETED:
                self.give_verdict(life, choice)
            case "turn aside", State.ASSIGNED if life.return_asked:
                self.rule_on_return(life, choice)
            case "turn aside", State.ASSIGNED:
                self.request_return(life)
            case "turn aside", State.HANDLING if life.extension_asked:
                self.rule_on_extension(life, choice)
            case "turn aside", State.HANDLING:
                self.request_extension(life)
            case "turn aside", State.COMPLETED:
                self.close_unrated(life)
            case "withdraw", State.REGISTERED | State.ASSIGNED | State.HANDLING | State.COMPLETED if (
                choice > 6
            ):
                self._close(life, Step.WITHDRAW)

    @rule(hours=st.integers(0, 30))
    def wait(self, hours: int) -> None:
        self.now = min(self.now + timedelta(hours=hours), END)

    @rule(which=st.integers(0, 3), shift=st.sampled_from([-1, 0, 1]))
    def wait_for_a_boundary(self, which: int, shift: int) -> None:
        """To the second before, of, or after one of the boundaries ahead."""
        moments = [
            crossing.at + shift * SECOND
            for life in self.lives
            for crossing in crossings(life.state, life.clock, life.completed_at, self.policy)
        ]
        ahead = [moment for moment in moments if self.now < moment <= END]
        if ahead:
            self.now = ahead[which % len(ahead)]

    def register(self, urgent: bool) -> None:
        life = Life(urgent)
        life.run(self.now, workday_clock(CALENDAR, self.now, self.policy.assigning_workdays))
        self.lives.append(life)

    def assign(self, life: Life) -> None:
        self._take(life, Step.ASSIGN)
        life.assignments += 1
        life.return_window = workday_clock(CALENDAR, self.now, self.policy.return_window_workdays)
        if life.urgent:
            life.run(self.now, hour_clock(self.now, self.policy.urgent_acceptance_hours))
        else:
            life.run(self.now, workday_clock(CALENDAR, self.now, self.policy.acceptance_workdays))

    def request_return(self, life: Life) -> None:
        self._take(life, Step.REQUEST_RETURN)  # the clock runs on
        designated = life.assignments > self.policy.returns_granted_at_most
        life.return_asked = not designated and not life.return_window.is_late(self.now)

    def rule_on_return(self, life: Life, choice: int) -> None:
        life.return_asked = False
        if choice == 0:
            return self._take(life, Step.REFUSE_RETURN)
        self._take(life, Step.GRANT_RETURN)
        life.returns_granted += 1
        return life.run(self.now, workday_clock(CALENDAR, self.now, self.policy.assigning_workdays))

    def accept(self, life: Life, choice: int) -> None:
        self._take(life, Step.ACCEPT)
        life.return_asked, life.extensions_granted = False, 0
        life.run(self.now, completion_clock(CALENDAR, self.now, CALENDAR.due_at(self.now, choice + 1)))

    def request_extension(self, life: Life) -> None:
        self._take(life, Step.REQUEST_EXTENSION)
        left = life.extensions_granted < self.policy.extensions_per_commitment
        life.extension_asked = left and not life.clock.is_late(self.now)

    def rule_on_extension(self, life: Life, choice: int) -> None:
        self._take(life, Step.RULE_EXTENSION)
        life.extension_asked = False
        if choice == 0:
            return
        later = CALENDAR.nth_workday(max(day_of(life.clock.due_at), day_of(self.now)), choice)
        life.extensions_granted += 1
        life.run(self.now, completion_clock(CALENDAR, life.clock.started_at, end_of(later)))

    def complete(self, life: Life) -> None:
        self._take(life, Step.COMPLETE)
        life.completed_at, life.extension_asked = self.now, False
        life.run(self.now, life.clock.stop(self.now))

    def give_verdict(self, life: Life, choice: int) -> None:
        if choice > 2:  # the top three grades
            return self._close(life, Step.CLOSE)
        self._take(life, Step.REOPEN)
        life.completed_at, life.extensions_granted = None, 0
        due_at = CALENDAR.due_at(self.now, LISTED_LIMIT)
        return life.run(self.now, completion_clock(CALENDAR, self.now, due_at))

    def close_unrated(self, life: Life) -> None:
        if self.now >= life.completed_at + timedelta(days=self.policy.callback_days):
            self._close(life, Step.CLOSE_UNRATED)

    def _take(self, life: Life, taken: Step) -> None:
        before, life.state = life.state, lifecycle.step(life.state, taken)
        assert life.state is before or (before, taken, life.state) in WAYS

    def _close(self, life: Life, taken: Step) -> None:
        self._take(life, taken)
        life.basis, life.closed_at = RESTS_ON[taken], self.now
        life.run(self.now, life.clock.stop(self.now))

    @rule()
    def sweep(self) -> None:
        """Every boundary passed so far is one alarm, dated to the boundary however late the sweep comes."""
        for life in self.lives:
            for crossing in crossings(life.state, life.clock, life.completed_at, self.policy):
                if crossing.at <= self.now:
                    life.alarms.add((len(life.runs), crossing.boundary, crossing.at))

    # what must hold after every step

    @invariant()
    def no_closed_matter_without_a_basis(self) -> None:
        for life in self._all():
            assert (life.state is State.CLOSED) is (life.basis is not None) is (life.closed_at is not None)

    @invariant()
    def closed_is_final(self) -> None:
        for life in self._all():
            if life.state is State.CLOSED:
                assert not lifecycle.possible(life.state)
                assert crossings(life.state, life.clock, life.completed_at, self.policy) == ()
                assert life.clock.stopped_at is not None
                assert life.runs[-1][0] == life.closed_at

    @invariant()
    def the_third_assignment_is_a_designation(self) -> None:
        for life in self._all():
            assert life.returns_granted <= self.policy.returns_granted_at_most <= 2
            assert life.assignments <= life.returns_granted + 1 <= 3
            assert not (life.return_asked and life.assignments > self.policy.returns_granted_at_most)

    @invariant()
    def extensions_are_counted_for_each_commitment(self) -> None:
        for life in self._all():
            assert life.extensions_granted <= self.policy.extensions_per_commitment

    @invariant()
    def the_statuses_partition_the_city(self) -> None:
        lives = self._all()
        census = Census.of((life.status(self.now), 1) for life in lives)
        assert census.total == len(lives)
        assert census.counts[Status.CLOSED] == sum(life.basis is not None for life in lives)

    @invariant()
    def every_past_light_can_be_replayed(self) -> None:
        for life in self._all():
            life.shown[self.now] = life.light(self.now)
            assert life.shown == {moment: life.light(moment) for moment in life.shown}

    @invariant()
    def a_stopped_clock_keeps_its_light(self) -> None:
        for life in self._all():
            stopped_at = life.clock.stopped_at
            assert (stopped_at is not None) is (life.state in (State.COMPLETED, State.CLOSED))
            if stopped_at is None:
                assert margin(CALENDAR, life.clock) is None
                continue
            kept = life.clock.light(stopped_at)
            assert life.clock.light(self.now) is life.clock.light(self.now + timedelta(days=400)) is kept
            stood = margin(CALENDAR, life.clock)
            assert (stood.days_late > 0) is (kept is Light.RED)
            assert not (stood.days_late and stood.workdays_early)

    @invariant()
    def each_alarm_is_raised_once_and_dated_to_its_boundary(self) -> None:
        for life in self._all():
            named = [(run, boundary) for run, boundary, _ in life.alarms]
            assert len(named) == len(set(named))
            for run, boundary, dated in life.alarms:
                assert dated <= self.now
                if boundary in (Boundary.YELLOW, Boundary.RED):
                    assert life.runs[run - 1][1].light(dated) is Light(boundary.value)

    @invariant()
    def a_completion_clock_turns_yellow_on_a_workday(self) -> None:
        for life in self._all():
            if life.state is State.HANDLING and life.clock.warn_at > life.clock.started_at:
                assert CALENDAR.is_workday(day_of(life.clock.warn_at))

    def _all(self) -> list[Life]:
        return getattr(self, "lives", [])


WAYS = {
    (State.REGISTERED, Step.ASSIGN, State.ASSIGNED),
    (State.ASSIGNED, Step.GRANT_RETURN, State.REGISTERED),
    (State.ASSIGNED, Step.ACCEPT, State.HANDLING),
    (State.HANDLING, Step.COMPLETE, State.COMPLETED),
    (State.COMPLETED, Step.REOPEN, State.HANDLING),
    (State.COMPLETED, Step.CLOSE, State.CLOSED),
    (State.COMPLETED, Step.CLOSE_UNRATED, State.CLOSED),
    *((state, Step.WITHDRAW, State.CLOSED) for state in State if state is not State.CLOSED),
}
"""Every change of state there is, by hand."""

TestWholeLife = WholeLife.TestCase
TestWholeLife.settings = settings(max_examples=40, stateful_step_count=50, deadline=None, database=None)


def test_one_long_life_by_hand() -> None:
    """What chance takes seldom: two returns, a designation, an extension, two rounds, and the end."""
    city = WholeLife()
    city.begin(returns=2, extensions=1, acceptance=1, seconds=0)
    life = city.lives[0]

    def then(act: str, state: State, hours: int = 2, choice: int = 5) -> None:
        city.act(which=0, act=act, choice=choice)
        city.sweep()
        for hold in [value for value in vars(WholeLife).values() if hasattr(value, INVARIANT_MARKER)]:
            hold(city)
        city.wait(hours=hours)
        assert life.state is state

    for _ in range(2):
        then("go on", State.ASSIGNED)
        then("turn aside", State.ASSIGNED)
        assert life.return_asked
        then("turn aside", State.REGISTERED)
    then("go on", State.ASSIGNED)
    then("turn aside", State.ASSIGNED)
    assert (life.assignments, life.returns_granted, life.return_asked) == (3, 2, False)  # a designation
    then("go on", State.HANDLING, hours=30)
    for asked in (True, False):  # once, and no more
        due_at = life.clock.due_at
        then("turn aside", State.HANDLING)
        assert life.extension_asked is asked
        then("turn aside", State.HANDLING)
        assert (life.clock.due_at > due_at) is asked
    city.wait(hours=24 * 40)
    then("go on", State.COMPLETED)
    assert life.status(city.now) is Status.PENDING_REVIEW
    then("go on", State.HANDLING, choice=0)  # dissatisfied
    assert not life.clock.is_late(city.now)
    then("go on", State.COMPLETED, hours=24 * 7)
    then("turn aside", State.CLOSED)
    assert life.basis is Basis.UNRATED
    for act in ACTS:
        then(act, State.CLOSED, choice=9)


def test_a_return_is_asked_for_within_one_workday_of_the_assignment() -> None:
    window = workday_clock(CALENDAR, at("2014-01-30 10:00"), Policy().return_window_workdays)
    assert [window.is_late(at(moment)) for moment in ("2014-02-07 23:59:59", "2014-02-08 00:00:00")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("workdays", "passes"), [(LISTED_LIMIT - 1, True), (LISTED_LIMIT, True), (LISTED_LIMIT + 1, False)]
)
def test_a_promise_may_equal_the_listed_limit_and_not_pass_it_by_a_day(workdays: int, passes: bool) -> None:
    accepted_at = at("2014-01-30 10:00")
    promised = CALENDAR.due_at(accepted_at, workdays)
    assert (promised <= CALENDAR.due_at(accepted_at, LISTED_LIMIT)) is passes
