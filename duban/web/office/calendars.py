"""The calendar of a year as the office edits it. An edit moves the book on, and the worker recomputes open clocks."""

from __future__ import annotations

import re
from calendar import Calendar as Weeks
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from duban.catalogue.calendars import Announced, amend_day, announce_year
from duban.catalogue.models import CalendarDay
from duban.catalogue.queries import YearCalendar, calendar_year, calendar_years
from duban.core.refusal import Unknown
from duban.core.rights import Verb
from duban.core.workdays import DayKind, YearStatus
from duban.core.zone import day_of

from .. import formats
from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from ..doing import done, status_of
from ..wording import told_code

WORDS = {"休": DayKind.HOLIDAY, "放假": DayKind.HOLIDAY, "班": DayKind.MAKEUP, "上班": DayKind.MAKEUP}
LONGEST_RUN = timedelta(days=31)
_LINE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*至\s*(\d{4}-\d\d-\d\d))?\s+(休|放假|班|上班)(?:\s+(.*))?")


class DayForm(StaffForm):
    """One day, what it becomes, and its name."""

    day = text(_("哪一天"))
    kind = text(_("改为"))
    name = text(_("名称"))

    def clean(self) -> dict[str, Any]:
        """A day there must be."""
        self.read_day("day")
        if self.cleaned_data.get("day") is None and "day" not in self.errors:
            self.add_error("day", told_code("day_missing"))
        return self.cleaned_data


class YearForm(StaffForm):
    """A whole year as announced: a line for a day, or for a run of days."""

    year = text(_("年份"))
    status = text(_("国务院公布了吗"))
    source = text(_("依据"))
    days = text(_("放假和调休"))

    def clean(self) -> dict[str, Any]:
        """A year, and lines that read as days."""
        self.read_whole("year")
        announced = self.cleaned_data.get("status") != YearStatus.PROVISIONAL
        self.cleaned_data["status"] = YearStatus.ANNOUNCED if announced else YearStatus.PROVISIONAL
        lines = [line.strip() for line in (self.cleaned_data.get("days") or "").splitlines() if line.strip()]
        read = [list(_days_of(line)) for line in lines]
        for line, days in zip(lines, read, strict=True):
            if not days:
                self.add_error("days", told_code("calendar_line", {"line": line[:40]}))
                break
        else:
            self.cleaned_data["days"] = [one for days in read for one in days]
        return self.cleaned_data


@require_http_methods(["GET", "POST"])
@staff_page(Verb.AMEND_CALENDAR)
def calendar(request: StaffRequest, year: int | None = None) -> HttpResponse:
    """`/settings/calendar/<year>`: twelve months; POST makes a day a holiday, a make-up workday, or plain again."""
    now = timezone.now()
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if done(form, lambda: amend_day(**fields, actor=request.user.actor, now=now)):
            told = gettext("%(day)s已改，在办事项的期限随即重算，变动的会告诉诉求人。")
            messages.success(request, told % {"day": formats.day_and_weekday(fields["day"], year=True)})
            return HttpResponseRedirect(reverse("calendar_year", args=[fields["day"].year]))
    shown = calendar_year(year or day_of(now).year)
    context = {
        "form": form,
        "shown": shown,
        "months": months(shown, day_of(now)),
        "years": [row.year for row in calendar_years()],
        "provisional": shown.status is YearStatus.PROVISIONAL,
    }
    return render(request, "office/calendar.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@staff_page(Verb.AMEND_CALENDAR)
def announcement(request: StaffRequest) -> HttpResponse:
    """`/settings/calendar/announce?year=`: enter a year's announcement, in place of what stood there."""
    form = YearForm(request.POST or None, initial=_as_entered(request.GET.get("year", "")))
    if request.method == "POST" and form.is_valid():
        fields, now = form.cleaned_data, timezone.now()
        if done(form, lambda: announce_year(**fields, actor=request.user.actor, now=now)):
            told = gettext("%(year)s 年的安排已录入，在办事项的期限随即重算。")
            messages.success(request, told % {"year": fields["year"]})
            return HttpResponseRedirect(reverse("calendar_year", args=[fields["year"]]))
    return render(request, "office/announcement.html", {"form": form}, status=status_of(form))


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month: its number, how it is drawn, 休 or 班, and what it is called."""

    day: str
    css: str = ""
    flag: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; days of the neighbours are empty."""

    number: int
    weeks: Sequence[Sequence[Cell]]


def months(shown: YearCalendar, today: date) -> list[Month]:
    """The twelve months of a year."""
    special = {row.day: row for row in shown.days}
    weeks = Weeks(firstweekday=0)
    return [
        Month(
            number,
            [
                [_cell(day, number, special, today) for day in week]
                for week in weeks.monthdatescalendar(shown.year, number)
            ],
        )
        for number in range(1, 13)
    ]


def _cell(day: date, month: int, special: Mapping[date, CalendarDay], today: date) -> Cell:
    if day.month != month:
        return Cell("")
    mark = "today" if day == today else ""
    row = special.get(day)
    if row is None:
        return Cell(str(day.day), f"{mark} off" if day.weekday() >= 5 else mark)
    if row.kind == DayKind.MAKEUP:
        return Cell(str(day.day), f"{mark} makeup", gettext("班"), row.name)
    return Cell(str(day.day), f"{mark} off", gettext("休"), row.name)


def _days_of(line: str) -> Iterator[Announced]:
    """The days a line names; none when it does not read as days."""
    found = _LINE.fullmatch(line)
    if found is None:
        return
    first, last, word, name = found.groups()
    try:
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return
    if end - day > LONGEST_RUN:
        return
    while day <= end:
        yield day, WORDS[word], name or ""
        day += timedelta(days=1)


def _as_entered(year: str) -> dict[str, object]:
    """A year that stands already, as lines to mend."""
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return {"status": YearStatus.ANNOUNCED.value}
    try:
        entered = calendar_year(int(year))
    except Unknown:
        return {"year": year, "status": YearStatus.ANNOUNCED.value}
    lines = "\n".join(_lines(entered.days))
    return {"year": year, "status": entered.status.value, "source": entered.source, "days": lines}


def _lines(days: Sequence[CalendarDay]) -> Iterator[str]:
    """Days as lines, runs of one name together."""
    origin = date(2000, 1, 1)
    counted = enumerate(days)
    for _key, run in groupby(counted, key=lambda n: (n[1].kind, n[1].name, (n[1].day - origin).days - n[0])):
        rows = [row for _n, row in run]
        first, last = rows[0], rows[-1]
        span = f"{first.day}" if first is last else f"{first.day} 至 {last.day}"
        yield f"{span} {'班' if first.kind == DayKind.MAKEUP else '休'} {first.name}".rstrip()
