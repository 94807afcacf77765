"""What a decision will do, in plain sentences: whoever confirms it reads what the verb has worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.core.docket import DecisionKind
from duban.core.lifecycle import State
from duban.matters.models import Extension
from duban.matters.timeline import TimelineEntry, told_ahead
from duban.matters.words import spelled_day, spelled_moment
from duban.people.units import unit_name
from duban.supervision.verbs.foreseeing import Foreseen


def consequences(ahead: Foreseen) -> list[str]:
    """Everything that happens the moment the decision is made, the most important first."""
    return [*_moves(ahead), *_ends(ahead), *_along(ahead), *_asked(ahead)]


def petitioner_reads(ahead: Foreseen, now: datetime) -> list[TimelineEntry]:
    """What will stand in the petitioner's own timeline, told by the timeline itself."""
    return told_ahead(ahead.matter, ahead.entries, ahead.proposal.reason, now)


def _moves(ahead: Foreseen) -> Iterator[str]:
    unit = unit_name(ahead.unit_was)
    match ahead.kind:
        case DecisionKind.REASSIGN:
            yield from _reassigned(ahead, unit)
        case DecisionKind.EXTEND:
            yield _("由%(unit)s继续办理。") % {"unit": unit}
            yield _later(ahead)
        case DecisionKind.DEFER:
            yield _("这件事挂账：暂缓办理，仍由%(unit)s负责。") % {"unit": unit}
            yield _later(ahead)
            yield _("到复议日，这件事自动回到联席会议议程。")
        case DecisionKind.CLOSE:
            if ahead.state_was is State.COMPLETED:
                yield _("这件事立即销号，不再等诉求人评价，不计入满意率。")
            else:
                yield _("这件事立即销号，不再办理，不计入满意率。")
            yield _("结案理由写给诉求人看；这件事公示后，所有人都看得到。")
        case DecisionKind.REFER:
            yield _("线索移交纪检监察，理由只有纪检监察和您看得到。")
            yield _("仍由%(unit)s办理，期限不变。单位和诉求人看到的，与“维持”没有两样。") % {"unit": unit}
        case _:
            yield _("仍由%(unit)s办理，期限不变。理由留在会议记录里，诉求人看不到。") % {"unit": unit}


def _reassigned(ahead: Foreseen, unit: str) -> Iterator[str]:
    to = unit_name(ahead.matter.unit_id)
    if ahead.state_was is State.REGISTERED:
        yield _("这件事还没有交办，现在指定%(to)s办理，不能再退。") % {"to": to}
    else:
        yield _("由%(unit)s改交%(to)s办理，%(to)s不能再退。") % {"unit": unit, "to": to}
    if ahead.within_hours is not None:
        yield ngettext(
            "这是急件：从作出决定起 %(n)s 小时内，%(to)s须联系诉求人并受理。",
            "这是急件：从作出决定起 %(n)s 小时内，%(to)s须联系诉求人并受理。",
            ahead.within_hours,
        ) % {"n": ahead.within_hours, "to": to}
    else:
        yield _("受理时限重新起算：%(to)s须在%(due)s前联系诉求人并受理。") % {
            "to": to,
            "due": spelled_moment(ahead.matter.clock_due_at),
        }
    if ahead.state_was is State.HANDLING and ahead.due_was is not None:
        yield _("原定%(due)s办结的期限不再算，由%(to)s受理时重新承诺。") % {
            "due": spelled_day(ahead.due_was),
            "to": to,
        }


def _later(ahead: Foreseen) -> str:
    workdays, due_was = ahead.matter.clock_workdays or 0, ahead.due_was or ahead.matter.clock_due_at
    return ngettext(
        "期限由%(before)s改为%(after)s，从明天算起共 %(n)s 个工作日。",
        "期限由%(before)s改为%(after)s，从明天算起共 %(n)s 个工作日。",
        workdays,
    ) % {
        "before": spelled_day(due_was),
        "after": spelled_day(ahead.matter.clock_due_at),
        "n": workdays,
    }


def _ends(ahead: Foreseen) -> Iterator[str]:
    unit = unit_name(ahead.unit_was)
    if isinstance(ahead.request, Extension):
        yield _("%(unit)s正等裁定的延期申请随之作废。") % {"unit": unit}
    elif ahead.request is not None:
        yield _("%(unit)s正等裁定的退单申请随之作废。") % {"unit": unit}
    for assist in ahead.assists:
        yield _("不再请%(unit)s协办，请求随之收回。") % {"unit": assist.unit.name}
    for deferral in ahead.proposal.ends:
        yield _("上一次挂账（%(day)s复议）到此结束。") % {"day": spelled_day(deferral.review_on)}
    if count := len(ahead.answers):
        yield ngettext(
            "还没有处置的 %(n)s 条报警，随之记为由这项决定处置。",
            "还没有处置的 %(n)s 条报警，随之记为由这项决定处置。",
            count,
        ) % {"n": count}


def _along(ahead: Foreseen) -> Iterator[str]:
    merged = ahead.merged
    if not merged:
        return
    if ahead.kind is DecisionKind.CLOSE:
        yield ngettext(
            "并入的 %(n)s 件不随同结案，以 %(number)s 为主件继续办理。",
            "并入的 %(n)s 件不随同结案，以 %(number)s 为主件继续办理。",
            len(merged),
        ) % {"n": len(merged), "number": merged[0].number}
    else:
        yield ngettext(
            "并入的 %(n)s 件一并照此办理，理由也告诉它们的诉求人。",
            "并入的 %(n)s 件一并照此办理，理由也告诉它们的诉求人。",
            len(merged),
        ) % {"n": len(merged)}


def _asked(ahead: Foreseen) -> Iterator[str]:
    follow_up = ahead.proposal.follow_up
    if follow_up.due_on is None:
        yield _("不另外要求跟踪落实。")
        return
    yield _("%(unit)s须在%(day)s前落实并报告，由督查室核实。") % {
        "unit": unit_name(follow_up.unit),
        "day": spelled_day(follow_up.due_on),
    }
