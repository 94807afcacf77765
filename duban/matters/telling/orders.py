"""Alarms answered and supervision orders, told. The petitioner reads that, not what, the office wrote to the unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from duban.core.events import Kind
from duban.core.orders import Colour, spelled
from duban.journal.models import Event

from ..words import ORDERS, spelled_day, word
from .saying import Teller, Told, instant

if TYPE_CHECKING:
    from ..timeline import Material


def answered(event: Event, material: Material) -> Told:
    """The office looked into an alarm. What it noted stays inside."""
    text = _("督查室已经过问这次%(boundary)s。") % {
        "boundary": _("红灯") if event.facts["boundary"] == "red" else _("黄灯")
    }
    inside = material.remark(event.facts) if material.audience == "staff" else ""
    return _("督查室过问"), f"{text}{inside}"


def issued(event: Event, material: Material) -> Told:
    """An order went out."""
    text = _("督查室向%(unit)s发出%(order)s，要求%(day)s前回复。") % {
        "unit": material.unit(event.facts["unit"]),
        "order": _order(event, material),
        "day": spelled_day(instant(event.facts["reply_by"])),
    }
    return _("发出督办件"), text


def acknowledged(event: Event, material: Material) -> Told:
    """The unit has read it."""
    return _("签收督办件"), _("%(unit)s已签收%(order)s。") % _places(event, material)


def replied(event: Event, material: Material) -> Told:
    """The unit replied."""
    text = _("%(unit)s已回复%(order)s。") % _places(event, material)
    late = _("已超过回复期限。") if event.facts.get("late") else ""
    return _("回复督办件"), f"{text}{late}"


def accepted(event: Event, material: Material) -> Told:
    """The office is content."""
    return _("督办件了结"), _("督查室认可了%(unit)s对%(order)s的回复。") % _places(event, material)


def sent_back(event: Event, material: Material) -> Told:
    """The reply will not do."""
    text = _("督查室不认可%(unit)s对%(order)s的回复，要求%(day)s前重新回复。") % {
        **_places(event, material),
        "day": spelled_day(instant(event.facts["reply_by"])),
    }
    return _("督办件退回重报"), text


def recalled(event: Event, material: Material) -> Told:
    """The office took it back."""
    return _("收回督办件"), _("督查室收回了%(order)s。") % _places(event, material)


def _places(event: Event, material: Material) -> Mapping[str, str]:
    return {"unit": material.unit(event.facts["unit"]), "order": _order(event, material)}


def _order(event: Event, material: Material) -> str:
    """红色督办件; for staff with its number."""
    facts = event.facts
    name = word(ORDERS, facts["colour"])
    if material.audience != "staff":
        return name
    number = spelled(Colour(facts["colour"]), facts["year"], facts["serial"])
    return _("%(order)s（%(number)s）") % {"order": name, "number": number}


TELLERS: Mapping[Kind, Teller] = {
    Kind.ALARM_ANSWERED: answered,
    Kind.ORDER_ISSUED: issued,
    Kind.ORDER_ACKNOWLEDGED: acknowledged,
    Kind.ORDER_REPLIED: replied,
    Kind.ORDER_ACCEPTED: accepted,
    Kind.ORDER_SENT_BACK: sent_back,
    Kind.ORDER_RECALLED: recalled,
}
