"""Alarms: the latest ones, those nobody has answered, and what is known about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, Max, Min, Q, QuerySet

from duban.catalogue.book import book
from duban.core.boundaries import Boundary
from duban.core.refusal import Unknown, not_offered
from duban.core.workdays import CalendarMissing
from duban.core.zone import day_of
from duban.matters.models import Commitment, Matter, Remark
from duban.matters.paging import Page, by_instant, newest_first

from ..models import Alarm

T = TypeVar("T", Commitment, Remark)
COLOURS = (Boundary.YELLOW.value, Boundary.RED.value)
OLDEST_LISTED = 10


def recent_alarms(now: datetime, limit: int = 50, unit: str = "") -> list[Alarm]:
    """The latest alarms up to `now`, newest first, with matter, unit and handler; of one unit when its code is given."""
    alarms = _of(unit).filter(at__lte=now)
    return list(alarms.order_by("-at", "-id")[:limit])


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many alarms wait for an answer, by colour; since when the oldest does; the oldest ones themselves."""

    yellow: int
    red: int
    oldest_at: datetime | None
    oldest: Sequence[Alarm]

    @property
    def total(self) -> int:
        """Both colours."""
        return self.yellow + self.red


def unanswered(now: datetime, *, listed: int = OLDEST_LISTED) -> Unanswered:
    """The alarms up to `now` that nobody has answered: two statements, one when none are `listed`."""
    waiting = Alarm.objects.filter(answer="", at__lte=now)
    row = waiting.aggregate(
        yellow=Count("id", filter=Q(boundary=Boundary.YELLOW.value)),
        red=Count("id", filter=Q(boundary=Boundary.RED.value)),
        oldest=Min("at"),
    )
    oldest = list(_of("").filter(answer="", at__lte=now).order_by("at", "id")[:listed]) if listed else []
    return Unanswered(row["yellow"], row["red"], row["oldest"], oldest)


def alarm_tray(
    now: datetime,
    *,
    answered: bool = False,
    colour: str = "",
    unit: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[Alarm]:
    """The alarms that want an answer, the oldest first; or those answered, the latest raised first.

    Raises Invalid for an unknown colour or cursor.
    """
    alarms = _of(unit).filter(at__lte=now)
    if colour:
        if colour not in COLOURS:
            raise not_offered("colour", COLOURS)
        alarms = alarms.filter(boundary=colour)
    alarms = alarms.exclude(answer="") if answered else alarms.filter(answer="")
    return newest_first(alarms, after, limit) if answered else by_instant(alarms, "at", after, limit)


def open_alarms(matter: Matter, now: datetime) -> list[Alarm]:
    """The alarms of a matter that nobody has answered, the oldest first: one statement."""
    return list(Alarm.objects.filter(matter=matter, answer="", at__lte=now).order_by("at", "id"))


def seen_alarm(alarm: int) -> Alarm:
    """One alarm with its matter, unit and handler. Raises Unknown (alarm_unknown)."""
    found = _of("").filter(pk=alarm).first()
    if found is None:
        raise Unknown("alarm_unknown")
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """An alarm and what the office should know before it answers.

    `age` is how many workdays nobody has answered it, `held_since` since when the unit that holds the matter now has
    it, `held` for how many workdays (until it was closed). The workdays are None where no calendar can say.
    """

    alarm: Alarm
    age: int | None
    held_since: datetime
    held: int | None
    promise: Commitment | None
    last_said: Remark | None


def known_of(alarms: Sequence[Alarm], now: datetime) -> list[Known]:
    """What is known about some alarms: the promise in force and the last word of progress, in two statements."""
    matters = {alarm.matter_id for alarm in alarms}
    promises = _latest(Commitment.objects.select_related("handler"), matters)
    said = _latest(Remark.objects.select_related("by").filter(part=Remark.Part.PROGRESS), matters)
    known = []
    for alarm in alarms:
        since = alarm.matter.assigned_at or alarm.matter.registered_at
        known.append(
            Known(
                alarm,
                waited(alarm, now),
                since,
                _workdays(since, alarm.matter.closed_at or now),
                promises.get(alarm.matter_id),
                said.get(alarm.matter_id),
            )
        )
    return known


def waited(alarm: Alarm, now: datetime) -> int | None:
    """For how many workdays nobody has answered it, or had not; None where no calendar can say."""
    return _workdays(alarm.at, alarm.answered_at or now)


def _of(unit: str) -> QuerySet[Alarm]:
    alarms = Alarm.objects.select_related(
        "matter__unit", "matter__handler", "matter__petitioner", "unit", "handler", "answer_event"
    )
    return alarms.filter(unit_id=unit) if unit else alarms


def _latest(rows: QuerySet[T], matters: set[int]) -> dict[int, T]:
    """The last row of each matter: one statement."""
    last = rows.order_by().filter(matter__in=matters).values("matter").annotate(last=Max("pk")).values("last")
    return {row.matter_id: row for row in rows.filter(pk__in=last)}


def _workdays(since: datetime, until: datetime) -> int | None:
    try:
        return book().calendar.workdays_between(day_of(since), day_of(until))
    except CalendarMissing:
        return None
