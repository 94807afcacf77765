"""Workdays with holidays and make-up days (domain rule 2)."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.workdays import WORKED, Calendar, CalendarMissing, DayKind, SpecialDay, YearStatus

from .year_2014 import CALENDAR, QUICK, at, day, days

counts = st.integers(1, 20)  # from the end of October twenty and twenty more stay inside 2014


def test_the_calendar_by_hand_agrees_with_a_second_source() -> None:
    every = (day("2013-01-01") + timedelta(days=n) for n in range(730))
    assert [
        each for each in every if CALENDAR.is_workday(each) is not chinese_calendar.is_workday(each)
    ] == []


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        ("2014-01-30", "workday"),  # the eve of 2014 was worked
        ("2014-01-31", "holiday"),
        ("2014-01-26", "makeup"),  # a Sunday
        ("2014-02-08", "makeup"),  # a Saturday
        ("2014-02-09", "weekend"),
        ("2014-04-05", "holiday"),  # a Saturday that has a name
        ("2014-04-07", "holiday"),
        ("2014-05-04", "makeup"),
        ("2014-01-01", "holiday"),
        ("2013-12-31", "workday"),
    ],
)
def test_why_a_day_counts(on: str, reason: str) -> None:
    assert CALENDAR.reason(day(on)) == reason
    assert CALENDAR.is_workday(day(on)) is (reason in ("workday", "makeup"))


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2014-01-30", 3, "2014-02-10"),  # Thu before Spring Festival: 7 Feb, Sat 8 Feb worked, Mon 10 Feb
        ("2014-01-30", 1, "2014-02-07"),
        ("2014-01-30", 2, "2014-02-08"),
        ("2014-04-04", 1, "2014-04-08"),  # Fri before Qingming
        ("2014-04-05", 1, "2014-04-08"),  # started on a holiday
        ("2014-01-24", 1, "2014-01-26"),  # Fri, then the worked Sunday
        ("2014-01-25", 1, "2014-01-26"),
        ("2014-04-30", 1, "2014-05-04"),
        ("2014-05-03", 2, "2014-05-05"),
        ("2013-12-09", 5, "2013-12-16"),
        ("2013-12-31", 1, "2014-01-02"),  # across the year
        ("2013-12-27", 3, "2014-01-02"),
        ("2014-04-01", 1, "2014-04-02"),
    ],
)
def test_day_1_is_the_next_workday_and_the_last_counts_to_its_end(start: str, limit: int, due: str) -> None:
    assert CALENDAR.nth_workday(day(start), limit) == day(due)
    for time in ("00:00:00", "10:30:00", "23:59:59"):  # the hour of the start does not matter
        assert CALENDAR.due_at(at(f"{start} {time}"), limit) == at(f"{due} 23:59:59")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_is_at_least_one_workday(limit: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.nth_workday(day("2014-04-01"), limit)


@pytest.mark.parametrize(
    ("ask", "year"),
    [
        (lambda: CALENDAR.due_at(at("2014-12-31 10:00"), 1), 2015),
        (lambda: CALENDAR.nth_workday(day("2014-12-30"), 2), 2015),
        (lambda: CALENDAR.is_workday(day("2015-01-01")), 2015),
        (lambda: CALENDAR.reason(day("2012-12-31")), 2012),
        (lambda: CALENDAR.explain(day("2014-12-30"), day("2015-01-04")), 2015),
        (lambda: CALENDAR.workdays_between(day("2014-12-30"), day("2015-01-04")), 2015),
    ],
)
def test_a_year_without_a_calendar_is_an_error_and_never_a_guess(ask: object, year: int) -> None:
    with pytest.raises(CalendarMissing) as missing:
        ask()
    assert missing.value.year == year


def test_a_limit_that_stays_in_the_year_needs_no_other() -> None:
    assert CALENDAR.nth_workday(day("2014-12-30"), 1) == day("2014-12-31")


def test_every_day_of_a_deadline_is_explained() -> None:
    lines = CALENDAR.explain(day("2014-01-30"), day("2014-02-10"))
    assert [(line.day.isoformat()[5:], line.reason, line.name, line.counted) for line in lines] == [
        ("01-30", "start", "", None),
        ("01-31", "holiday", "春节", None),
        ("02-01", "holiday", "春节", None),
        ("02-02", "holiday", "春节", None),
        ("02-03", "holiday", "春节", None),
        ("02-04", "holiday", "春节", None),
        ("02-05", "holiday", "春节", None),
        ("02-06", "holiday", "春节", None),
        ("02-07", "workday", "", 1),
        ("02-08", "makeup", "春节", 2),
        ("02-09", "weekend", "", None),
        ("02-10", "workday", "", 3),
    ]
    assert not any(line.provisional for line in lines)


def test_days_of_a_year_not_yet_announced_are_marked() -> None:
    calendar = Calendar(
        {2026: YearStatus.ANNOUNCED, 2027: YearStatus.PROVISIONAL},
        {day("2027-01-01"): SpecialDay(DayKind.HOLIDAY, "元旦")},
    )
    due = calendar.nth_workday(day("2026-12-30"), 2)
    assert due == day("2027-01-04")
    assert [(line.day.year, line.provisional) for line in calendar.explain(day("2026-12-30"), due)] == [
        (2026, False),
        (2026, False),
        (2027, True),
        (2027, True),
        (2027, True),
        (2027, True),
    ]


def test_an_announcement_moves_a_deadline() -> None:
    plain = Calendar({2014: YearStatus.PROVISIONAL})
    assert plain.nth_workday(day("2014-01-30"), 3) == day("2014-02-04")
    assert CALENDAR.nth_workday(day("2014-01-30"), 3) == day("2014-02-10")


@pytest.mark.parametrize(
    ("due", "starts"),
    [
        ("2014-02-10 23:59:59", "2014-02-10 00:00"),
        ("2014-02-08 23:59:59", "2014-02-08 00:00"),  # a worked Saturday is a workday
        ("2014-04-07 23:59:59", "2014-04-04 00:00"),  # due on a holiday: the workday before it
        ("2014-02-03 12:00:00", "2014-01-30 00:00"),
    ],
)
def test_where_the_last_workday_begins(due: str, starts: str) -> None:
    assert CALENDAR.last_workday_start(at(due)) == at(starts)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2014-01-30", "2014-02-10", 3),
        ("2014-02-10", "2014-01-30", -3),
        ("2014-02-10", "2014-02-10", 0),
        ("2014-02-08", "2014-02-09", 0),
        ("2014-01-31", "2014-02-06", 0),
    ],
)
def test_workdays_between_two_days(first: str, last: str, count: int) -> None:
    assert CALENDAR.workdays_between(day(first), day(last)) == count


@QUICK
@given(days, counts)
def test_the_nth_workday_is_a_workday_with_n_minus_1_before_it(start: date, count: int) -> None:
    due = CALENDAR.nth_workday(start, count)
    assert due > start
    assert CALENDAR.is_workday(due)
    assert CALENDAR.workdays_between(start, due) == count


@QUICK
@given(days, counts)
def test_an_explanation_counts_to_the_limit_and_leaves_no_day_out(start: date, count: int) -> None:
    due = CALENDAR.nth_workday(start, count)
    lines = CALENDAR.explain(start, due)
    assert [line.day for line in lines] == [start + timedelta(days=n) for n in range((due - start).days + 1)]
    assert [line.counted for line in lines if line.counted] == list(range(1, count + 1))
    assert all((line.reason in WORKED) is (line.counted is not None) for line in lines)
    assert lines[-1].counted == count


@QUICK
@given(days, counts, counts)
def test_limits_add_up_and_grow(start: date, first: int, more: int) -> None:
    middle = CALENDAR.nth_workday(start, first)
    assert CALENDAR.nth_workday(middle, more) == CALENDAR.nth_workday(start, first + more) > middle
