"""The seeded calendar against two sources, day by day (domain rule 2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from duban.catalogue import announced
from duban.catalogue.book import book
from duban.core.workdays import CalendarMissing, YearStatus

pytestmark = pytest.mark.django_db

KNOWN_DIFFERENCES = {
    # New Year 2006 was three days, 1 to 3 January: this Saturday was worked for the third. `holidays` has the
    # swap; `chinesecalendar`, our seed, begins its 2006 in January and leaves the Saturday free. Eight years
    # before the system began, no clock can reach it.
    date(2005, 12, 31): False,
}


def every_day(first: int, last: int) -> Iterator[date]:
    day = date(first, 1, 1)
    while day.year <= last:
        yield day
        day += timedelta(days=1)


def test_every_day_2004_to_2026_agrees_with_chinesecalendar() -> None:
    calendar = book().calendar
    for day in every_day(2004, 2026):
        assert calendar.is_workday(day) is chinese_calendar.is_workday(day), day


def test_every_day_2004_to_2026_agrees_with_the_second_source() -> None:
    calendar = book().calendar
    second = holidays.country_holidays("CN", years=range(2004, 2027))
    differing = {
        day: calendar.is_workday(day)
        for day in every_day(2004, 2026)
        if calendar.is_workday(day) is not second.is_working_day(day)
    }
    assert differing == KNOWN_DIFFERENCES


def test_2027_holds_the_statutory_days_and_says_it_is_provisional() -> None:
    """The second source knows the lunar dates; its substitutes for weekends (补假) are nobody's announcement."""
    calendar = book().calendar
    assert calendar.years[2027] is YearStatus.PROVISIONAL
    second = holidays.country_holidays("CN", years=2027, language="zh_CN")
    statutory = {day for day, name in second.items() if "补假" not in name}
    assert {day for day in calendar.special if day.year == 2027} == statutory
    assert len(statutory) == 13  # 1 + 4 + 1 + 2 + 1 + 1 + 3
    assert calendar.is_provisional(date(2027, 3, 1))
    assert not calendar.is_provisional(date(2026, 12, 31))


def test_special_days_have_chinese_names() -> None:
    special = book().calendar.special
    assert special[date(2014, 1, 31)].name == "春节"
    assert special[date(2014, 1, 26)].name == "春节调休"
    assert special[date(2015, 9, 3)].name.startswith("中国人民抗日战争")
    assert all(one.name for one in special.values())


def test_the_articles_winter() -> None:
    """2014-01-30 was New Year's Eve, and a workday that year."""
    calendar = book().calendar
    assert calendar.nth_workday(date(2014, 1, 30), 3) == date(2014, 2, 10)
    assert calendar.nth_workday(date(2014, 4, 4), 1) == date(2014, 4, 8)


@pytest.mark.parametrize("year", [2003, 2028])
def test_a_year_nobody_entered_is_an_error(year: int) -> None:
    with pytest.raises(CalendarMissing):
        book().calendar.is_workday(date(year, 3, 3))


def test_once_the_package_knows_2027_nothing_is_provisional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announced, "holidays", {**announced.holidays, date(2027, 1, 1): "New Year's Day"})
    assert {one.status for one in announced.years()} == {YearStatus.ANNOUNCED}
    assert [one.day for one in announced.days() if one.day.year == 2027] == [date(2027, 1, 1)]
