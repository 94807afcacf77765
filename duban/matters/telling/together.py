"""Merged matters and assisting units, told. Nobody is told who else asked, nor what units said among themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.core.events import Kind
from duban.journal.models import Event

from ..words import spelled_day, spelled_moment
from . import handling, meeting
from .saying import Teller, Told, instant

if TYPE_CHECKING:
    from ..timeline import Material


def merged(event: Event, material: Material) -> Told:
    """Two matters of one thing become one piece of work."""
    text = _("和 %(lead)s 说的是同一件事，两件一起办。评价仍由诉求人各自作出。") % {
        "lead": _lead(event, material)
    }
    return _("并案"), f"{text}{_reason(event, material)}"


def separated(event: Event, material: Material) -> Told:
    """It goes on alone: the office took it out, or its lead has come to an end."""
    text = {
        Kind.MATTER_CLOSED.value: _("%(lead)s 已经销号，这件接着办。"),
        Kind.MATTER_REOPENED.value: _("按诉求人的评价，从 %(lead)s 拆出，单独重办。"),
    }.get(event.facts.get("because", ""), _("从 %(lead)s 拆出，单独办理，承诺和期限不变。"))
    return _("拆案"), f"{text % {'lead': _lead(event, material)}}{_reason(event, material)}"


def followed(event: Event, material: Material) -> Told | None:
    """What was done to the lead, as it touches this one."""
    told = _FOLLOWED.get(Kind(event.facts["because"]), _moved_along)
    return told(event, material)


def asked(event: Event, material: Material) -> Told:
    """A second unit is asked to help; the task is told inside only."""
    text = _("请%(unit)s协办，%(due)s前回复主办单位。") % {
        "unit": material.unit(event.facts["unit"]),
        "due": spelled_day(instant(event.facts["due_at"])),
    }
    return _("请求协办"), text


def replied(event: Event, material: Material) -> Told:
    """That it replied, and whether in time."""
    late = _("%(unit)s已回复主办单位，超过了协办期限。")
    text = late if event.facts.get("late") else _("%(unit)s已回复主办单位。")
    return _("协办回复"), text % {"unit": material.unit(event.facts["unit"])}


def recalled(event: Event, material: Material) -> Told:
    """No longer needed."""
    text = {"lapse": _("事项已往下走，不再请%(unit)s协办。")}.get(
        event.facts.get("by", ""), _("不再请%(unit)s协办。")
    )
    return _("协办撤回"), text % {"unit": material.unit(event.facts["unit"])}


def _accepted(event: Event, material: Material) -> Told:
    promise = material.commitments.get(event.facts.get("commitment") or 0)
    if promise is None:
        return _moved_along(event, material)
    text = ngettext(
        "%(unit)s已受理，选定“%(title)s”，承诺 %(days)s 个工作日内办结，%(due)s到期。",
        "%(unit)s已受理，选定“%(title)s”，承诺 %(days)s 个工作日内办结，%(due)s到期。",
        promise.promised_workdays,
    )
    return _("受理并承诺"), text % {
        "unit": material.unit(event.facts["now"]["unit"]),
        "title": promise.standard_title,
        "days": promise.promised_workdays,
        "due": spelled_day(instant(event.facts["now"]["due_at"])),
    }


def _extended(event: Event, material: Material) -> Told:
    return _("同意延期"), _("期限由%(before)s改为%(after)s。") % {
        "before": spelled_day(instant(event.facts["original_due_at"])),
        "after": spelled_day(instant(event.facts["now"]["due_at"])),
    }


def _given_back(event: Event, material: Material) -> Told:
    return _("同意退单"), _("由督查室重新交办。")


def _under_another(event: Event, material: Material) -> Told:
    return _("并案"), _("改随 %(lead)s 一起办。") % {"lead": _lead(event, material)}


def _moved_along(event: Event, material: Material) -> Told:
    now = event.facts["now"]
    text = _("现由%(unit)s办理。") % {"unit": material.unit(now["unit"])}
    due = _("期限是%(due)s。") % {"due": spelled_moment(instant(now["due_at"]))} if now["due_at"] else ""
    return _("随主件变动"), f"{text}{due}"


def _lead(event: Event, material: Material) -> str:
    return _("另一件") if material.audience == "public" else str(event.facts["lead"])


def _reason(event: Event, material: Material) -> str:
    return material.remark(event.facts) if material.audience == "staff" else ""


def _decided(teller: Teller) -> Teller:
    """What the joint meeting decided about the lead, with its reason."""

    def told(event: Event, material: Material) -> Told | None:
        found = teller(event, material)
        reason = material.remark(event.facts)
        if found is None or not reason:
            return found
        return found[0], f"{found[1]}{_('理由：%(why)s') % {'why': reason}}"

    return told


_FOLLOWED: Mapping[Kind, Teller] = {
    Kind.MATTER_ASSIGNED: handling.assigned,
    Kind.RETURN_GRANTED: _given_back,
    Kind.MATTER_ACCEPTED: _accepted,
    Kind.PROGRESS_REPORTED: handling.progress,
    Kind.EXTENSION_GRANTED: _extended,
    Kind.CLOCK_RECOMPUTED: handling.recomputed,
    Kind.MATTER_COMPLETED: handling.completed,
    Kind.MATTER_REOPENED: handling.reopened,
    Kind.MATTER_MERGED: _under_another,
    Kind.MATTER_SEPARATED: _under_another,
    Kind.MATTER_REASSIGNED: _decided(meeting.reassigned),
    Kind.MATTER_EXTENDED: _decided(meeting.extended),
    Kind.MATTER_DEFERRED: _decided(meeting.deferred),
}
"""How a follower's event is told, by what happened to its lead."""

TELLERS: Mapping[Kind, Teller] = {
    Kind.MATTER_MERGED: merged,
    Kind.MATTER_SEPARATED: separated,
    Kind.MATTER_FOLLOWED: followed,
    Kind.ASSIST_ASKED: asked,
    Kind.ASSIST_REPLIED: replied,
    Kind.ASSIST_RECALLED: recalled,
}
