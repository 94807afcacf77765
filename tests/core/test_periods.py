"""Months and quarters."""

from __future__ import annotations

import pytest

from duban.core.periods import latest, month_at, next_month, read_period
from tests.city import at


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2014-01", ("2014-01",)),
        ("2014-Q1", ("2014-01", "2014-02", "2014-03")),
        ("2014-Q4", ("2014-10", "2014-11", "2014-12")),
    ],
)
def test_a_period_spells_its_months(text: str, months: tuple[str, ...]) -> None:
    period = read_period(text)
    assert period
    assert (period.months, period.key) == (months, text)


@pytest.mark.parametrize(
    "text", ["", "2014", "2014-13", "2014-00", "2014-Q0", "2014-Q5", "2014-1", "1999-01", "2014-01-01", "２０１４-01x"]
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    assert read_period(text) is None


def test_what_comes_before() -> None:
    assert [one.key for one in latest(at("2014-02-28 23:59:59"), 3, 3)] == [
        *("2014-02", "2014-01", "2013-12"),
        *("2014-Q1", "2013-Q4", "2013-Q3"),
    ]


def test_a_month_turns_at_midnight_of_shanghai() -> None:
    assert month_at(at("2014-12-31 23:59:59")).key == "2014-12"
    assert month_at(at("2015-01-01 00:00:00")).key == "2015-01"
    assert next_month(at("2014-12-31 23:59:59")) == "2015-01"
