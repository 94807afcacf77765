"""What an event changes in the totals: against a naive reading of whole histories, at any moment and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.census import Status, published
from duban.core.lifecycle import State
from duban.core.zone import end_of
from duban.ledgers.changes import CITY, changes, counted_on
from tests.city import at

UNITS = ("zhaiyang", "chengguan", "ducha")
RUNNING = (State.REGISTERED, State.ASSIGNED, State.HANDLING)
BEGINNING = at("2014-01-28 00:00")
FIRST, LAST = date(2014, 1, 27), date(2014, 3, 5)


class Stay(NamedTuple):
    """A matter at one unit, in one state, under one due moment, from an instant on."""

    since: datetime
    unit: str
    state: State
    due_at: datetime | None

    def place(self) -> dict[str, str | None]:
        return {
            "unit": self.unit,
            "state": self.state.value,
            "due_at": self.due_at.isoformat() if self.due_at else None,
        }

    def status(self, moment: datetime) -> Status:
        late = self.due_at is not None and moment >= self.due_at + timedelta(seconds=1)
        return published(self.state, late)


@st.composite
def histories(draw: st.DrawFn) -> list[Stay]:
    """One matter's stays: seconds to days long, each due after it began, some past midnight by a hair."""
    since = BEGINNING + timedelta(seconds=draw(st.integers(0, 20 * 86400)))
    stays: list[Stay] = []
    for _ in range(draw(st.integers(1, 6))):
        state = draw(st.sampled_from(list(State)))
        due_at = None
        if state in RUNNING:
            due_at = draw(
                st.one_of(
                    st.integers(0, 4).map(
                        lambda days, since=since: end_of(counted_on(since + timedelta(days=days)))
                    ),
                    st.integers(0, 9000).map(lambda seconds, since=since: since + timedelta(seconds=seconds)),
                )
            )
        stays.append(Stay(since.astimezone(UTC), draw(st.sampled_from(UNITS)), state, due_at))
        gap = draw(st.one_of(st.integers(0, 3 * 86400), st.just(0)))
        since += timedelta(seconds=gap, microseconds=draw(st.sampled_from([0, 0, 1, 500_000])))
    return stays


def events(stays: list[Stay]) -> Iterator[tuple[datetime, dict[str, object]]]:
    before: Stay | None = None
    for stay in stays:
        yield stay.since, {"was": before.place() if before else None, "now": stay.place()}
        before = stay


def naive(matters: list[list[Stay]], moment: datetime) -> Counter[tuple[str, Status]]:
    counts: Counter[tuple[str, Status]] = Counter()
    for stays in matters:
        begun = [stay for stay in stays if stay.since <= moment]
        if begun:
            status = begun[-1].status(moment)
            counts[begun[-1].unit, status] += 1
            counts[CITY, status] += 1
    return counts


def folded(matters: list[list[Stay]], moment: datetime, upto: date) -> Counter[tuple[str, Status]]:
    """Totals up to a day, and the running late ones counted over, as the census does it."""
    counts: Counter[tuple[str, Status]] = Counter()
    for stays in matters:
        for instant, facts in events(stays):
            for change in changes(instant, facts):
                if change.day <= upto:
                    counts[change.unit, change.status] += change.number
        last = stays[-1]
        if last.due_at is not None and last.due_at <= moment - timedelta(seconds=1):
            for unit in (last.unit, CITY):
                counts[unit, published(last.state, late=False)] -= 1
                counts[unit, published(last.state, late=True)] += 1
    return +counts


@given(st.lists(histories(), max_size=6))
def test_every_day_of_any_histories_is_what_a_naive_reading_gives(matters: list[list[Stay]]) -> None:
    day = FIRST
    while day <= LAST:
        moment = end_of(day)
        counts = folded(matters, moment, day)
        assert counts == naive(matters, moment)
        _adds_up(counts)
        day += timedelta(days=1)


@given(st.lists(histories(), min_size=1, max_size=6), st.integers(0, 30 * 86400))
def test_any_moment_after_the_last_event_is_what_a_naive_reading_gives(
    matters: list[list[Stay]], after: int
) -> None:
    moment = max(stays[-1].since for stays in matters) + timedelta(seconds=after)
    counts = folded(matters, moment, counted_on(moment))
    assert counts == naive(matters, moment)
    _adds_up(counts)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (at("2014-02-10 00:00"), date(2014, 2, 10)),
        (at("2014-02-10 23:59:59"), date(2014, 2, 10)),
        (at("2014-02-10 23:59:59") + timedelta(microseconds=1), date(2014, 2, 11)),
        (at("2014-02-11 00:00"), date(2014, 2, 11)),
    ],
)
def test_a_day_ends_with_its_last_second(instant: datetime, day: date) -> None:
    assert counted_on(instant) == day


def _adds_up(counts: Counter[tuple[str, Status]]) -> None:
    for status in Status:
        assert counts[CITY, status] == sum(counts[unit, status] for unit in UNITS)
