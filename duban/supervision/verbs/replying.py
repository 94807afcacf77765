"""Acknowledging and replying to an order, and what the office makes of the reply (domain rule 11)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.ledger import month_of
from duban.core.orders import OrderStep, is_overdue
from duban.core.rights import Actor, Verb
from duban.journal.chain import digest_of_text
from duban.matters.verbs.deed import staff_id
from duban.matters.verbs.forms import Form

from ..models import Order, OrderReply
from ..settling import settle_without_recalled
from .order_deed import lock_order, permit, reply_due

Ruling = OrderReply.Ruling


@transaction.atomic
def acknowledge_order(*, order: str, actor: Actor, now: datetime) -> Order:
    """The addressed unit has read the order. The reply is still owed.

    Raises Refused: order_wrong_state, order_accepted, order_recalled, order_escalated; Forbidden; Unknown.
    """
    held = lock_order(order, now)
    permit(actor, Verb.REPLY_ORDER, held.order)
    held.advance(OrderStep.ACKNOWLEDGE, now)
    held.order.acknowledged_by_id, held.order.acknowledged_at = staff_id(actor), now
    held.write(Kind.ORDER_ACKNOWLEDGED, actor, now)
    held.order.save(update_fields=["state", "acknowledged_by", "acknowledged_at"])
    return held.order


@transaction.atomic
def reply_order(*, order: str, text: str, actor: Actor, now: datetime) -> OrderReply:
    """The addressed unit says what it did; also late, and also after the matter was closed.

    Raises Invalid (text); Refused: order_wrong_state, order_accepted, order_recalled, order_escalated; Forbidden;
    Unknown.
    """
    held = lock_order(order, now)
    permit(actor, Verb.REPLY_ORDER, held.order)
    late = is_overdue(held.order.standing, held.order.reply_by, now)
    held.advance(OrderStep.REPLY, now)
    form = Form()
    text = form.note("text", text, missing="order_reply_missing")
    form.check()
    reply = OrderReply.objects.create(order=held.order, text=text, by_id=staff_id(actor), at=now, late=late)
    if held.order.acknowledged_at is None:  # who replies has read it
        held.order.acknowledged_by_id, held.order.acknowledged_at = staff_id(actor), now
    held.write(Kind.ORDER_REPLIED, actor, now, reply=reply.pk, late=late, text=digest_of_text(text))
    held.order.save(update_fields=["state", "acknowledged_by", "acknowledged_at"])
    return reply


@transaction.atomic
def accept_reply(*, order: str, actor: Actor, now: datetime) -> Order:
    """The office is content with the reply; the order ends.

    Raises Refused: order_wrong_state, order_accepted, order_recalled, order_escalated; Forbidden; Unknown.
    """
    held = lock_order(order, now)
    permit(actor, Verb.RULE_ORDER, held.order)
    held.advance(OrderStep.ACCEPT, now)
    reply = _rule(held.order, Ruling.ACCEPTED, "", actor, now)
    held.write(Kind.ORDER_ACCEPTED, actor, now, reply=reply.pk)
    held.order.save(update_fields=["state", "ended_at"])
    return held.order


@transaction.atomic
def send_back_reply(*, order: str, reason: str, reply_by: date | None, actor: Actor, now: datetime) -> Order:
    """The reply will not do: why, and by when a better one is due (None: so many workdays, policy).

    Raises Invalid (reason, reply_by); Refused: order_wrong_state, order_accepted, order_recalled, order_escalated,
    calendar_missing; Forbidden; Unknown.
    """
    held = lock_order(order, now)
    permit(actor, Verb.RULE_ORDER, held.order)
    held.advance(OrderStep.SEND_BACK, now)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    due = reply_due(reply_by, now, form)
    form.check()
    reply = _rule(held.order, Ruling.SENT_BACK, reason, actor, now)
    held.order.reply_by = due
    held.order.acknowledged_by, held.order.acknowledged_at = None, None
    held.write(Kind.ORDER_SENT_BACK, actor, now, reply=reply.pk, reason=digest_of_text(reason))
    held.order.save(update_fields=["state", "reply_by", "acknowledged_by", "acknowledged_at"])
    return held.order


@transaction.atomic
def recall_order(*, order: str, reason: str, actor: Actor, now: datetime) -> Order:
    """The office takes the order back, with a reason; the ledger takes the entry back, in the entry's month.

    It answers no alarm any longer: those of its matter that rested on it want an answer again.

    Raises Invalid (reason); Refused: order_accepted, order_recalled, order_escalated; Forbidden; Unknown.
    """
    held = lock_order(order, now)
    permit(actor, Verb.RULE_ORDER, held.order)
    held.advance(OrderStep.RECALL, now)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    held.order.recall_reason = reason
    held.order.replies.filter(ruling=Ruling.PENDING).update(
        ruling=Ruling.LAPSED, ruled_by=staff_id(actor), ruled_at=now
    )
    month = month_of(held.order.issued_at)
    held.write(Kind.ORDER_RECALLED, actor, now, month=month, reason=digest_of_text(reason))
    held.order.save(update_fields=["state", "ended_at", "recall_reason"])
    if held.matter is not None:
        settle_without_recalled(held.matter.pk)
    return held.order


def _rule(order: Order, ruling: OrderReply.Ruling, note: str, actor: Actor, now: datetime) -> OrderReply:
    """Rule on the reply that waits; the table of the order's life lets no one come here without one."""
    reply = order.replies.get(ruling=Ruling.PENDING)
    reply.ruling, reply.ruling_note, reply.ruled_by_id, reply.ruled_at = ruling, note, staff_id(actor), now
    reply.save(update_fields=["ruling", "ruling_note", "ruled_by", "ruled_at"])
    return reply
