"""What decisions of the joint meeting ask of a unit, as that unit, the office and the matter's page read it."""

from __future__ import annotations

from duban.core.refusal import Unknown
from duban.core.rights import Actor, Verb, may
from duban.matters.models import Matter
from duban.matters.paging import Page, cursor, position

from ..models import Decision

_READ = ("unit", "follow_up_unit", "meeting", "item__matter__unit", "item__matter__petitioner")


def follow_ups_owed(unit: str, limit: int = 20) -> tuple[list[Decision], bool]:
    """What a unit has still to do and report, what falls due first first; and whether there is more."""
    rows = Decision.objects.filter(
        follow_up_unit__code=unit,
        follow_up_due_on__isnull=False,
        followed_up_at=None,
        follow_up_reported_at=None,
    )
    found = list(rows.select_related(*_READ).order_by("follow_up_due_on", "id")[: limit + 1])
    return found[:limit], len(found) > limit


def follow_ups_of_unit(unit: str, *, after: str = "", limit: int = 50) -> Page[Decision]:
    """Everything ever asked of a unit, the newest first. Raises Invalid for an unknown cursor."""
    rows = Decision.objects.filter(follow_up_unit__code=unit, follow_up_due_on__isnull=False)
    if after:
        rows = rows.filter(pk__lt=position(after)[1])
    found = list(rows.select_related(*_READ).order_by("-pk")[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def follow_up_of_unit(decision: int, actor: Actor) -> Decision:
    """One of them with its reports, for the unit that is asked. Raises Unknown (decision_none)."""
    rows = Decision.objects.filter(pk=decision, follow_up_unit__isnull=False)
    row = rows.select_related(*_READ).prefetch_related("reports__by").first()
    if row is None or not may(actor, Verb.REPORT_FOLLOW_UP, unit=row.follow_up_unit_id):
        raise Unknown("decision_none")
    return row


def follow_ups_at(matter: Matter, actor: Actor) -> list[Decision]:
    """What decisions about a matter ask, for its page: all of it for the meeting's people, else what one's own unit is asked.

    What another unit is asked may tell of a referral, of which the unit that holds the matter is not to hear.
    """
    rows = Decision.objects.filter(item__matter=matter, follow_up_due_on__isnull=False)
    if not may(actor, Verb.SEE_MEETING):
        rows = rows.filter(follow_up_unit__code=actor.unit or "")
    return list(rows.select_related(*_READ).prefetch_related("reports__by").order_by("-pk"))
