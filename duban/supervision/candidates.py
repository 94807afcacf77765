"""The matters a check may draw from, rule by rule: one statement over the open matters, or over a month of events."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from duban.core.checks import LATELY_DAYS, SILENT_DAYS, Rule
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.lights import SECOND
from duban.journal.models import Event
from duban.matters.models import Matter, Remark
from duban.matters.queries import RUNNING

OPEN = RUNNING | Q(state=State.COMPLETED, lead=None)
"""A merged matter is looked at through its lead."""


def candidates(rule: Rule, now: datetime, *, unit: str = "", kind: str = "") -> list[int]:
    """The ids a rule draws from at a moment, in rising order; of one unit, of one kind of matter where given.

    At most two statements. Neither walks over the closed matters: those of a month are found by their events.
    """
    rows = within(rule, now, unit=unit, kind=kind)
    return list(rows.order_by("id").values_list("id", flat=True))


def within(rule: Rule, now: datetime, *, unit: str = "", kind: str = "") -> QuerySet[Matter]:
    """The same matters, not yet read."""
    rows = _of(rule, now)
    if unit:
        rows = rows.filter(unit_id=unit)
    return rows.filter(kind=kind) if kind else rows


def _of(rule: Rule, now: datetime) -> QuerySet[Matter]:
    matters = Matter.objects.all()
    match rule:
        case Rule.ALL_OPEN:
            return matters.filter(OPEN)
        case Rule.RED:
            return matters.filter(RUNNING, clock_due_at__lte=now - SECOND)
        case Rule.REOPENED:
            return matters.filter(OPEN, round__gt=1)
        case Rule.RETURNED:
            return matters.filter(OPEN, returns_granted__gt=0)
        case Rule.SILENT:
            since = now - timedelta(days=SILENT_DAYS)
            told = Remark.objects.filter(matter=OuterRef("pk"), part=Remark.Part.PROGRESS, at__gt=since)
            handling = matters.filter(RUNNING, state=State.HANDLING, clock_started_at__lte=since)
            return handling.filter(~Exists(told))
        case Rule.COMPLETED_LATELY:  # and not reopened since
            finished = [State.COMPLETED, State.CLOSED]
            return matters.filter(pk__in=_since(Kind.MATTER_COMPLETED, now), state__in=finished)
        case Rule.UNRATED:
            return matters.filter(pk__in=_since(Kind.UNRATED_DECIDED, now))


def _since(kind: Kind, now: datetime) -> set[int]:
    """The matters to which an event of this kind happened within the last 30 days."""
    events = Event.objects.filter(
        kind=kind.value, at__gte=now - timedelta(days=LATELY_DAYS), at__lte=now
    ).values_list("stream", flat=True)
    return {int(stream.partition(":")[2]) for stream in events}
