"""Issuing supervision orders (三色督办件, domain rule 11)."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction

from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.lights import late_from
from duban.core.orders import DEMAND_LIMIT, DEMAND_POINTS, UNREPLIED, Colour, OrderState, OrderStep, points
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb, require
from duban.core.texts import clean
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.matters.models import Matter
from duban.matters.verbs.deed import lock, require_unmerged, staff_id
from duban.matters.verbs.deed import permit as permit_matter
from duban.matters.verbs.forms import Form
from duban.people.units import office_code, unit_in_service

from ..models import Order
from ..models.orders import OPEN_NOW
from ..settling import settle
from .numbering import next_number
from .order_deed import Held, find_order, lock_order, reply_due


@transaction.atomic
def issue_order(
    *,
    colour: str,
    demand: str,
    reply_by: date | None,
    actor: Actor,
    now: datetime,
    matter: str = "",
    unit: str = "",
    escalated_from: str | None = None,
    finding: int | None = None,
) -> Order:
    """The office orders a unit to act: about one open `matter` (its number), or addressed to a `unit` (its code) alone.

    Exactly one of the two. Any colour may come first; `escalated_from` is the key of an order nobody replied to,
    which ends with it. `reply_by` counts to the end of that day; None: so many workdays (policy). `finding` is the
    check finding it rests on. It answers every open alarm of the matter. Raises Invalid (matter, colour, demand,
    reply_by); Refused: order_no_unit, order_own_office, order_exists, order_not_escalable, unit_unknown,
    unit_inactive, already_closed, merged_follows, calendar_missing; Forbidden; Unknown.
    """
    require(actor, Verb.ISSUE_ORDER)
    form = Form()
    if bool(matter) == bool(unit):
        form.wrong("matter", "order_addressee")
    chosen = form.choice("colour", colour, Colour, "order_colour")
    demand = demanded(form, demand)
    due = reply_due(reply_by, now, form)
    form.check()
    assert chosen is not None  # noqa: S101 - the form has checked it
    held = _open_matter(matter, actor, now) if matter else None
    receiver = held.unit if held else unit_in_service(unit)
    if receiver.code == office_code():
        raise Refused("order_own_office", field="unit")
    former = _escalate(escalated_from, chosen, held, receiver.code, now) if escalated_from else None
    if held is not None:
        _require_no_other(held, chosen)
    year = day_of(now).year
    order = Order.objects.create(
        year=year,
        colour=chosen.value,
        serial=next_number(year, chosen),
        token=secrets.token_urlsafe(32),
        matter=held,
        unit=receiver,
        handler=held.handler if held else None,
        **_promised(held),
        demand=demand,
        reply_by=due,
        issued_by_id=staff_id(actor),
        issued_at=now,
        state=OrderState.ISSUED.value,
        escalated_from=former,
        finding=finding,
    )
    Held(order, held).write(
        Kind.ORDER_ISSUED,
        actor,
        now,
        escalated_from=former.pk if former else None,
        finding=finding,
        demand=digest_of_text(demand),
    )
    if held is not None:
        settle([held.pk])
    return order


def demanded(form: Form, demand: str) -> str:
    """What the unit must do, in as many characters and points as one printed page takes."""
    demand = form.take(
        "demand",
        lambda: clean(demand, limit=DEMAND_LIMIT, missing="order_demand_missing", long="order_demand_long"),
    ) or ""  # fmt: skip
    if (count := len(points(demand))) > DEMAND_POINTS:
        form.wrong("demand", "order_demand_points", limit=DEMAND_POINTS, count=count)
    return demand


def _open_matter(number: str, actor: Actor, now: datetime) -> Matter:
    held = lock(number, now)
    permit_matter(actor, Verb.ISSUE_ORDER, held)
    if held.state == State.CLOSED:
        raise Refused("already_closed")
    require_unmerged(held)
    if held.state == State.REGISTERED:
        raise Refused("order_no_unit")
    return held


def _promised(held: Matter | None) -> dict[str, Any]:
    """What the letter says of the promise, for ever: none where the unit addressed has not made one."""
    if held is None or held.state not in (State.HANDLING, State.COMPLETED):
        return {}
    commitment = held.commitments.order_by("-id").first()
    return {"commitment": commitment, "promised_until": held.clock_due_at if commitment else None}


def _require_no_other(held: Matter, colour: Colour) -> None:
    other = Order.objects.filter(matter=held, colour=colour.value, state__in=OPEN_NOW).first()
    if other is not None:
        raise Refused("order_exists", number=other.number)


def _escalate(key: str, colour: Colour, held: Matter | None, unit: str, now: datetime) -> Order:
    """End the order this one follows. It must be overdue, unreplied, milder, and about the same."""
    try:
        about = find_order(key)  # another matter is not locked second
    except Unknown:  # of an order that is asked for, and not the one spoken to
        raise Refused("order_to_escalate", field="escalated_from") from None
    if about.matter_id != (held.pk if held else None) or about.unit_id != unit:
        raise Refused("order_not_escalable")
    former = lock_order(key, now)
    order = former.order
    overdue = order.standing in UNREPLIED and now >= late_from(order.reply_by)
    if not overdue or colour.severity <= order.hue.severity:
        raise Refused("order_not_escalable")
    former.advance(OrderStep.ESCALATE, now)
    order.save(update_fields=["state", "ended_at"])
    return order
