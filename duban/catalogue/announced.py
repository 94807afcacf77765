"""The calendar a fresh installation starts with: every announced year, and the next one provisionally.

The State Council's announcements 2004–2026 come from `chinesecalendar`. 2027 has not been announced: it holds the
statutory days alone (全国年节及纪念日放假办法, amended 2025), without swaps, and is marked provisional.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays

from duban.core.workdays import DayKind, YearStatus

SOURCE = "国务院办公厅节假日安排通知"
PROVISIONAL_SOURCE = "《全国年节及纪念日放假办法》法定节日，尚无年度通知"
_NAMES = {one.value: one.chinese for one in Holiday}
_STATUTORY_2027 = (
    ("元旦", (date(2027, 1, 1),)),
    ("春节", (date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8))),
    ("清明", (date(2027, 4, 5),)),
    ("劳动节", (date(2027, 5, 1), date(2027, 5, 2))),
    ("端午", (date(2027, 6, 9),)),
    ("中秋", (date(2027, 9, 15),)),
    ("国庆节", (date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3))),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from the plain week."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year and whether it has been announced."""

    year: int
    status: YearStatus
    source: str


def years() -> Iterator[Year]:
    """The years known, in order."""
    for year in sorted({day.year for day in holidays}):
        yield Year(year, YearStatus.ANNOUNCED, SOURCE)
    if not _announced(2027):
        yield Year(2027, YearStatus.PROVISIONAL, PROVISIONAL_SOURCE)


def days() -> Iterator[Day]:
    """Their special days: holidays (also those on a weekend) and make-up workdays, with Chinese names."""
    for day, name in sorted(holidays.items()):
        yield Day(day, DayKind.HOLIDAY, _NAMES[name])
    for day, name in sorted(workdays.items()):
        yield Day(day, DayKind.MAKEUP, f"{_NAMES[name]}调休")
    if not _announced(2027):
        for name, statutory in _STATUTORY_2027:
            for day in statutory:
                yield Day(day, DayKind.HOLIDAY, name)


def _announced(year: int) -> bool:
    """A later `chinesecalendar` brings the announcement itself; then nothing provisional is needed."""
    return any(day.year == year for day in holidays)
