"""Lights on both clocks, to the second (domain rules 1, 2, 4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from duban.core.lights import Clock, Light, Margin, completion_clock, hour_clock, margin, workday_clock
from duban.core.workdays import CalendarMissing
from duban.core.zone import day_of

from .year_2014 import CALENDAR, QUICK, at, moments

G, Y, R = Light.GREEN, Light.YELLOW, Light.RED
SECOND = timedelta(seconds=1)


def _completion(start: str, due: str) -> Clock:
    return completion_clock(CALENDAR, at(start), at(due))


THREE_DAYS = _completion("2014-01-30 10:00", "2014-02-10 23:59:59")


@pytest.mark.parametrize(
    ("moment", "light"),
    [
        ("2014-01-30 10:00:00", G),
        ("2014-02-08 12:00:00", G),
        ("2014-02-09 23:59:59", G),  # one second before the last workday
        ("2014-02-10 00:00:00", Y),
        ("2014-02-10 23:59:58", Y),
        ("2014-02-10 23:59:59", Y),  # due itself still passes
        ("2014-02-11 00:00:00", R),  # due + 1 s
        ("2014-03-22 00:00:00", R),
    ],
)
def test_green_then_yellow_through_due_then_red(moment: str, light: Light) -> None:
    assert THREE_DAYS.light(at(moment)) is light
    assert THREE_DAYS.is_late(at(moment)) is (light is R)


def test_the_last_second_counts_whole() -> None:
    assert THREE_DAYS.light(at("2014-02-10 23:59:59.999999")) is Y
    assert THREE_DAYS.late_from == at("2014-02-11 00:00:00")


@pytest.mark.parametrize(
    ("clock", "warns", "due"),
    [
        (workday_clock(CALENDAR, at("2014-01-30 10:00"), 3), "2014-02-10 00:00:00", "2014-02-10 23:59:59"),
        (workday_clock(CALENDAR, at("2014-01-30 10:00"), 2), "2014-02-08 00:00:00", "2014-02-08 23:59:59"),
        # one workday or less: half of the limit
        (workday_clock(CALENDAR, at("2014-04-01 12:00"), 1), "2014-04-02 05:59:59", "2014-04-02 23:59:59"),
        (workday_clock(CALENDAR, at("2014-04-04 23:59:59"), 1), "2014-04-06 23:59:59", "2014-04-08 23:59:59"),
        (
            _completion("2014-04-01 12:00", "2014-04-02 23:59:59"),
            "2014-04-02 05:59:59",
            "2014-04-02 23:59:59",
        ),
        (
            _completion("2014-04-01 12:00", "2014-04-03 23:59:59"),
            "2014-04-03 00:00:00",
            "2014-04-03 23:59:59",
        ),
        # two hours round the clock
        (hour_clock(at("2014-04-05 22:00"), 2), "2014-04-05 23:00:00", "2014-04-06 00:00:00"),
        (hour_clock(at("2014-04-05 22:00:01"), 24), "2014-04-06 10:00:01", "2014-04-06 22:00:01"),
    ],
)
def test_the_warning_moment(clock: Clock, warns: str, due: str) -> None:
    assert (clock.warn_at, clock.due_at) == (at(warns), at(due))
    assert [clock.light(clock.warn_at + shift * SECOND) for shift in (-1, 0)] == [G, Y]


@pytest.mark.parametrize(
    ("start", "due", "warns"),
    [
        # half of one workday falls into Spring Festival: it warns when work begins again
        ("2014-01-30 10:00", "2014-02-07 23:59:59", "2014-02-07 00:00"),
        ("2014-04-04 10:00", "2014-04-08 23:59:59", "2014-04-08 00:00"),
        # begun on a day of rest
        ("2014-04-05 10:00", "2014-04-08 23:59:59", "2014-04-08 00:00"),
        # a due moment that an announcement made a day of rest: it warns on the workday before
        ("2014-04-03 10:00", "2014-04-06 23:59:59", "2014-04-04 00:00"),
        ("2014-04-02 10:00", "2014-04-07 23:59:59", "2014-04-04 00:00"),
        ("2014-04-04 10:00", "2014-04-06 23:59:59", "2014-04-04 10:00"),
    ],
)
def test_no_completion_clock_turns_yellow_on_a_day_of_rest(start: str, due: str, warns: str) -> None:
    assert _completion(start, due).warn_at == at(warns)


@QUICK
@given(moments, st.integers(0, 12), st.integers(0, 86_399))
def test_a_completion_clock_turns_yellow_on_a_workday(started_at: datetime, days: int, second: int) -> None:
    due_at = started_at + timedelta(days=days, seconds=second)
    worked = CALENDAR.is_workday(day_of(started_at))
    assume(worked or CALENDAR.workdays_between(day_of(started_at), day_of(due_at)) > 0)
    clock = completion_clock(CALENDAR, started_at, due_at)
    assert CALENDAR.is_workday(day_of(clock.warn_at))
    assert started_at <= clock.warn_at <= due_at


def test_a_clock_runs_forward() -> None:
    with pytest.raises(ValueError, match="starts, then warns"):
        _completion("2014-04-02 10:00", "2014-04-01 23:59:59")
    with pytest.raises(ValueError, match="starts, then warns"):
        Clock(at("2014-04-01 10:00"), at("2014-04-03 10:00"), at("2014-04-02 10:00"))


def test_a_clock_without_a_calendar_is_an_error() -> None:
    with pytest.raises(CalendarMissing):
        workday_clock(CALENDAR, at("2014-12-31 10:00"), 1)
    with pytest.raises(CalendarMissing):
        _completion("2014-12-30 10:00", "2015-01-05 23:59:59")


@pytest.mark.parametrize(
    ("stopped", "light", "stood"),
    [
        ("2014-02-08 16:00:00", G, Margin(1, 0)),  # 提前 1 个工作日
        ("2014-02-07 09:00:00", G, Margin(2, 0)),
        ("2014-02-01 09:00:00", G, Margin(3, 0)),  # on a holiday
        ("2014-01-30 10:00:00", G, Margin(3, 0)),
        ("2014-02-09 12:00:00", G, Margin(1, 0)),
        ("2014-02-10 09:00:00", Y, Margin(0, 0)),  # in time on the due day
        ("2014-02-10 23:59:59", Y, Margin(0, 0)),
        ("2014-02-10 23:59:59.900000", Y, Margin(0, 0)),
        ("2014-02-11 00:00:00", R, Margin(0, 1)),  # 超 1 天
        ("2014-02-11 23:59:59", R, Margin(0, 1)),
        ("2014-02-12 00:00:00", R, Margin(0, 2)),
        ("2014-03-22 10:00:00", R, Margin(0, 40)),
    ],
)
def test_a_stopped_clock_keeps_its_light_and_tells_its_margin(
    stopped: str, light: Light, stood: Margin
) -> None:
    clock = THREE_DAYS.stop(at(stopped))
    assert [clock.light(at(later)) for later in (stopped, "2014-02-20 00:00", "2026-01-01 00:00")] == [
        light
    ] * 3
    assert margin(CALENDAR, clock) == stood
    assert clock.stop(at("2014-03-30 00:00")) == clock  # it stays as it stopped


def test_a_stopped_clock_still_shows_what_it_showed_before() -> None:
    clock = THREE_DAYS.stop(at("2014-02-12 10:00"))
    assert [clock.light(at(f"{on} 12:00")) for on in ("2014-02-08", "2014-02-10", "2014-02-11")] == [G, Y, R]


def test_a_running_clock_has_no_margin_yet() -> None:
    assert margin(CALENDAR, THREE_DAYS) is None


def test_hours_past_due_on_the_same_day_are_a_begun_day() -> None:
    clock = hour_clock(at("2014-04-05 10:00"), 2).stop(at("2014-04-05 12:00:01"))
    assert clock.light(at("2014-05-01 00:00")) is R
    assert margin(CALENDAR, clock) == Margin(0, 1)


@pytest.mark.parametrize(
    ("moment", "light"),
    [
        ("2014-04-05 22:59:59", G),
        ("2014-04-05 23:00:00", Y),
        ("2014-04-06 00:00:00", Y),
        ("2014-04-06 00:00:01", R),
    ],
)
def test_the_urgent_class_has_two_hours_night_and_holiday_alike(moment: str, light: Light) -> None:
    assert hour_clock(at("2014-04-05 22:00"), 2).light(at(moment)) is light


clocks = st.builds(
    lambda start, workdays: workday_clock(CALENDAR, start, workdays), moments, st.integers(1, 15)
)


@QUICK
@given(clocks, moments, moments)
def test_a_running_light_never_goes_back(clock: Clock, one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    order = list(Light)
    assert order.index(clock.light(earlier)) <= order.index(clock.light(later))


@QUICK
@given(clocks, moments, moments)
def test_stopping_changes_no_past_light_and_freezes_every_later_one(
    clock: Clock, stop: datetime, moment: datetime
) -> None:
    assert clock.stop(stop).light(moment) is clock.light(min(stop, moment))


@QUICK
@given(moments, st.integers(1, 15))
def test_each_boundary_turns_the_light_at_its_own_second(started_at: datetime, workdays: int) -> None:
    clock = workday_clock(CALENDAR, started_at, workdays)
    assert clock.light(clock.warn_at) is Y
    assert clock.light(clock.due_at) is Y
    assert clock.light(clock.due_at + SECOND) is R
    assert clock.warn_at == started_at or clock.light(clock.warn_at - SECOND) is G
