"""The calendar of the source's period, by hand from the two announcements, and short ways to write moments."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from duban.core.workdays import Calendar, DayKind, SpecialDay, YearStatus
from duban.core.zone import SHANGHAI

QUICK = settings(max_examples=30, deadline=None, database=None)
"""Enough to find a slip at every run, few enough to keep the whole of `core` about a second."""


def day(text: str) -> date:
    """`2014-01-30`."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """`2014-01-30 10:00` or `2014-01-30 10:00:01`, as the wall clock in Shanghai shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def _days(first: str, last: str) -> list[date]:
    start = day(first)
    return [start + timedelta(days=n) for n in range((day(last) - start).days + 1)]


_HOLIDAYS = (
    ("元旦", "2013-01-01", "2013-01-03"),
    ("春节", "2013-02-09", "2013-02-15"),
    ("清明节", "2013-04-04", "2013-04-06"),
    ("劳动节", "2013-04-29", "2013-05-01"),
    ("端午节", "2013-06-10", "2013-06-12"),
    ("中秋节", "2013-09-19", "2013-09-21"),
    ("国庆节", "2013-10-01", "2013-10-07"),
    ("元旦", "2014-01-01", "2014-01-01"),
    ("春节", "2014-01-31", "2014-02-06"),
    ("清明节", "2014-04-05", "2014-04-07"),
    ("劳动节", "2014-05-01", "2014-05-03"),
    ("端午节", "2014-06-02", "2014-06-02"),
    ("中秋节", "2014-09-08", "2014-09-08"),
    ("国庆节", "2014-10-01", "2014-10-07"),
)
_MAKEUPS = {
    "元旦": ("2013-01-05", "2013-01-06"),
    "春节": ("2013-02-16", "2013-02-17", "2014-01-26", "2014-02-08"),
    "清明节": ("2013-04-07",),
    "劳动节": ("2013-04-27", "2013-04-28", "2014-05-04"),
    "端午节": ("2013-06-08", "2013-06-09"),
    "中秋节": ("2013-09-22",),
    "国庆节": ("2013-09-29", "2013-10-12", "2014-09-28", "2014-10-11"),
}

CALENDAR = Calendar(
    years={2013: YearStatus.ANNOUNCED, 2014: YearStatus.ANNOUNCED},
    special={
        each: SpecialDay(DayKind.HOLIDAY, name)
        for name, first, last in _HOLIDAYS
        for each in _days(first, last)
    }
    | {day(each): SpecialDay(DayKind.MAKEUP, name) for name, days in _MAKEUPS.items() for each in days},
)

odd_text = st.text("罗𠮷㛃〇·•. '-－+（1380８Xx٤A\u200b\u202d\u0308\u3000😀\x00\ud800", max_size=24)
"""Everything a keyboard, an address book or a scanner has ever put between the digits of a number."""

moments = st.datetimes(
    min_value=datetime(2013, 1, 2),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2014, 10, 31),  # noqa: DTZ001
    timezones=st.just(SHANGHAI),
).map(lambda moment: moment.replace(microsecond=0))
days = st.dates(day("2013-01-02"), day("2014-10-31"))
