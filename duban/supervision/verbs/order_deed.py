"""What every verb about an order shares: finding and locking it, permitting, and writing its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.orders import ENDED, OrderStep, read_key, step
from duban.core.refusal import Forbidden, Unknown
from duban.core.rights import Actor, Verb, may
from duban.core.zone import day_of, end_of
from duban.journal.models import Event
from duban.journal.recording import Entry, record
from duban.matters.models import Matter
from duban.matters.reckoning import calendar_refusals
from duban.matters.verbs.deed import keep, lock, write
from duban.matters.verbs.forms import Form

from ..models import Order


@dataclass(frozen=True, slots=True)
class Held:
    """An order, locked, and the matter it is about, locked before it."""

    order: Order
    matter: Matter | None

    def write(self, kind: Kind, actor: Actor, now: datetime, **facts: object) -> Event:
        """Record what happened, on the matter's stream or on the order's own."""
        entry = Entry(kind, {**addressed(self.order), **facts})
        if self.matter is None:
            return record(self.order.stream, entry, actor=actor, at=now).events[0]
        (event,) = write(self.matter, entry, actor=actor, at=now)
        keep(self.matter)
        return event

    def advance(self, taken: OrderStep, now: datetime) -> None:
        """Move the order as its table says; one that ends keeps when. Raises Refused."""
        reached = step(self.order.standing, taken)
        self.order.state = reached.value
        self.order.ended_at = now if reached in ENDED else None


def find_order(key: str) -> Order:
    """The order of a key with its matter, as it stands a moment before it is locked. Raises Unknown (order_unknown)."""
    read = read_key(key)
    rows = Order.objects.select_related("matter")
    found = rows.filter(colour=read[0].value, year=read[1], serial=read[2]).first() if read else None
    if found is None:
        raise Unknown("order_unknown")
    return found


def lock_order(key: str, now: datetime) -> Held:
    """The order of a key, locked with its matter until the transaction ends. Raises Unknown (order_unknown)."""
    found = find_order(key)
    number = found.matter.number if found.matter else ""
    matter = lock(number, now) if number else None  # always first, so that no two verbs wait for each other
    order = (
        Order.objects.select_for_update(of=("self",))
        .select_related("unit", "matter", "handler", "issued_by")
        .get(pk=found.pk)
    )
    return Held(order, matter)


def permit(actor: Actor, verb: Verb, order: Order) -> None:
    """Raise unless the actor may do the verb: it is the addressed unit that counts, not who holds the matter now.

    Who may not see the order learns nothing of it (Unknown); who sees it is told (Forbidden).
    """
    if may(actor, verb, unit=order.unit_id):
        return
    if not may(actor, Verb.SEE_ORDER, unit=order.unit_id):
        raise Unknown("order_unknown")
    raise Forbidden("no_right")


def addressed(order: Order) -> Mapping[str, object]:
    """The order and to whom it went, as facts."""
    return {
        "order": order.pk,
        "colour": order.colour,
        "year": order.year,
        "serial": order.serial,
        "unit": order.unit_id,
        "handler": order.handler_id,
        "reply_by": order.reply_by.isoformat(),
    }


def reply_due(reply_by: date | None, now: datetime, form: Form) -> datetime:
    """The last second of the day for a reply: the day named, today at the earliest, or so many workdays (policy).

    A day in the past is noted in the form. Raises Refused (calendar_missing) beyond the last known year.
    """
    rules = book()
    with calendar_refusals():
        if reply_by is None:
            return rules.calendar.due_at(now, rules.policy.order_reply_workdays)
        if reply_by < day_of(now):
            form.wrong("reply_by", "order_reply_past")
        else:
            rules.calendar.reason(reply_by)
        return end_of(reply_by)
