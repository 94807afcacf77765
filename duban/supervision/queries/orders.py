"""Supervision orders as lists, as one page, and as what the code on a printed one opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from duban.catalogue.book import book
from duban.core.lights import SECOND
from duban.core.orders import OPEN, UNREPLIED, Colour, OrderState, escalation, read_key
from duban.core.refusal import Forbidden, Unknown, not_offered
from duban.core.rights import TABLE, Actor, Scope, Verb, may
from duban.core.workdays import CalendarMissing
from duban.matters.models import Matter
from duban.matters.paging import Page, by_instant, newest_first

from ..models import Order, OrderReply

OWED = sorted(state.value for state in UNREPLIED)
STATES = (*(state.value for state in OrderState), "open", "overdue")
"""What a list may be narrowed to: a state, all that have not ended, or those whose reply is late."""


def order_list(
    actor: Actor,
    now: datetime,
    *,
    colour: str = "",
    state: str = "",
    unit: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[Order]:
    """The orders an account may see, the newest first; a unit's people see those addressed to it.

    Raises Forbidden; Invalid for an unknown colour, state or cursor.
    """
    rows = _visible(actor, unit)
    if colour:
        if colour not in set(Colour):
            raise not_offered("colour", Colour)
        rows = rows.filter(colour=colour)
    if state:
        rows = rows.filter(_in(state, now))
    return newest_first(rows, after, limit)


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """Orders an account may see: not ended by colour, of these replied to and late with the reply."""

    green: int
    yellow: int
    red: int
    replied: int
    overdue: int

    @property
    def total(self) -> int:
        """All that have not ended."""
        return self.green + self.yellow + self.red


def order_counts(actor: Actor, now: datetime, *, unit: str = "") -> OrderCounts:
    """How many orders have not ended, in one statement. Raises Forbidden."""
    row = (
        _visible(actor, unit)
        .filter(_in("open", now))
        .aggregate(
            **{colour.value: Count("id", filter=Q(colour=colour.value)) for colour in Colour},
            replied=Count("id", filter=_in(OrderState.REPLIED.value, now)),
            overdue=Count("id", filter=_in("overdue", now)),
        )
    )
    return OrderCounts(**row)


def waiting_for(unit: str) -> int:
    """How many orders wait for a unit's reply: one statement."""
    return Order.objects.filter(unit_id=unit, state__in=OWED).count()


def seen_order(key: str, actor: Actor) -> Order:
    """An order an account may see, with its replies (`replies.all()`), the oldest first. Raises Unknown (order_unknown)."""
    read = read_key(key)
    found = read and (
        _rows()
        .filter(colour=read[0].value, year=read[1], serial=read[2])
        .prefetch_related(
            Prefetch("replies", OrderReply.objects.select_related("by__unit", "ruled_by").order_by("id"))
        )
        .first()
    )
    if not found or not may(actor, Verb.SEE_ORDER, unit=found.unit_id):
        raise Unknown("order_unknown")
    return found


def orders_of(matter: Matter) -> list[Order]:
    """The orders about a matter, the newest first: one statement."""
    return list(Order.objects.select_related("unit").filter(matter=matter).order_by("-id"))


def order_of_token(token: str) -> Order:
    """The order whose printed code this is, for whoever scans it. Raises Unknown (order_unknown)."""
    known = token.isascii() and token.isprintable()  # no database keeps a NUL, and no letter carries one
    found = Order.objects.select_related("unit").filter(token=token).first() if known else None
    if found is None:
        raise Unknown("order_unknown")
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order nobody replied to, and the stronger colour proposed for the next one."""

    order: Order
    colour: Colour


def to_escalate(now: datetime, *, after: str = "", limit: int = 50) -> Page[Proposal]:
    """The overdue orders for which a stronger one is proposed, the longest overdue first: one statement.

    A page is of overdue orders, so that it may hold fewer. Raises Invalid for an unknown cursor.

    Not where none could be issued: the matter is closed, merged, or with another unit by now.
    """
    stands = Q(matter=None) | Q(matter__lead=None, matter__closed_at=None, matter__unit=F("unit"))
    overdue = _rows().filter(stands, _in("overdue", now)).exclude(colour=Colour.RED.value)
    page = by_instant(overdue, "reply_by", after, limit)
    found = ((order, _stronger(order, now)) for order in page.items)
    return Page([Proposal(order, colour) for order, colour in found if colour is not None], page.next)


def stronger(order: Order, now: datetime) -> Colour | None:
    """The colour proposed for the next one about the same, by the rule `to_escalate` goes by: no statement."""
    matter = order.matter
    if matter is not None and (
        matter.lead_id is not None or matter.closed_at is not None or matter.unit_id != order.unit_id
    ):
        return None
    return _stronger(order, now)


def _stronger(order: Order, now: datetime) -> Colour | None:
    rules = book()
    try:
        return escalation(
            order.hue,
            order.standing,
            order.reply_by,
            now,
            rules.calendar,
            rules.policy.order_escalation_workdays,
        )
    except CalendarMissing:  # the office sees it in the list of overdue ones all the same
        return None


def _rows() -> QuerySet[Order]:
    return Order.objects.select_related(
        "unit", "handler", "matter__unit", "matter__petitioner", "issued_by", "acknowledged_by",
        "escalated_from", "escalated_to", "commitment",
    )  # fmt: skip


def _visible(actor: Actor, unit: str) -> QuerySet[Order]:
    scopes = {TABLE[Verb.SEE_ORDER][role] for role in actor.roles if role in TABLE[Verb.SEE_ORDER]}
    rows = _rows()
    if Scope.ANY in scopes:
        return rows.filter(unit_id=unit) if unit else rows
    if Scope.UNIT not in scopes or (unit and unit != actor.unit):
        raise Forbidden("no_right")
    return rows.filter(unit__code=actor.unit)


def _in(state: str, now: datetime) -> Q:
    if state not in STATES:
        raise not_offered("state", STATES)
    if state == "open":
        return Q(state__in=sorted(one.value for one in OPEN))
    if state == "overdue":
        return Q(state__in=OWED, reply_by__lte=now - SECOND)
    return Q(state=state)
