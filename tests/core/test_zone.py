"""One zone for every day and every deadline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from duban.core.zone import day_of, end_of, local, start_of

from .year_2014 import QUICK, at, day, days


@pytest.mark.parametrize(
    ("instant", "on"),
    [
        (datetime(2014, 4, 7, 15, 59, 59, tzinfo=UTC), "2014-04-07"),
        (datetime(2014, 4, 7, 16, 0, 0, tzinfo=UTC), "2014-04-08"),  # midnight in Shanghai
        (datetime(2013, 12, 31, 16, 0, 0, tzinfo=UTC), "2014-01-01"),
    ],
)
def test_a_day_is_a_day_in_shanghai(instant: datetime, on: str) -> None:
    assert day_of(instant) == day(on)


def test_the_last_counted_instant_is_23_59_59() -> None:
    assert end_of(day("2014-04-07")) == at("2014-04-07 23:59:59")
    assert start_of(day("2014-04-07")) == at("2014-04-07 00:00:00")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local(datetime(2014, 4, 7))  # noqa: DTZ001 - the point of the test


@QUICK
@given(days)
def test_days_follow_each_other_without_a_gap(on: object) -> None:
    assert end_of(on) + timedelta(seconds=1) == start_of(on + timedelta(days=1))
    assert day_of(start_of(on)) == day_of(end_of(on)) == on
