"""The directives of a leader's office: which there are, which wait for its verdict."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, When

from duban.core.lifecycle import State
from duban.core.rights import Actor, Verb, require

from .models import Matter
from .paging import Page
from .queries import LISTED, RUNNING, light_counts, page_of, wanted
from .verbs.deed import staff_id


def directives(
    actor: Actor, now: datetime, *, status: str = "", light: str = "", after: str = "", limit: int = 50
) -> Page[Matter]:
    """The directives issued by the actor or from the actor's unit, as `queries.worklist` lists matters: one statement.

    Raises Forbidden for who issues none; Invalid for an unknown status, light or cursor.
    """
    require(actor, Verb.REGISTER_DIRECTIVE)
    rows, key = wanted(actor, now, status=status, light=light)
    return page_of(_own(rows, actor), key, after, limit)


def directive_counts(actor: Actor, now: datetime) -> dict[str, int]:
    """How many of them run, in all and by light, wait for the verdict, and are closed: one statement."""
    return _own(Matter.objects.all(), actor).aggregate(
        running=Count("id", filter=RUNNING),
        waiting=Count("id", filter=Q(state=State.COMPLETED)),
        closed=Count("id", filter=Q(state=State.CLOSED)),
        **light_counts(now),
    )


def open_directives(actor: Actor, most: int = 20) -> list[Matter]:
    """The open ones, those that wait for the verdict first, then what falls due next: one statement."""
    rows = _own(Matter.objects.exclude(state=State.CLOSED), actor)
    waits = Case(When(state=State.COMPLETED, then=0), default=1)
    rows = rows.select_related("unit", "petitioner", "handler").only(*LISTED)
    return list(rows.order_by(waits, "clock_due_at", "id")[:most])


def _own(rows: QuerySet[Matter], actor: Actor) -> QuerySet[Matter]:
    """Those the actor judges, as `opening.judges_directive` says of one."""
    return rows.filter(Q(issuer=staff_id(actor)) | Q(issuer_unit=actor.unit))
