"""Reading the journal for the audit administrator: newest first, filtered, by keyset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duban.core.events import Kind
from duban.core.refusal import Invalid
from duban.core.zone import end_of, start_of

from .models import Event


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some events and the id to go on after, or None at the end."""

    items: Sequence[Event]
    next: int | None


def events(
    *,
    kind: str = "",
    actor: str = "",
    stream: str = "",
    on: date | None = None,
    after: int = 0,
    limit: int = 50,
) -> Leaf:
    """Events newest first: of a kind, by an actor's key, of a stream, of a day in Shanghai. One statement.

    Raises Invalid for an unknown kind.
    """
    rows = Event.objects.order_by("-id")
    if kind:
        if kind not in set(Kind):
            raise Invalid({"kind": ("not_acceptable", {})})
        rows = rows.filter(kind=kind)
    if actor:
        rows = rows.filter(actor=actor)
    if stream:
        rows = rows.filter(stream=stream)
    if on is not None:
        rows = rows.filter(at__lte=end_of(on))
        if on > date.min:  # that day begins before the first instant a database knows
            rows = rows.filter(at__gte=start_of(on))
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows[: limit + 1])
    return Leaf(found[:limit], found[limit - 1].pk if len(found) > limit else None)
