"""A deadline day by day, as a calendar and as a list, from the lines of core.workdays (domain rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext, ngettext

from duban.core.workdays import Calendar, DayLine, YearStatus

from . import formats


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar. `css`: out (not in the count), off, day, day makeup, due."""

    label: str
    css: str
    flag: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the list: a day, or a run of days skipped for one reason."""

    days: str
    text: str
    ordinal: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything the calendar component draws. `provisional` is a year not announced yet, or None."""

    headings: tuple[str, ...]
    weeks: list[list[Cell]]
    steps: list[StepLine]
    first: date
    last: date
    provisional: int | None


def explained(lines: Sequence[DayLine], *, started: str, start_text: str) -> Explained:
    """The drawing of an explanation. `started` is a word for the start day (承诺), `start_text` its sentence."""
    first, last = lines[0].day, lines[-1].day
    provisional = next((line.day.year for line in lines if line.provisional), None)
    headings = tuple(gettext(name) for name in _headings())
    return Explained(headings, _weeks(lines, started), _steps(lines, start_text), first, last, provisional)


def provisional_year(calendar: Calendar, day: date) -> int | None:
    """The year of a day when its holidays have not been announced, else None."""
    return day.year if calendar.years.get(day.year) is YearStatus.PROVISIONAL else None


def _headings() -> tuple[str, ...]:
    if formats.language() == "en":
        return formats.WEEKDAYS_EN
    return ("一", "二", "三", "四", "五", "六", "日")


def _weeks(lines: Sequence[DayLine], started: str) -> list[list[Cell]]:
    known = {line.day: line for line in lines}
    monday = lines[0].day - timedelta(days=lines[0].day.weekday())
    sunday = lines[-1].day + timedelta(days=6 - lines[-1].day.weekday())
    days = [monday + timedelta(days=n) for n in range((sunday - monday).days + 1)]
    due = lines[-1].day
    names_shown: set[str] = set()
    cells = [_cell(day, known.get(day), due, started, monday, names_shown) for day in days]
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def _cell(day: date, line: DayLine | None, due: date, started: str, monday: date, shown: set[str]) -> Cell:
    label = f"{day.month}/{day.day}" if day == monday or day.day == 1 else str(day.day)
    if line is None:
        return Cell(label, "out")
    ordinal = _ordinal(line)
    if line.reason == "start":
        return Cell(label, "", note=started)
    if day == due:
        return Cell(label, "due", note=ordinal or gettext("到期"))
    if line.reason == "makeup":
        return Cell(label, "day makeup", flag=gettext("班"), note=ordinal)
    if line.reason == "workday":
        return Cell(label, "day", note=ordinal)
    # A holiday says its name once, on its first day.
    note = line.name if line.name and line.name not in shown else ""
    shown.add(line.name)
    return Cell(label, "off", flag=gettext("休"), note=note)


def _steps(lines: Sequence[DayLine], start_text: str) -> list[StepLine]:
    due, steps = lines[-1].day, []
    for (reason, name), run in groupby(lines, key=_run_key):
        days = list(run)
        match reason:
            case "start":
                steps.append(StepLine(formats.day_and_weekday(days[0].day), start_text, css="skip-day"))
            case "holiday":
                text = gettext("%(name)s放假，不算") % {"name": name} if name else gettext("放假，不算")
                steps.append(StepLine(_days(days), text, css="skip-day"))
            case "weekend":
                steps.append(StepLine(_days(days), gettext("休息，不算"), css="skip-day"))
            case _:
                steps.extend(_counted(line, due) for line in days)
    return steps


def _run_key(line: DayLine) -> tuple[str, str]:
    return (line.reason, line.name if line.reason == "holiday" else "")


def _counted(line: DayLine, due: date) -> StepLine:
    if line.day == due:
        text, css = gettext("算到 23:59:59"), "due-day"
    else:
        text, css = (gettext("调休上班，要算") if line.reason == "makeup" else gettext("上班")), ""
    return StepLine(formats.day_and_weekday(line.day), text, _ordinal(line), css)


def _ordinal(line: DayLine) -> str:
    if line.counted is None:
        return ""
    return ngettext("第 %(n)s 天", "第 %(n)s 天", line.counted) % {"n": line.counted}


def _days(lines: Iterable[DayLine]) -> str:
    days = [line.day for line in lines]
    if len(days) == 1:
        return formats.day_and_weekday(days[0])
    last = formats.day(days[-1])
    if formats.language() != "en" and (days[0].year, days[0].month) == (days[-1].year, days[-1].month):
        last = f"{days[-1].day}日"
    return gettext("%(first)s至%(last)s") % {"first": formats.day(days[0]), "last": last}
