"""Links between matters: what one may be told of the other."""

from __future__ import annotations

from duban.core.rights import Actor, Role

from .models import Matter


def previous_of(matter: Matter, actor: Actor) -> Matter | None:
    """The earlier matter it follows, if the account may be told."""
    earlier = matter.previous
    return earlier if earlier is not None and _tells(matter, earlier, actor) else None


def later_of(matter: Matter, actor: Actor) -> list[Matter]:
    """The matters that follow it, oldest first, of those the account may be told of: one statement.

    Only the same person's: anyone may name any number as the earlier one, and what they write is not for others.
    """
    rows = matter.later.filter(petitioner=matter.petitioner_id, issuer=matter.issuer_id)
    rows = rows.only("id", "number", "title", "registered_at", "confidential", "unit").order_by("id")
    return [one for one in rows if _tells(matter, one, actor)]


def _tells(matter: Matter, other: Matter, actor: Actor) -> bool:
    """Whether the link may be shown. With one of the two hidden from its unit (保密) it would tell whose that one is."""
    return actor.has(Role.OFFICE, Role.PETITIONER) or not (matter.confidential or other.confidential)
