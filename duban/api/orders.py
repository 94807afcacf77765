"""Alarms that want an answer, and supervision orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from duban.core import numbers
from duban.core.rights import Actor, Verb, require
from duban.supervision.queries import (
    alarm_tray,
    known_of,
    order_list,
    order_of_token,
    seen_order,
    silent_units,
    to_escalate,
)
from duban.supervision.verbs.answering import answer_alarm
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import (
    accept_reply,
    acknowledge_order,
    recall_order,
    reply_order,
    send_back_reply,
)

from .answers import answer, moment
from .bodies import digest_of, read
from .document import takes
from .forms import NothingForm, Text
from .keys import Bearer, StaffRequest
from .order_drawing import alarm_row, order_of, order_row, proof_of, silent_of
from .order_shapes import (
    AlarmAnswered,
    AlarmAnswerForm,
    AlarmList,
    Escalations,
    MatterOrderForm,
    OrderList,
    OrderProof,
    OrderReplyForm,
    RecallForm,
    SendingBackForm,
    SilentList,
    SupervisionOrder,
    UnitOrderForm,
)
from .retries import once

router = Router(tags=["orders"], auth=Bearer())
open_router = Router(tags=["public"])
Limit = Annotated[int, Query(ge=1, le=200)]


@open_router.get("/verify/{proof}", response=OrderProof, summary="Check a printed order")
def check_printed_order(request: HttpRequest, proof: str) -> HttpResponse:
    """By the end of the address in its code: it is real, and says this; 404 for one nobody issued."""
    return answer(proof_of(order_of_token(proof)))


@router.get("/alarms", response=AlarmList, summary="Alarms that want an answer")
def list_alarms(
    request: StaffRequest,
    answered: bool = False,
    colour: Text = "",
    unit: Text = "",
    after: Text = "",
    limit: Limit = 50,
) -> HttpResponse:
    """The unanswered ones, the oldest first; `answered` lists those that were, the latest first."""
    require(request.auth.actor, Verb.SEE_CITY)
    now = timezone.now()
    page = alarm_tray(now, answered=answered, colour=colour, unit=unit, after=after, limit=limit)
    items = [alarm_row(one, now) for one in known_of(page.items, now)]
    return answer({"items": items, "next": page.next})


@router.post(
    "/alarms/{alarm}/answer", response=AlarmAnswered, summary="Answer an alarm", **takes(AlarmAnswerForm)
)
def answer_one_alarm(request: StaffRequest, alarm: int) -> HttpResponse:
    """With a note, this one alone. An order, a ruling or a callback answers all of the matter."""
    form, actor, now = read(request, AlarmAnswerForm), request.auth.actor, timezone.now()
    require(actor, Verb.ANSWER_ALARM)

    def deed() -> dict[str, object]:
        done = answer_alarm(alarm=alarm, note=form.note, actor=actor, now=now)
        return {"id": done.pk, "answer": done.answer, "answered_at": moment(done.answered_at)}

    return once(request, actor.key, digest_of(form), deed, now=now)


@router.get("/silent-units", response=SilentList, summary="Units without a sign of life")
def list_silent_units(request: StaffRequest) -> HttpResponse:
    """Nobody has signed in for a day (policy), and a matter has waited longer than that to be accepted."""
    require(request.auth.actor, Verb.SEE_CITY)
    return answer({"items": [silent_of(one) for one in silent_units(timezone.now())], "next": None})


@router.get("/orders", response=OrderList, summary="Supervision orders")
def list_orders(
    request: StaffRequest,
    state: Text = "",
    colour: Text = "",
    unit: Text = "",
    after: Text = "",
    limit: Limit = 50,
) -> HttpResponse:
    """The newest first: those addressed to one's unit, or the city's. `state` may also be `open` or `overdue`."""
    now = timezone.now()
    page = order_list(
        request.auth.actor, now, state=state, colour=colour, unit=unit, after=after, limit=limit
    )
    return answer({"items": [order_row(one, now) for one in page.items], "next": page.next})


@router.post(
    "/orders", response={201: SupervisionOrder}, summary="Order a unit to act", **takes(UnitOrderForm)
)
def issue_unit_order(request: StaffRequest) -> HttpResponse:
    """Addressed to a unit, about no matter in particular."""
    form = read(request, UnitOrderForm)
    return _issued(request, form, unit=form.unit)


@router.post(
    "/matters/{number}/order",
    response={201: SupervisionOrder},
    summary="Issue an order about a matter",
    **takes(MatterOrderForm),
)
def issue_matter_order(request: StaffRequest, number: str) -> HttpResponse:
    """To the unit that holds it. A second open order of the same colour is refused; it answers every open alarm."""
    form = read(request, MatterOrderForm)
    return _issued(request, form, matter=numbers.normalise(number) or number)


@router.get("/orders/escalations", response=Escalations, summary="Orders to escalate")
def list_escalations(request: StaffRequest, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """Overdue ones for which a stronger order is proposed, the longest overdue first. Nothing escalates by itself."""
    require(request.auth.actor, Verb.ISSUE_ORDER)
    now = timezone.now()
    page = to_escalate(now, after=after, limit=limit)
    items = [{"order": order_row(one.order, now), "colour": one.colour.value} for one in page.items]
    return answer({"items": items, "next": page.next})


@router.get("/orders/{order}", response=SupervisionOrder, summary="One order")
def see_order(request: StaffRequest, order: str) -> HttpResponse:
    """By its key, as 2014-red-3, with its replies and what the account could do next."""
    actor = request.auth.actor
    return answer(order_of(seen_order(order, actor), actor, timezone.now()))


@router.post(
    "/orders/{order}/acknowledgement",
    response=SupervisionOrder,
    summary="Acknowledge an order",
    **takes(NothingForm, required=False),
)
def acknowledge(request: StaffRequest, order: str) -> HttpResponse:
    """The addressed unit has read it."""
    form = read(request, NothingForm)
    return _done(
        request,
        order,
        digest_of(form),
        lambda actor, now: acknowledge_order(order=order, actor=actor, now=now),
    )


@router.post(
    "/orders/{order}/reply", response=SupervisionOrder, summary="Reply to an order", **takes(OrderReplyForm)
)
def reply_to_order(request: StaffRequest, order: str) -> HttpResponse:
    """The addressed unit says what it did; a late reply is taken, and marked late."""
    form = read(request, OrderReplyForm)
    return _done(
        request,
        order,
        digest_of(form),
        lambda actor, now: reply_order(order=order, text=form.text, actor=actor, now=now),
    )


@router.post(
    "/orders/{order}/acceptance",
    response=SupervisionOrder,
    summary="Accept a reply",
    **takes(NothingForm, required=False),
)
def accept_order_reply(request: StaffRequest, order: str) -> HttpResponse:
    """The order ends."""
    form = read(request, NothingForm)
    return _done(
        request, order, digest_of(form), lambda actor, now: accept_reply(order=order, actor=actor, now=now)
    )


@router.post(
    "/orders/{order}/sending-back",
    response=SupervisionOrder,
    summary="Send a reply back",
    **takes(SendingBackForm),
)
def send_order_reply_back(request: StaffRequest, order: str) -> HttpResponse:
    """With a reason; another reply is owed by the new day."""
    form = read(request, SendingBackForm)
    return _done(
        request,
        order,
        digest_of(form),
        lambda actor, now: send_back_reply(
            order=order, reason=form.reason, reply_by=form.reply_by, actor=actor, now=now
        ),
    )


@router.post(
    "/orders/{order}/recall", response=SupervisionOrder, summary="Recall an order", **takes(RecallForm)
)
def recall_issued_order(request: StaffRequest, order: str) -> HttpResponse:
    """With a reason; its points are taken back."""
    form = read(request, RecallForm)
    return _done(
        request,
        order,
        digest_of(form),
        lambda actor, now: recall_order(order=order, reason=form.reason, actor=actor, now=now),
    )


def _issued(
    request: StaffRequest, form: MatterOrderForm, *, matter: str = "", unit: str = ""
) -> HttpResponse:
    actor, now = request.auth.actor, timezone.now()

    def deed() -> dict[str, object]:
        order = issue_order(
            colour=form.colour,
            demand=form.demand,
            reply_by=form.reply_by,
            escalated_from=form.escalated_from or None,
            matter=matter,
            unit=unit,
            actor=actor,
            now=now,
        )
        return dict(order_of(seen_order(order.key, actor), actor, now))

    return once(request, actor.key, digest_of(form), deed, now=now, status=201)


def _done(
    request: StaffRequest, key: str, content: str, verb: Callable[[Actor, datetime], object]
) -> HttpResponse:
    actor, now = request.auth.actor, timezone.now()

    def deed() -> dict[str, object]:
        verb(actor, now)
        return dict(order_of(seen_order(key, actor), actor, now))

    return once(request, actor.key, content, deed, now=now)
