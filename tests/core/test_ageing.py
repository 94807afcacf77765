"""Ages of open matters: the bands leave no day out and none twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.ageing import BANDS, BY_KEY, days_before
from duban.core.zone import SHANGHAI, day_of

TODAY = date(2014, 4, 7)


@pytest.mark.parametrize(
    ("age", "key"),
    [
        (0, "0-3"), (3, "0-3"), (4, "4-7"), (7, "4-7"), (8, "8-15"),
        (15, "8-15"), (16, "16-30"), (30, "16-30"), (31, "31"), (4000, "31"),
    ],
)  # fmt: skip
def test_each_day_has_its_band(age: int, key: str) -> None:
    assert [band.key for band in BANDS if band.holds(age)] == [key]


def test_a_matter_is_a_day_older_from_midnight_in_shanghai() -> None:
    before = BY_KEY["0-3"].registered(TODAY)[0]
    assert before == datetime(2014, 4, 4, 0, 0, tzinfo=SHANGHAI)


@given(st.integers(0, 200 * 86_400))
def test_the_instants_of_a_band_are_those_of_its_ages(seconds: int) -> None:
    at = datetime(2014, 4, 7, 23, 59, 59, tzinfo=SHANGHAI) - timedelta(seconds=seconds)
    held = []
    for band in BANDS:
        first, before = band.registered(TODAY)
        if (first is None or first <= at) and at < before:
            held.append(band)
        assert (band in held) == band.holds((TODAY - day_of(at)).days)
    assert len(held) == 1


def test_days_before_stops_where_the_calendar_begins() -> None:
    assert days_before(date(2014, 4, 7), 7) == date(2014, 3, 31)
    assert days_before(date(1, 1, 3), 30) == date.min


def test_a_band_is_found_by_its_key() -> None:
    assert BY_KEY["16-30"].registered(TODAY)[1] - BY_KEY["16-30"].registered(TODAY)[0] == timedelta(days=15)  # type: ignore[operator]
