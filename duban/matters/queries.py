"""What pages and programs ask about matters. Constant numbers of statements; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Count, Q, QuerySet

from duban.catalogue.book import book
from duban.core import numbers
from duban.core.census import Status
from duban.core.lifecycle import State
from duban.core.lights import SECOND, Light
from duban.core.refusal import Forbidden, Invalid, Unknown, not_offered
from duban.core.rights import TABLE, Actor, Role, Scope, Verb, may
from duban.people.models import Unit

from .assists import assists_matter
from .linking import later_of
from .models import Attachment, Commitment, Extension, Matter, ReturnRequest, Statement
from .narrowing import EVERY, Narrowing
from .paging import Page, cursor, position

RUNNING = Q(clock_stopped_at=None, lead=None)
"""What somebody has to do: a merged matter has its lead for that."""
LISTED = (
    *("id", "number", "registered_at", "kind", "title", "place", "confidential", "collective", "urgent"),
    *("state", "round", "assignments", "asks"),
    *("clock", "clock_run", "clock_started_at", "clock_warn_at", "clock_due_at"),
    *("clock_stopped_at", "closed_at", "basis", "unit__code", "unit__name", "petitioner__name"),
    *("handler__display_name",),
)
"""The columns of a list: not the body, nor the query code, which would be unsealed row by row."""


def staff_matter(number: str, actor: Actor) -> Matter:
    """A matter a member of staff may see, with its people. Raises Unknown: not found and not yours look the same."""
    matter = (
        Matter.objects.select_related("unit", "petitioner", "handler", "previous", "issuer", "lead")
        .filter(number=numbers.normalise(number) or "")
        .first()
    )
    if matter is None or not sees(matter, actor):
        raise Unknown("not_yours")
    return matter


def sees(matter: Matter, actor: Actor) -> bool:
    """Whether a member of staff may read a matter: by right, or because their unit assists with it."""
    return may(actor, Verb.SEE_MATTER, unit=matter.unit_id, matter=matter.pk) or assists_matter(actor, matter)


def petitioner_name(matter: Matter, actor: Actor) -> str:
    """The petitioner's masked name as this account may see it: empty for the unit when hidden from it (保密), and
    for a unit that only assists."""
    if matter.petitioner is None or (matter.confidential and not actor.has(Role.OFFICE)):
        return ""
    if not may(actor, Verb.SEE_MATTER, unit=matter.unit_id, matter=matter.pk):
        return ""
    return matter.petitioner.masked_name


def worklist(
    actor: Actor,
    now: datetime,
    *,
    status: str = "",
    light: str = "",
    unit: str = "",
    narrowed: Narrowing = EVERY,
    after: str = "",
    limit: int = 50,
) -> Page[Matter]:
    """The matters an account may see. By default those with a running clock, by what turns red next.

    `status` is one of the six published ones, `light` one of the three (running clocks only), `unit` a code
    for who sees the whole city. Completed ones come oldest first, closed ones newest first. Raises
    Forbidden; Invalid for an unknown status, light or cursor.
    """
    rows, key = wanted(actor, now, status=status, light=light, unit=unit, narrowed=narrowed)
    return page_of(rows, key, after, limit)


def wanted(
    actor: Actor,
    now: datetime,
    *,
    status: str = "",
    light: str = "",
    unit: str = "",
    narrowed: Narrowing = EVERY,
) -> tuple[QuerySet[Matter], str]:
    """The matters of a work list, not yet read, and the instant they go by (blank: by id, newest first).

    Narrowed to days of registration, and to no status or light, they are those of every status.
    """
    rows = narrowed.of(_visible(actor, unit), now)
    if narrowed.dated and not status and not light:
        return rows, ""
    if light:
        rows = rows.filter(RUNNING, _shows(light, now))
    if status == Status.CLOSED:
        return rows.filter(state=State.CLOSED), ""
    if status == Status.PENDING_REVIEW:
        return rows.filter(state=State.COMPLETED), "clock_stopped_at"
    rows = rows.filter(RUNNING)
    return (rows.filter(_has(status, now)) if status else rows), "clock_due_at"


def counts(actor: Actor, now: datetime, *, unit: str = "") -> dict[Light, int]:
    """How many running matters an account sees, by light: one statement over the open ones only."""
    row = _visible(actor, unit).filter(RUNNING).aggregate(**light_counts(now))
    return {light: row[light.value] for light in Light}


@dataclass(frozen=True, slots=True)
class UnitLights:
    """A unit's running matters by light."""

    code: str
    name: str
    green: int
    yellow: int
    red: int

    @property
    def total(self) -> int:
        """All running matters."""
        return self.green + self.yellow + self.red


def lights_by_unit(now: datetime) -> list[UnitLights]:
    """Every active unit with its running matters by light: most red first, then most yellow, then by name."""
    nothing = dict.fromkeys(["green", "yellow", "red"], 0)
    running = Matter.objects.filter(RUNNING).values("unit__code").annotate(**light_counts(now))
    tallies = {row["unit__code"]: row for row in cast(Iterable[dict[str, Any]], running)}
    units = []
    for code, name in Unit.objects.filter(active=True).order_by("id").values_list("code", "name"):
        row = tallies.get(code, nothing)
        units.append(UnitLights(code, name, row["green"], row["yellow"], row["red"]))
    return sorted(units, key=lambda one: (-one.red, -one.yellow, -one.green))


TRAYS = ("to_assign", "returns", "extensions", "completed", "silent")


def trays(now: datetime) -> Mapping[str, int]:
    """How many matters wait in each of the supervision office's trays."""
    return {name: _tray(name, now).count() for name in TRAYS}


def tray(name: str, now: datetime, *, after: str = "", limit: int = 50) -> Page[Matter]:
    """One tray: what falls due first comes first; what has been silent longest. Raises KeyError for no tray."""
    rows, key = in_tray(name, now)
    return page_of(rows, key, after, limit)


def in_tray(name: str, now: datetime) -> tuple[QuerySet[Matter], str]:
    """The matters of a tray, not yet read, and the instant they go by. Raises KeyError for no tray."""
    return _tray(name, now), "clock_stopped_at" if name in ("completed", "silent") else "clock_due_at"


@dataclass(frozen=True, slots=True)
class MatterFile:
    """Everything that belongs to a matter besides its story."""

    commitments: Sequence[Commitment]
    statements: Sequence[Statement]
    return_requests: Sequence[ReturnRequest]
    extensions: Sequence[Extension]
    attachments: Sequence[Attachment]
    later: Sequence[Matter]

    @property
    def commitment(self) -> Commitment | None:
        """The promise in force: the last one."""
        return self.commitments[-1] if self.commitments else None

    @property
    def statement(self) -> Statement | None:
        """The last completion statement."""
        return self.statements[-1] if self.statements else None


def file_of(matter: Matter, actor: Actor) -> MatterFile:
    """The file of a matter as an account may see it, each part oldest first: six statements."""
    return MatterFile(
        commitments=list(matter.commitments.select_related("unit", "handler").order_by("id")),
        statements=list(matter.statements.select_related("unit", "by").order_by("id")),
        return_requests=list(
            matter.return_requests.select_related("unit", "suggested", "requested_by", "signed_by").order_by(
                "id"
            )
        ),
        extensions=list(matter.extensions.select_related("requested_by", "signed_by").order_by("id")),
        attachments=list(matter.attachments.order_by("id")),
        later=later_of(matter, actor),
    )


def attachment(token: str) -> Attachment:
    """An attachment by its private address, with its matter; the door checks who asks. Raises Unknown."""
    found = Attachment.objects.select_related("matter").filter(token=token).first()
    if found is None:
        raise Unknown("not_found")
    return found


def _visible(actor: Actor, unit: str) -> QuerySet[Matter]:
    """The matters an account may see. Raises Forbidden."""
    scopes = {TABLE[Verb.SEE_MATTER][role] for role in actor.roles if role in TABLE[Verb.SEE_MATTER]}
    rows = Matter.objects.all()
    if Scope.ANY in scopes:
        return rows.filter(unit__code=unit) if unit else rows
    if Scope.UNIT not in scopes or (unit and unit != actor.unit):
        raise Forbidden("no_right")
    return rows.filter(unit__code=actor.unit)


def _late(now: datetime) -> Q:
    return Q(clock_due_at__lte=now - SECOND)


def _shows(light: str, now: datetime) -> Q:
    match light:
        case Light.RED:
            return _late(now)
        case Light.YELLOW:
            return Q(clock_due_at__gt=now - SECOND, clock_warn_at__lte=now)
        case Light.GREEN:
            return Q(clock_warn_at__gt=now)
        case _:
            raise not_offered("light", Light)


def _has(status: str, now: datetime) -> Q:
    accepting, late = Q(state__in=[State.REGISTERED, State.ASSIGNED]), _late(now)
    match status:
        case Status.ACCEPTING:
            return accepting & ~late
        case Status.OVERDUE_ACCEPTANCE:
            return accepting & late
        case Status.HANDLING:
            return Q(state=State.HANDLING) & ~late
        case Status.OVERDUE_COMPLETION:
            return Q(state=State.HANDLING) & late
        case _:
            raise not_offered("status", Status)


def light_counts(now: datetime) -> dict[str, Count]:
    """To be counted: how many running matters show each light."""
    return {light.value: Count("id", filter=RUNNING & _shows(light, now)) for light in Light}


def _tray(name: str, now: datetime) -> QuerySet[Matter]:
    silent_since = now - timedelta(days=book().policy.callback_days)
    return Matter.objects.filter(
        {
            "to_assign": Q(RUNNING, state=State.REGISTERED),
            "returns": Q(asks="return"),
            "extensions": Q(asks="extension"),
            "completed": Q(state=State.COMPLETED),
            "silent": Q(state=State.COMPLETED, clock_stopped_at__lte=silent_since, collective=False),
        }[name]
    )


def page_of(rows: QuerySet[Matter], key: str, after: str, limit: int) -> Page[Matter]:
    """The rows behind a cursor with all a list shows: one statement. Raises Invalid (after)."""
    rows = rows.select_related("unit", "petitioner", "handler").only(*LISTED)
    found = list(following(rows, key, after)[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], cursor(getattr(last, key) if key else None, last.pk) if last else None)


def following(rows: QuerySet[Matter], key: str, after: str) -> QuerySet[Matter]:
    """The rows behind a cursor, in the order of an instant, or by id, newest first. Raises Invalid (after)."""
    if not key:
        return (rows.filter(id__lt=position(after)[1]) if after else rows).order_by("-id")
    if after:
        at, row = position(after)
        if at is None:
            raise Invalid({"after": ("cursor_unknown", {})})
        rows = rows.filter(Q(**{f"{key}__gte": at}), Q(**{f"{key}__gt": at}) | Q(id__gt=row))
    return rows.order_by(key, "id")
