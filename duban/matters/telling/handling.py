"""The ordinary life of a matter, told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.core.events import Kind
from duban.core.kinds import MatterKind
from duban.journal.models import Event

from ..words import CALLBACKS, CHANNELS, CLOCKS, GRADES, METHODS, OUTCOMES, spelled_day, spelled_moment, word
from .saying import Teller, Told, instant, with_words

if TYPE_CHECKING:
    from ..timeline import Material


def registered(event: Event, material: Material) -> Told:
    """A number was given: to a citizen's matter, or to a leader's directive, which goes the same way (the source)."""
    if material.matter.kind == MatterKind.DIRECTIVE:
        return _("挂号"), _("领导交办，与群众事项同样办理。")
    return _("挂号"), _("通过%(channel)s挂号。") % {"channel": word(CHANNELS, event.facts.get("channel"))}


def assigned(event: Event, material: Material) -> Told:
    """A unit got it: by rule, by the petitioner's wish, or by the office."""
    facts: Mapping[str, Any] = event.facts
    places = {
        "unit": material.unit(facts["now"]["unit"]),
        "due": spelled_moment(instant(facts["now"]["due_at"])),
    }
    if facts.get("assignment", 1) > 2:
        return _("指定办理"), _("督查室指定%(unit)s办理，不能再退；须在%(due)s前受理。") % places
    directed = material.matter.kind == MatterKind.DIRECTIVE
    how = {
        "rule": _("按地点和内容交%(unit)s，须在%(due)s前受理。"),
        "wish": _("按领导指示交%(unit)s，须在%(due)s前受理。")
        if directed
        else _("按诉求人的选择交%(unit)s，须在%(due)s前受理。"),
    }.get(facts.get("by", ""), _("督查室交%(unit)s，须在%(due)s前受理。"))
    return _("交办"), how % places


def handed_over(event: Event, material: Material) -> Told:
    """Another handler inside the unit."""
    return _("换经办人"), _("单位内部交给另一位经办人。")


def return_requested(event: Event, material: Material) -> Told:
    """The unit says it is not its own."""
    request = material.returns.get(event.facts["request"])
    text = _("认为不属本单位职责，建议交%(unit)s。等督查室裁定，期限照走。") % {
        "unit": material.unit(event.facts["suggested"])
    }
    return _("申请退单"), with_words(text, request.reason if request else "", material)


def return_signed(event: Event, material: Material) -> Told:
    """The head stands behind the request."""
    return _("退单申请签字"), _("责任单位负责人已签字。")


def return_granted(event: Event, material: Material) -> Told:
    """Back to the office."""
    request = material.returns.get(event.facts["request"])
    return _("同意退单"), with_words(
        _("由督查室重新交办。"), request.ruling_note if request else "", material
    )


def return_refused(event: Event, material: Material) -> Told:
    """The unit keeps it, and its clock has run on."""
    request = material.returns.get(event.facts["request"])
    return _("不同意退单"), with_words(
        _("仍由原单位办理，期限不变。"), request.ruling_note if request else "", material
    )


def return_lapsed(event: Event, material: Material) -> Told:
    """Accepted after all; or the matter has taken another way."""
    text = {
        "decision": _("联席会议已作决定，退单申请不再裁定。"),
        "merging": _("已经并案，退单申请不再裁定。"),
        "withdrawal": _("诉求人已经撤回，退单申请不再裁定。"),
    }.get(event.facts.get("by", ""), _("单位已经受理，退单申请不再裁定。"))
    return _("退单申请失效"), text


def accepted(event: Event, material: Material) -> Told:
    """Contact and commitment."""
    facts = event.facts
    commitment = material.commitments.get(facts["commitment"])
    promised = ngettext(
        "从本单位清单（第 %(edition)s 版）选定“%(title)s”，承诺 %(days)s 个工作日内办结，%(due)s到期。",
        "从本单位清单（第 %(edition)s 版）选定“%(title)s”，承诺 %(days)s 个工作日内办结，%(due)s到期。",
        facts["promised_workdays"],
    ) % {
        "edition": facts["edition"],
        "title": commitment.standard_title if commitment else "",
        "days": facts["promised_workdays"],
        "due": spelled_day(instant(facts["now"]["due_at"])),
    }
    contact = _("%(method)s诉求人。") % {"method": word(METHODS, facts["contact"])}
    return _("受理并承诺"), with_words(
        f"{contact}{promised}", commitment.contact_note if commitment else "", material
    )


def progress(event: Event, material: Material) -> Told:
    """How it stands."""
    return _("进展"), material.remark(event.facts)


def addition(event: Event, material: Material) -> Told:
    """The petitioner added something."""
    return _("诉求人补充"), material.remark(event.facts)


def extension_requested(event: Event, material: Material) -> Told:
    """A later day is asked for."""
    request = material.extensions.get(event.facts["request"])
    text = _("申请延到%(day)s。等督查室裁定，原期限照走。") % {
        "day": spelled_day(date.fromisoformat(event.facts["due_on"]))
    }
    return _("申请延期"), with_words(text, request.reason if request else "", material)


def extension_signed(event: Event, material: Material) -> Told:
    """The head stands behind the request."""
    return _("延期申请签字"), _("责任单位负责人已签字。")


def extension_granted(event: Event, material: Material) -> Told:
    """The clock was set anew; the original due stays told."""
    request = material.extensions.get(event.facts["request"])
    text = _("期限由%(before)s改为%(after)s。") % {
        "before": spelled_day(instant(event.facts["original_due_at"])),
        "after": spelled_day(instant(event.facts["now"]["due_at"])),
    }
    return _("同意延期"), with_words(text, request.ruling_note if request else "", material)


def extension_refused(event: Event, material: Material) -> Told:
    """The promise stands."""
    request = material.extensions.get(event.facts["request"])
    return _("不同意延期"), with_words(_("期限不变。"), request.ruling_note if request else "", material)


def extension_lapsed(event: Event, material: Material) -> Told:
    """Completed before it was ruled on; or the matter has taken another way."""
    text = {
        "decision": _("联席会议已作决定，延期申请不再裁定。"),
        "merging": _("已经并案，延期申请不再裁定。"),
        "withdrawal": _("诉求人已经撤回，延期申请不再裁定。"),
    }.get(event.facts.get("by", ""), _("已经办结，延期申请不再裁定。"))
    return _("延期申请失效"), text


def recomputed(event: Event, material: Material) -> Told:
    """The calendar was amended."""
    return _("期限重算"), _("工作日历有调整，期限由%(before)s改为%(after)s。") % {
        "before": spelled_day(instant(event.facts["original_due_at"])),
        "after": spelled_day(instant(event.facts["now"]["due_at"])),
    }


def completed(event: Event, material: Material) -> Told:
    """The completion statement; the public reads the reply on the page itself."""
    statement = material.statements.get(event.facts["statement"])
    outcome = _("结果：%(outcome)s。") % {"outcome": word(OUTCOMES, event.facts["outcome"])}
    late = _("已超过承诺期限。") if event.facts.get("late") else _("在承诺期限内。")
    words = "\n".join(part for part in [statement.text, statement.why] if part) if statement else ""
    return _("办结"), with_words(f"{outcome}{late}", words, material)


def reminded(event: Event, material: Material) -> Told | None:
    """No verdict yet. Nobody is asked for one of a matter of many: it has its ballot."""
    if material.matter.collective:
        return None
    return _("提醒评价"), _("还没有评价，已提醒诉求人一次。")


def callback_due(event: Event, material: Material) -> Told | None:
    """Still none."""
    if material.matter.collective:
        return None
    return _("待回访"), _("仍未评价，由督查室电话回访。不评价不等于满意。")


def callback_made(event: Event, material: Material) -> Told:
    """The office rang."""
    result = _("回访结果：%(result)s。") % {"result": word(CALLBACKS, event.facts["result"])}
    return _("回访"), with_words(result, material.remark(event.facts), material)


def verdict(event: Event, material: Material) -> Told:
    """The petitioner's judgement."""
    grade = _("评价：%(grade)s。") % {"grade": word(GRADES, event.facts["grade"])}
    return _("群众评价"), with_words(grade, material.remark(event.facts), material)


def reopened(event: Event, material: Material) -> Told:
    """Not good enough: next round."""
    text = _("第 %(round)s 轮办理，%(due)s到期。") % {
        "round": event.facts["round"],
        "due": spelled_day(instant(event.facts["now"]["due_at"])),
    }
    others = _("并案的诉求人不满意。") if event.facts.get("merged") else ""
    return _("退回重办"), f"{others}{text}"


def unrated(event: Event, material: Material) -> Told:
    """Silence, after a callback."""
    return _("按未评价结案"), _("回访后仍未评价，督查室按未评价结案，不计入满意率。")


def withdrawn(event: Event, material: Material) -> Told:
    """The petitioner took it back."""
    return _("诉求人撤回"), material.remark(event.facts)


def closed(event: Event, material: Material) -> Told:
    """The end, and on what it rests."""
    return _("销号"), {
        "verdict": _("诉求人同意销号。"),
        "unrated": _("未评价结案。"),
        "withdrawn": _("诉求人撤回，予以销号。"),
        "decision": _("按联席会议决定结案，不计入满意率。"),
        "ballot": _("群众测评通过，予以销号。"),
    }.get(event.facts.get("basis", ""), "")


def alarm(event: Event, material: Material) -> Told:
    """A boundary was crossed."""
    clock = word(CLOCKS, event.facts["clock"])
    if event.facts["boundary"] == "red":
        return _("亮红灯"), _("%(clock)s逾期，已报督查室。") % {"clock": clock}
    return _("亮黄灯"), _("%(clock)s临近期限，已提醒责任单位。") % {"clock": clock}


def unmasked(event: Event, material: Material) -> Told:
    """Somebody looked at the real data, and why."""
    return _("查看实名信息"), material.remark(event.facts)


def published(event: Event, material: Material) -> Told:
    """The result was published."""
    return _("公示"), _("办理结果已公示，个人信息已隐去。")


def taken_down(event: Event, material: Material) -> Told:
    """The publication was taken down."""
    return _("撤下公示"), _("公示已撤下。")


TELLERS: Mapping[Kind, Teller] = {
    Kind.MATTER_REGISTERED: registered,
    Kind.MATTER_ASSIGNED: assigned,
    Kind.MATTER_HANDED_OVER: handed_over,
    Kind.RETURN_REQUESTED: return_requested,
    Kind.RETURN_SIGNED: return_signed,
    Kind.RETURN_GRANTED: return_granted,
    Kind.RETURN_REFUSED: return_refused,
    Kind.RETURN_LAPSED: return_lapsed,
    Kind.MATTER_ACCEPTED: accepted,
    Kind.PROGRESS_REPORTED: progress,
    Kind.ADDITION_MADE: addition,
    Kind.EXTENSION_REQUESTED: extension_requested,
    Kind.EXTENSION_SIGNED: extension_signed,
    Kind.EXTENSION_GRANTED: extension_granted,
    Kind.EXTENSION_REFUSED: extension_refused,
    Kind.EXTENSION_LAPSED: extension_lapsed,
    Kind.CLOCK_RECOMPUTED: recomputed,
    Kind.MATTER_COMPLETED: completed,
    Kind.VERDICT_REMINDED: reminded,
    Kind.CALLBACK_FELL_DUE: callback_due,
    Kind.CALLBACK_MADE: callback_made,
    Kind.VERDICT_GIVEN: verdict,
    Kind.MATTER_REOPENED: reopened,
    Kind.UNRATED_DECIDED: unrated,
    Kind.WITHDRAWAL_MADE: withdrawn,
    Kind.MATTER_CLOSED: closed,
    Kind.ALARM_RAISED: alarm,
    Kind.CITIZEN_UNMASKED: unmasked,
    Kind.PUBLICATION_APPROVED: published,
    Kind.PUBLICATION_TAKEN_DOWN: taken_down,
}
