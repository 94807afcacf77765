"""Orders and alarms as pages draw them: what is left of a reply's time, how long an alarm has waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from duban.catalogue.book import book
from duban.core.kinds import MatterKind
from duban.core.orders import points
from duban.core.rights import Actor, Verb, may
from duban.core.workdays import CalendarMissing
from duban.matters.models import Matter
from duban.matters.queries import petitioner_name
from duban.supervision.models import Order
from duban.supervision.queries import Known, orders_of

from .. import formats
from ..desk.jobs import due_words

LINE, LINES = 32, 7
"""What the middle letters hold: characters on a line, and lines of demands on the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """An order as one line: its light while a reply is owed, and what is left of its time."""

    order: Order
    light: str
    left: str
    due: str


def line_of(order: Order, now: datetime) -> Line:
    """One order of a list."""
    light = order.light(now)
    if light is None:
        return Line(order, "", "", "")
    try:
        left = formats.remaining(order.reply_by, now, book().calendar)
    except CalendarMissing:
        left = ""
    return Line(order, light.value, left, due_words(order.reply_by, now))


def lines_of(orders: Sequence[Order], now: datetime) -> list[Line]:
    """Orders as lines."""
    return [line_of(order, now) for order in orders]


def matter_orders(matter: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    """The orders about a matter, for its page, and whether the account may issue one: one statement."""
    orders = orders_of(matter)
    return {
        "orders": lines_of(orders, now),
        "orders_seen": {one.unit_id for one in orders if may(actor, Verb.SEE_ORDER, unit=one.unit_id)},
        "may_order": may(actor, Verb.ISSUE_ORDER) and matter.state not in ("registered", "closed"),
    }


def letter(order: Order, actor: Actor) -> dict[str, Any]:
    """What the printed letter says besides the order's own columns; who asks, only to who may see the matter."""
    matter = order.matter
    seen = matter is not None and may(actor, Verb.SEE_MATTER, unit=matter.unit_id, matter=matter.pk)
    return {
        "points": points(order.demand),
        "matter": matter,
        "may_see_matter": seen,
        "asker": petitioner_name(matter, actor) if matter else "",
        "judged": gettext(_judged(matter)) if matter else "",
        "density": _density(order, len(matter.title) if matter else 0),
    }


def _judged(matter: Matter) -> str:
    """What becomes of the matter once it is completed: who judges it (rules 9 and 10)."""
    if matter.kind == MatterKind.DIRECTIVE:
        return _("办结后由交办领导评价，不满意的退回重办。")
    if matter.collective:
        return _("办结后由群众测评，没有通过的退回重办。")
    return _("办结后由诉求人评价，不满意的退回重办。")


def _density(order: Order, title: int) -> str:
    """Which letters keep the letter on its one page: "" the large ones, "some" smaller ones, "many" the smallest."""
    given = points(order.demand)
    if len(order.demand) <= 50 and len(given) <= 3 and title <= 14:
        return ""
    lines = sum(-(-len(point) // LINE) for point in given)
    return "some" if lines <= LINES and title <= 28 else "many"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alarm with what is known about it, in words."""

    known: Known
    age: str
    held: str
    light: str
    status: str


def waiting_of(known: Known, now: datetime) -> Waiting:
    """已 3 个工作日无人处置; 1月29日起，已 5 个工作日; the matter's light and status as they are now."""
    matter = known.alarm.matter
    return Waiting(known, _age(known), _held(known), matter.light(now).value, matter.status(now).value)


def _age(known: Known) -> str:
    answered, days = known.alarm.answered_at is not None, known.age
    if days is None:
        return ""
    if days < 1:
        return gettext("当天处置") if answered else gettext("今天亮灯，还没有人处置")
    if answered:
        return ngettext("过了 %(n)s 个工作日才处置", "过了 %(n)s 个工作日才处置", days) % {"n": days}
    return ngettext("已 %(n)s 个工作日无人处置", "已 %(n)s 个工作日无人处置", days) % {"n": days}


def _held(known: Known) -> str:
    since = formats.day(known.held_since)
    if not known.held:  # no calendar for it, or since today
        return gettext("%(day)s起") % {"day": since}
    return ngettext("%(day)s起，已 %(n)s 个工作日", "%(day)s起，已 %(n)s 个工作日", known.held) % {
        "day": since,
        "n": known.held,
    }
