"""Amending the calendar: the office adds or mends a day, or enters a year's announcement (domain rule 2).

Each edit moves the revision on; the worker then recomputes the open clocks, with an event for each that moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from duban.core import rights
from duban.core.events import Kind
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Verb
from duban.core.workdays import DayKind, YearStatus
from duban.journal.recording import Entry, record

from .models import CalendarDay, CalendarYear
from .revisions import bump

STREAM = "calendar"
PLAIN = "plain"  # the day goes back to what the plain week makes of it
FIRST_YEAR, LAST_YEAR = 2004, 2100
_LONGEST_NAME, _LONGEST_SOURCE = 40, 200

Announced = tuple[date, DayKind, str]


@transaction.atomic
def amend_day(*, day: date, kind: str, name: str = "", actor: Actor, now: datetime) -> CalendarDay | None:
    """Make a day a `holiday`, a `makeup` workday or `plain` again; answers its row, None when plain.

    Raises Forbidden, Refused(`calendar_missing`) for a year not entered, Refused(`calendar_day`) when the day is
    that already, Invalid for kind and name.
    """
    rights.require(actor, Verb.AMEND_CALENDAR)
    wrong: dict[str, tuple[str, Mapping[str, object]]] = {}
    name = name.strip()
    if kind not in {*DayKind, PLAIN}:
        wrong["kind"] = ("calendar_kind", {})
    elif kind == DayKind.MAKEUP and day.weekday() < 5:
        wrong["kind"] = ("makeup_on_workday", {"day": day})
    if len(name) > _LONGEST_NAME:
        wrong["name"] = ("too_long", {"limit": _LONGEST_NAME})
    if wrong:
        raise Invalid(wrong)
    bump()
    if not CalendarYear.objects.filter(year=day.year).exists():
        raise Refused("calendar_missing", year=day.year)
    was = CalendarDay.objects.filter(day=day).first()
    if (was.kind if was else PLAIN) == kind and (kind == PLAIN or (was and was.name == name)):
        raise Refused("calendar_day", day=day)
    row = None
    if kind == PLAIN:
        CalendarDay.objects.filter(day=day).delete()
    else:
        row, _ = CalendarDay.objects.update_or_create(day=day, defaults={"kind": kind, "name": name})
    facts = {"day": day.isoformat(), "kind": kind, "was": was.kind if was else PLAIN}
    record(STREAM, Entry(Kind.CALENDAR_AMENDED, facts), actor=actor, at=now)
    return row


@transaction.atomic
def announce_year(
    *,
    year: int,
    days: Sequence[Announced],
    status: YearStatus = YearStatus.ANNOUNCED,
    source: str,
    actor: Actor,
    now: datetime,
) -> CalendarYear:
    """Enter a whole year's (day, kind, name), replacing what stood there; the year becomes `status`.

    A make-up day in the December before is that year's: amend it with amend_day. Raises Forbidden, Invalid for
    year, days and source.
    """
    rights.require(actor, Verb.AMEND_CALENDAR)
    wrong = _problems(year, days, source)
    if wrong:
        raise Invalid(wrong)
    bump()
    row, _ = CalendarYear.objects.update_or_create(
        year=year, defaults={"status": status.value, "source": source.strip()}
    )
    CalendarDay.objects.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)).delete()
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, kind=kind.value, name=name.strip()) for day, kind, name in days]
    )
    spelled = "\n".join(sorted(f"{day.isoformat()} {kind.value}" for day, kind, _name in days))
    facts = {
        "year": year,
        "status": status.value,
        "days": len(days),
        "digest": sha256(spelled.encode()).hexdigest(),
    }
    record(STREAM, Entry(Kind.CALENDAR_AMENDED, facts), actor=actor, at=now)
    return row


def _problems(
    year: int, days: Sequence[Announced], source: str
) -> dict[str, tuple[str, Mapping[str, object]]]:
    wrong: dict[str, tuple[str, Mapping[str, object]]] = {}
    if not FIRST_YEAR <= year <= LAST_YEAR:
        wrong["year"] = ("calendar_year", {"low": FIRST_YEAR, "high": LAST_YEAR})
    if not source.strip():
        wrong["source"] = ("required", {})
    elif len(source) > _LONGEST_SOURCE:
        wrong["source"] = ("too_long", {"limit": _LONGEST_SOURCE})
    seen: set[date] = set()
    for day, kind, name in days:
        shown = {"day": day}
        if day.year != year:
            wrong["days"] = ("calendar_other_year", {**shown, "year": year})
        elif day in seen:
            wrong["days"] = ("calendar_twice", shown)
        elif kind is DayKind.MAKEUP and day.weekday() < 5:
            wrong["days"] = ("makeup_on_workday", shown)
        elif len(name) > _LONGEST_NAME:
            wrong["days"] = ("too_long", {"limit": _LONGEST_NAME})
        seen.add(day)
    if not days:
        wrong["days"] = ("required", {})
    return wrong
