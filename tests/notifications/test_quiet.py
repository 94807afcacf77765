"""Quiet hours (domain rule 19): 22:00 to 07:00, to the second."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duban.core.policy import Policy
from duban.notifications.quiet import quiet_until
from tests.city import at


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2014-01-29 21:59:59", None),
        ("2014-01-29 22:00:00", "2014-01-30 07:00"),
        ("2014-01-29 23:59:59", "2014-01-30 07:00"),
        ("2014-01-30 00:00:00", "2014-01-30 07:00"),
        ("2014-01-30 06:59:59", "2014-01-30 07:00"),
        ("2014-01-30 07:00:00", None),
        ("2014-01-30 12:00:00", None),
    ],
)
def test_the_night_waits_for_the_morning(now: str, until: str | None) -> None:
    assert quiet_until(at(now), Policy()) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ((0, 6), "2014-01-29 23:59:59", None),
        ((0, 6), "2014-01-30 00:00:00", "2014-01-30 06:00"),
        ((0, 6), "2014-01-30 06:00:00", None),
        ((12, 14), "2014-01-30 13:00:00", "2014-01-30 14:00"),
        ((7, 7), "2014-01-30 07:00:00", None),  # no quiet hours at all
        ((7, 7), "2014-01-30 03:00:00", None),
    ],
)
def test_the_office_sets_the_hours(hours: tuple[int, int], now: str, until: str | None) -> None:
    policy = replace(Policy(), quiet_from_hour=hours[0], quiet_until_hour=hours[1])
    assert quiet_until(at(now), policy) == (at(until) if until else None)
