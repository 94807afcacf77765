"""What pages and programs ask about assisting units. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from duban.core.refusal import Forbidden
from duban.core.rights import Actor, Role, Verb, may

from .models import Assist, Matter
from .paging import Page, cursor, position


def assists_of(matter: Matter) -> list[Assist]:
    """Every assist of a matter, oldest first: one statement."""
    rows = matter.assists.select_related("unit", "asked_by", "replied_by", "recalled_by")
    return list(rows.order_by("id"))


def assists_matter(actor: Actor, matter: Matter) -> bool:
    """Whether the account is of a unit that assists with the matter, or has: it may read, and do nothing to it."""
    if actor.unit is None or actor.unit == matter.unit_id or not actor.has(Role.HANDLER, Role.HEAD):
        return False
    return Assist.objects.filter(matter=matter, unit_id=actor.unit).exists()


def only_assists(matter: Matter, actor: Actor) -> bool:
    """Whether an account that sees the matter has no right to it of its own: it is not to learn who asks."""
    return not may(actor, Verb.SEE_MATTER, unit=matter.unit_id, matter=matter.pk)


def seen_among(matters: Iterable[Matter], actor: Actor) -> set[int]:
    """Which of these a member of staff may read, by serial: one statement at most."""
    found = {one.pk: one for one in matters}
    seen = {pk for pk, one in found.items() if may(actor, Verb.SEE_MATTER, unit=one.unit_id, matter=one.pk)}
    left = found.keys() - seen
    if left and actor.unit is not None and actor.has(Role.HANDLER, Role.HEAD):
        rows = Assist.objects.filter(matter__in=left, unit_id=actor.unit)
        seen.update(rows.values_list("matter_id", flat=True))
    return seen


def asks_for_reply(matter: Matter, actor: Actor) -> bool:
    """Whether the account's unit owes this matter a reply."""
    if (
        actor.unit is None
        or actor.unit == matter.unit_id
        or not may(actor, Verb.REPLY_ASSIST, unit=actor.unit)
    ):
        return False
    return _open().filter(matter=matter, unit_id=actor.unit).exists()


def has_open_assist(matter: Matter) -> bool:
    """Whether any unit still owes this matter a reply."""
    return _open().filter(matter=matter).exists()


def owed_to_see(actor: Actor, *, unit: str = "", after: str = "", limit: int = 50) -> Page[Assist]:
    """What an account may see owed: who sees the city every unit's or one's (code), others their own unit's.

    Raises Forbidden; Invalid for an unknown cursor.
    """
    if may(actor, Verb.SEE_CITY):
        return owed_by(unit, after=after, limit=limit)
    if not may(actor, Verb.REPLY_ASSIST) or not actor.unit or (unit and unit != actor.unit):
        raise Forbidden("no_right")
    return owed_by(actor.unit, after=after, limit=limit)


def owed_by(unit: str, *, after: str = "", limit: int = 50) -> Page[Assist]:
    """What a unit, or blank the city's units, still owe others, by what turns red next. Raises Invalid for an unknown cursor."""
    rows = (
        (_open().filter(unit_id=unit) if unit else _open())
        .select_related("matter", "matter__unit", "matter__petitioner", "unit")
        .order_by("due_at", "id")
    )
    if after:
        at, row = position(after)
        rows = rows.filter(due_at__gte=at).exclude(due_at=at, id__lte=row) if at else rows.none()
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], cursor(last.due_at, last.pk) if last else None)


def _open() -> QuerySet[Assist]:
    return Assist.objects.filter(replied_at=None, recalled_at=None)
