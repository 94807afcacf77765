"""Silent terminals: units where matters wait to be accepted and nobody has been seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from duban.catalogue.book import book
from duban.core.lifecycle import State
from duban.matters.models import Matter
from duban.people.models import Staff, Terminal


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A unit nobody has signed in at for so long, and what waits there.

    `last_seen` is the last sign-in of one of its people, or the last sign of one of its terminals; None: never yet.
    """

    code: str
    name: str
    waiting: int
    oldest_at: datetime
    last_seen: datetime | None


def silent_units(now: datetime) -> list[SilentUnit]:
    """Units without a sign of life for so many hours (policy), while a matter waits longer than that to be accepted.

    A merged matter is waited for through its lead. The longest waiting first; three statements. A program's token leaves no sign: whoever works only through the
    API is known by accepting what waits.
    """
    since = now - timedelta(hours=book().policy.terminal_silent_hours)
    waiting = (
        Matter.objects.filter(
            ~Q(lead__isnull=False),  # spelled so, SQLite looks among the running clocks and not by `lead`
            state=State.ASSIGNED,
            assigned_at__lte=since,
            clock_stopped_at=None,
        )
        .values("unit__code", "unit__name")
        .annotate(waiting=Count("id"), oldest=Min("assigned_at"))
        .order_by("oldest", "unit__code")
    )
    rows = list(waiting)
    codes = [row["unit__code"] for row in rows]
    people = Staff.objects.filter(unit__code__in=codes, is_active=True).order_by()
    seen = dict(people.values_list("unit__code").annotate(last=Max("last_login")))
    terminals = Terminal.objects.filter(unit__code__in=codes).order_by()
    shown = dict(terminals.values_list("unit__code").annotate(last=Max("last_seen_at")))
    found = []
    for row in rows:
        code = row["unit__code"]
        last = max(filter(None, (seen.get(code), shown.get(code))), default=None)
        if last is None or last <= since:
            found.append(SilentUnit(code, row["unit__name"], row["waiting"], row["oldest"], last))
    return found
