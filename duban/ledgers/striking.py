"""Which orders' entries upheld appeals have taken back, read from the journal.

A ruling on an order's entry holds the order's row, as its recall does: whichever comes second sees the other. So a
recall is passed over if the journal holds such a ruling, and whether an event is entered soon, late, or anew in a
rebuild makes no difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from duban.core.events import Kind
from duban.core.ledger import struck_order
from duban.journal.models import Event
from duban.supervision.models import Order

from .models import LedgerEntry


def struck_by(events: Sequence[Event]) -> frozenset[int]:
    """Of the orders recalled in these events, those whose entry was struck. No statement where none was recalled."""
    recalled = {event.facts["order"] for event in events if event.kind == Kind.ORDER_RECALLED}
    return _struck(Event.objects.filter(facts__order__in=sorted(recalled))) if recalled else frozenset()


def struck_ever() -> frozenset[int]:
    """Every order whose entry was struck. One statement."""
    return _struck(Event.objects.all())


def is_recalled(line: LedgerEntry) -> bool:
    """Whether the order an entry follows from was recalled, entered yet or not. Holds the order until the transaction
    ends, so that none is recalled meanwhile."""
    order = order_of(line)
    if order is None:
        return False
    list(Order.objects.select_for_update(of=("self",)).filter(pk=order).values_list("pk"))
    recalls = Event.objects.filter(stream=line.event.stream, kind=Kind.ORDER_RECALLED.value)
    return order in {event.facts["order"] for event in recalls}


def order_of(line: LedgerEntry) -> int | None:
    """The order (id) an entry counts; None: it counts something else."""
    issued = line.event.kind == Kind.ORDER_ISSUED
    return int(line.event.facts["order"]) if issued else None


def _struck(among: QuerySet[Event]) -> frozenset[int]:
    rulings = among.filter(kind=Kind.APPEAL_RULED.value).values_list("facts", flat=True)
    struck = (struck_order(Kind.APPEAL_RULED, facts) for facts in rulings.iterator(chunk_size=500))
    return frozenset(order for order in struck if order is not None)
