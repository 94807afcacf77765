"""Where an account arrives after signing in: the page with something to do for its role."""

from __future__ import annotations

from duban.core.rights import ADMINISTRATORS, Actor, Role

HOMES: tuple[tuple[frozenset[Role], str], ...] = (
    (frozenset({Role.HANDLER, Role.HEAD}), "desk"),
    (frozenset({Role.OFFICE, Role.MEMBER}), "office"),
    (frozenset({Role.LEADER}), "cockpit"),
    (frozenset({Role.CLERK}), "counter"),
    (frozenset({Role.PUBLISHER}), "publications"),
    (frozenset({Role.INSPECTOR}), "referrals"),
    (ADMINISTRATORS, "settings"),
)


def landing(actor: Actor) -> str:
    """The name of the page an account arrives at: of its first role in the order of the table."""
    return next((page for roles, page in HOMES if actor.has(*roles)), "settings")
