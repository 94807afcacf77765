"""What is done to an order: each verb with its page, its form, and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy as pgettext

from duban.core.orders import OrderStep, possible
from duban.core.rights import Actor, Verb, may
from duban.supervision.models import Order
from duban.supervision.verbs.replying import (
    accept_reply,
    acknowledge_order,
    recall_order,
    reply_order,
    send_back_reply,
)

from ..desk.forms import NoForm, StaffForm
from . import forms


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb as pages offer it. `slug` ends its address; `does` is the verb, the form's fields are its arguments."""

    slug: str
    verb: Verb
    step: OrderStep
    label: str | Promise
    hint: str
    done: str
    form: type[StaffForm]
    does: Callable[..., object]


DEEDS: tuple[Deed, ...] = (
    Deed(
        "reply", Verb.REPLY_ORDER, OrderStep.REPLY, pgettext("verb", "回复"),
        _("逐条写明怎样落实的，由督查室审核"), _("已回复，等督查室审核。"), forms.ReplyForm, reply_order,
    ),
    Deed(
        "acknowledgement", Verb.REPLY_ORDER, OrderStep.ACKNOWLEDGE, pgettext("verb", "签收"),
        _("表示已经看到，回复期限照走"), _("已签收，请按期回复。"), NoForm, acknowledge_order,
    ),
    Deed(
        "acceptance", Verb.RULE_ORDER, OrderStep.ACCEPT, pgettext("verb", "认可回复"),
        _("督办件了结"), _("已认可，督办件了结。"), NoForm, accept_reply,
    ),
    Deed(
        "sending-back", Verb.RULE_ORDER, OrderStep.SEND_BACK, pgettext("verb", "退回重报"),
        _("写明理由，另定期限"), _("已退回，单位须重新回复。"), forms.SendingBackForm, send_back_reply,
    ),
    Deed(
        "recall", Verb.RULE_ORDER, OrderStep.RECALL, pgettext("verb", "收回督办件"),
        _("写明理由；记过的分一并收回"), _("督办件已收回。"), forms.RecallForm, recall_order,
    ),
)  # fmt: skip
"""In the order pages offer them: the first allowed one is the page's main action."""

BY_SLUG: Mapping[str, Deed] = {deed.slug: deed for deed in DEEDS}


def offered(order: Order, actor: Actor) -> list[Deed]:
    """The deeds an account may do to an order now, the likeliest first."""
    ways = possible(order.standing)
    return [deed for deed in DEEDS if deed.step in ways and may(actor, deed.verb, unit=order.unit_id)]
