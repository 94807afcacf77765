"""Who is told of a supervision order, and what fills the sentences: the unit addressed, and the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.translation import gettext

from duban.core.events import Kind
from duban.journal.models import Event
from duban.matters.words import ORDERS as COLOURS
from duban.matters.words import spelled_deadline, word
from duban.supervision.models import Order

from . import recipients
from .recipients import Recipient
from .wording import Audience

ORDERS = frozenset(
    {
        Kind.ORDER_ISSUED,
        Kind.ORDER_REPLIED,
        Kind.ORDER_ACCEPTED,
        Kind.ORDER_SENT_BACK,
        Kind.ORDER_RECALLED,
    }
)
"""What happens to an order. It is told of by the order itself, on whatever stream it stands."""


def order_recipients(audience: Audience, event: Event) -> Iterator[Recipient]:
    """The handler or the heads of the unit addressed, or the supervision office. The petitioner reads the timeline."""
    if audience is Audience.OFFICE:
        return recipients.office()
    return recipients.unit(str(event.facts["unit"]), _order(event).handler)


def order_words(event: Event) -> Mapping[str, str]:
    """What fills a sentence's places. `number` is the matter's; of an order about a unit alone it says so."""
    order = _order(event)
    return {
        "number": order.matter.number if order.matter else gettext("单位督办"),
        "order": f"{word(COLOURS, order.colour)} {order.number}",
        "unit": order.unit.name,
        "due": spelled_deadline(order.reply_by),
        "link": f"{settings.SITE_URL}/orders/{order.key}",
    }


def _order(event: Event) -> Order:
    return Order.objects.select_related("matter", "unit", "handler__unit").get(pk=event.facts["order"])
