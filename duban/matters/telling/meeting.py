"""The joint meeting, told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from duban.core.events import Kind
from duban.journal.models import Event

from ..words import spelled_day, spelled_moment
from .saying import Teller, Told, instant, with_words

if TYPE_CHECKING:
    from ..timeline import Material


def docketed(event: Event, material: Material) -> Told:
    """A hard matter goes before the meeting, and why; the key of a ground that is counted says how often it came about."""
    why = {
        "negative": _("已有 %(n)s 轮评价不满意，提交联席会议研究。"),
        "returns": _("已退单 %(n)s 次，提交联席会议研究由谁来办。"),
        "ballot": _("群众测评 %(n)s 次没有通过，提交联席会议研究。"),
        "red": _("长期逾期，提交联席会议研究。"),
        "review": _("暂缓办理的复议日到了，再次提交联席会议研究。"),
    }
    sentence = why.get(event.facts["ground"], _("由督查室提交联席会议研究。"))
    return _("提交联席会议"), sentence % {"n": event.facts["key"]}


def dropped(event: Event, material: Material) -> Told:
    """The office took it off again."""
    return _("撤下会议议程"), _("不再提交联席会议，由责任单位继续办理。")


def filed(event: Event, material: Material) -> Told:
    """A paper was laid before the meeting; what it says is for the meeting and the unit's head."""
    what = {
        "position": _("单位意见已提交联席会议。"),
        "option": _("备选方案已提交联席会议。"),
    }
    return _("提交议题材料"), what.get(event.facts["kind"], _("督查室意见已提交联席会议。"))


def decided(event: Event, material: Material) -> Told:
    """What the meeting decided and why. A closing's reason is everyone's to read.

    Of a referral nothing is said: its words are those of a matter left as it is, without a reason either, so that
    the unit cannot tell the one from the other.
    """
    facts = event.facts
    sentence = {
        "reassign": _("联席会议决定改由另一个单位办理。"),
        "extend": _("联席会议决定延长办理期限。"),
        "defer": _("联席会议决定这件事暂缓办理，定期复议。"),
        "close": _("联席会议决定结案。"),
    }.get(facts["kind"])
    if sentence is None:
        return _("联席会议研究"), _("联席会议研究了这件事：承办单位和期限都不变，照原来的安排继续。")
    if facts["kind"] == "close":
        remark = material.remarks.get(int(facts["remark"]))
        return _("联席会议决定"), sentence + (_("理由：%(why)s") % {"why": remark.text} if remark else "")
    reason = material.remark(facts)
    words = _("理由：%(why)s") % {"why": reason} if reason else ""
    return _("联席会议决定"), with_words(sentence, words, material)


def reported(event: Event, material: Material) -> Told:
    """The unit that was asked has reported. Which one, and what, might tell of a referral."""
    return _("报告落实情况"), _("联席会议要求落实的事，责任单位已报告落实情况。")


def reviewed(event: Event, material: Material) -> Told:
    """The office saw to what the decision asked."""
    if event.facts["done"]:
        return _("决定已落实"), _("督查室核实，联席会议的要求已经落实。")
    return _("决定未落实"), _("督查室核实，联席会议的要求还没有落实。")


def reassigned(event: Event, material: Material) -> Told:
    """Another unit has it, and cannot send it back."""
    return _("指定办理"), _("指定%(unit)s办理，不能再退；须在%(due)s前受理。") % {
        "unit": material.unit(event.facts["now"]["unit"]),
        "due": spelled_moment(instant(event.facts["now"]["due_at"])),
    }


def extended(event: Event, material: Material) -> Told:
    """The clock was set anew; the original due stays told."""
    return _("期限延长"), _("期限由%(before)s改为%(after)s。") % {
        "before": spelled_day(instant(event.facts["original_due_at"])),
        "after": spelled_day(instant(event.facts["now"]["due_at"])),
    }


def deferred(event: Event, material: Material) -> Told:
    """Put off until a review day. Officials call it 挂账; to everybody else it is said in plain words."""
    return _("暂缓办理"), _("会议决定暂缓办理，到%(day)s复议；原期限%(before)s。") % {
        "day": spelled_day(date.fromisoformat(event.facts["review_on"])),
        "before": spelled_day(instant(event.facts["original_due_at"])),
    }


TELLERS: Mapping[Kind, Teller] = {
    Kind.MATTER_DOCKETED: docketed,
    Kind.MATTER_DROPPED: dropped,
    Kind.MATERIAL_FILED: filed,
    Kind.DECISION_MADE: decided,
    Kind.FOLLOW_UP_REPORTED: reported,
    Kind.DECISION_REVIEWED: reviewed,
    Kind.MATTER_REASSIGNED: reassigned,
    Kind.MATTER_EXTENDED: extended,
    Kind.MATTER_DEFERRED: deferred,
}
