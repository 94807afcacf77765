"""What pages ask about matters merged into one, and which could be. Nothing here writes."""

from __future__ import annotations

from duban.core.kinds import MatterKind
from duban.core.lifecycle import State
from duban.core.likeness import ENOUGH, likeness

from .models import Matter

LOOKED_AT = 300
SUGGESTED = 8


def merged_into(matter: Matter) -> list[Matter]:
    """The matters merged into one, closed ones too, oldest first."""
    return list(matter.merged.select_related("petitioner", "issuer").order_by("id"))


def likely_same(matter: Matter) -> list[tuple[Matter, int]]:
    """Open matters the matter could be merged into, the likeliest first, with their likeness in percent.

    Of the newest of the same unit or place; one statement.
    """
    near = Matter.objects.filter(unit_id=matter.unit_id)
    if matter.place:
        near |= Matter.objects.filter(place=matter.place)
    rows = near.filter(state__in=[State.REGISTERED, State.ASSIGNED, State.HANDLING], lead=None)
    directive = MatterKind.DIRECTIVE.value
    rows = rows.filter(kind=directive) if matter.kind == directive else rows.exclude(kind=directive)
    if matter.state == State.HANDLING:
        rows = rows.filter(state=State.HANDLING)
    newest = rows.exclude(pk=matter.pk).select_related("unit").order_by("-id")[:LOOKED_AT]
    scored = [(one, likeness(matter.title, one.title)) for one in newest]
    likely = sorted((pair for pair in scored if pair[1] >= ENOUGH), key=lambda pair: (-pair[1], pair[0].pk))
    return likely[:SUGGESTED]
