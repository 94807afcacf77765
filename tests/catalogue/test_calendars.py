"""Amending the calendar: one day, or a year's announcement."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.catalogue.book import book
from duban.catalogue.calendars import amend_day, announce_year
from duban.catalogue.models import CalendarYear, Revision
from duban.catalogue.queries import calendar_year, calendar_years
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.core.rights import Role
from duban.core.workdays import DayKind, YearStatus
from duban.journal.models import Event

from .conftest import NOT_THE_OFFICE, NOW, OFFICE, stranger

pytestmark = pytest.mark.django_db
WEDNESDAY, SATURDAY = date(2014, 3, 5), date(2014, 3, 8)


def amend(day: date, kind: str, name: str = "") -> None:
    amend_day(day=day, kind=kind, name=name, actor=OFFICE, now=NOW)


def test_a_holiday_a_makeup_day_and_back_to_plain() -> None:
    before = Revision.objects.get().number
    amend(WEDNESDAY, "holiday", "州庆")
    amend(SATURDAY, "makeup", "州庆调休")
    calendar = book().calendar
    assert (calendar.is_workday(WEDNESDAY), calendar.is_workday(SATURDAY)) == (False, True)
    assert calendar.special[WEDNESDAY].name == "州庆"
    amend(WEDNESDAY, "plain")
    amend(SATURDAY, "plain")
    calendar = book().calendar
    assert (calendar.is_workday(WEDNESDAY), calendar.is_workday(SATURDAY)) == (True, False)
    assert Revision.objects.get().number == before + 4
    facts = [event.facts for event in Event.objects.filter(stream="calendar").order_by("seq")]
    assert facts[0] == {"day": "2014-03-05", "kind": "holiday", "was": "plain"}
    assert facts[3] == {"day": "2014-03-08", "kind": "plain", "was": "makeup"}


def test_a_day_may_only_change_its_name() -> None:
    amend(WEDNESDAY, "holiday", "州庆")
    amend(WEDNESDAY, "holiday", "自治州州庆")
    assert book().calendar.special[WEDNESDAY].name == "自治州州庆"


def test_a_day_that_is_so_already_is_refused() -> None:
    with pytest.raises(Refused, match="calendar_day"):
        amend(WEDNESDAY, "plain")
    amend(WEDNESDAY, "holiday", "州庆")
    with pytest.raises(Refused, match="calendar_day"):
        amend(WEDNESDAY, "holiday", "州庆")


def test_a_workday_needs_no_makeup_and_other_words_are_refused() -> None:
    for kind in ("makeup", "workday", ""):
        with pytest.raises(Invalid) as refused:
            amend(WEDNESDAY, kind, "名" * 41)
        assert set(refused.value.errors) == {"kind", "name"}


def test_a_year_nobody_entered_is_refused() -> None:
    with pytest.raises(Refused, match="calendar_missing"):
        amend(date(2028, 3, 3), "holiday")


@pytest.mark.parametrize("role", NOT_THE_OFFICE)
def test_only_the_office_amends(role: Role) -> None:
    with pytest.raises(Forbidden):
        amend_day(day=WEDNESDAY, kind="holiday", actor=stranger(role), now=NOW)
    with pytest.raises(Forbidden):
        announce_year(year=2027, days=[], source="x", actor=stranger(role), now=NOW)


ANNOUNCED_2027 = [
    (date(2027, 1, 1), DayKind.HOLIDAY, "元旦"),
    (date(2027, 1, 2), DayKind.HOLIDAY, "元旦"),
    (date(2027, 1, 3), DayKind.HOLIDAY, "元旦"),
    (date(2027, 2, 20), DayKind.MAKEUP, "春节调休"),
]


def test_an_announcement_replaces_the_provisional_year() -> None:
    announce_year(year=2027, days=ANNOUNCED_2027, source="国办发明电〔2026〕1号", actor=OFFICE, now=NOW)
    calendar = book().calendar
    assert calendar.years[2027] is YearStatus.ANNOUNCED
    assert calendar.is_workday(date(2027, 2, 20))
    assert calendar.is_workday(date(2027, 6, 9))  # the provisional day went
    assert not calendar.is_workday(date(2026, 10, 1))  # other years stay
    facts = Event.objects.get(stream="calendar").facts
    assert (facts["year"], facts["status"], facts["days"]) == (2027, "announced", 4)
    with CaptureQueriesContext(connection) as asked:
        year = calendar_year(2027)
    assert len(asked) == 2
    assert (year.status, year.source, len(year.days)) == (YearStatus.ANNOUNCED, "国办发明电〔2026〕1号", 4)


def test_a_new_year_may_be_entered_provisionally() -> None:
    announce_year(
        year=2028,
        days=[(date(2028, 1, 1), DayKind.HOLIDAY, "元旦")],
        status=YearStatus.PROVISIONAL,
        source="法定节日",
        actor=OFFICE,
        now=NOW,
    )
    assert book().calendar.is_provisional(date(2028, 3, 1))
    assert [year.year for year in calendar_years()][-1] == 2028


@pytest.mark.parametrize(
    ("year", "days", "field", "code"),
    [
        (2003, [(date(2003, 1, 1), DayKind.HOLIDAY, "")], "year", "calendar_year"),
        (2101, [(date(2101, 1, 1), DayKind.HOLIDAY, "")], "year", "calendar_year"),
        (2027, [(date(2026, 12, 31), DayKind.HOLIDAY, "")], "days", "calendar_other_year"),
        (2027, [(date(2027, 1, 1), DayKind.HOLIDAY, "")] * 2, "days", "calendar_twice"),
        (2027, [(date(2027, 1, 1), DayKind.MAKEUP, "")], "days", "makeup_on_workday"),
        (2027, [(date(2027, 1, 1), DayKind.HOLIDAY, "名" * 41)], "days", "too_long"),
        (2027, [], "days", "required"),
    ],
)
def test_what_cannot_be_an_announcement(
    year: int, days: list[tuple[date, DayKind, str]], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        announce_year(year=year, days=days, source="通知", actor=OFFICE, now=NOW)
    assert refused.value.errors[field][0] == code
    assert CalendarYear.objects.get(year=2027).status == "provisional"


def test_an_announcement_names_its_source() -> None:
    for source in (" ", "x" * 201):
        with pytest.raises(Invalid) as refused:
            announce_year(year=2027, days=ANNOUNCED_2027, source=source, actor=OFFICE, now=NOW)
        assert set(refused.value.errors) == {"source"}


def test_an_unknown_year_is_unknown() -> None:
    with pytest.raises(Unknown):
        calendar_year(2028)
