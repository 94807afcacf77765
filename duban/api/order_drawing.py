"""Alarms and supervision orders as the API draws them."""

from __future__ import annotations

from datetime import datetime

from duban.core.orders import possible
from duban.core.rights import Actor, Verb, may
from duban.supervision.models import Order
from duban.supervision.queries import Known, SilentUnit

from .answers import Json, moment
from .drawing import unit_of

DEEDS = (
    ("reply", Verb.REPLY_ORDER, "reply"),
    ("acknowledge", Verb.REPLY_ORDER, "acknowledgement"),
    ("accept", Verb.RULE_ORDER, "acceptance"),
    ("send_back", Verb.RULE_ORDER, "sending-back"),
    ("recall", Verb.RULE_ORDER, "recall"),
)
"""A step, the right to it, and the end of its address."""


def order_row(order: Order, now: datetime) -> dict[str, object]:
    """One order of a list."""
    light = order.light(now)
    return {
        "key": order.key,
        "number": order.number,
        "colour": order.colour,
        "state": order.state,
        "unit": unit_of(order.unit),
        "matter": order.matter.number if order.matter else None,
        "issued_at": moment(order.issued_at),
        "reply_by": moment(order.reply_by),
        "light": light.value if light else None,
    }


def order_of(order: Order, actor: Actor, now: datetime) -> Json:
    """A whole order with its replies, the oldest first, and what the account could do next."""
    ways = possible(order.standing)
    return {
        **order_row(order, now),
        "proof": order.token,
        "handler": order.handler.display_name if order.handler else None,
        "demand": order.demand,
        "issued_by": order.issued_by.display_name,
        "acknowledged_at": moment(order.acknowledged_at),
        "escalated_from": order.escalated_from.key if order.escalated_from else None,
        "recall_reason": order.recall_reason,
        "ended_at": moment(order.ended_at),
        "replies": [
            {
                "text": reply.text,
                "by": reply.by.display_name,
                "at": moment(reply.at),
                "late": reply.late,
                "ruling": reply.ruling,
                "note": reply.ruling_note,
                "ruled_at": moment(reply.ruled_at),
            }
            for reply in order.replies.all()
        ],
        "allowed": [
            end for step, verb, end in DEEDS if step in ways and may(actor, verb, unit=order.unit_id)
        ],
    }


def proof_of(order: Order) -> Json:
    """What stands on the page a printed order's code opens."""
    return {
        "key": order.key,
        "number": order.number,
        "colour": order.colour,
        "state": order.state,
        "unit": unit_of(order.unit),
        "issued_at": moment(order.issued_at),
        "reply_by": moment(order.reply_by),
    }


def alarm_row(known: Known, now: datetime) -> Json:
    """An alarm with what is known about it."""
    alarm, promise, said = known.alarm, known.promise, known.last_said
    return {
        "id": alarm.pk,
        "number": alarm.matter.number,
        "title": alarm.matter.title,
        "clock": alarm.clock,
        "boundary": alarm.boundary,
        "at": moment(alarm.at),
        "unit": unit_of(alarm.unit),
        "handler": alarm.handler.display_name if alarm.handler else None,
        "light_now": alarm.matter.light(now).value,
        "unit_now": unit_of(alarm.matter.unit),
        "held_since": moment(known.held_since),
        "held_workdays": known.held,
        "waiting_workdays": known.age,
        "promise": {
            "standard": promise.standard_title,
            "promised_workdays": promise.promised_workdays,
            "due_at": moment(promise.due_at),
        }
        if promise
        else None,
        "last_progress": {"text": said.text, "at": moment(said.at)} if said else None,
        "answer": alarm.answer or None,
        "answered_at": moment(alarm.answered_at),
    }


def silent_of(one: SilentUnit) -> Json:
    """A unit without a sign of life."""
    return {
        "unit": {"code": one.code, "name": one.name},
        "waiting": one.waiting,
        "oldest_at": moment(one.oldest_at),
        "last_seen_at": moment(one.last_seen),
    }
