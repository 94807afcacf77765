"""The audit log: the journal, newest first, for the audit administrator alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy as pgettext
from django.views.decorators.http import require_GET

from duban.core.events import Kind
from duban.core.rights import Verb
from duban.journal.models import Event
from duban.journal.reading import events
from duban.matters.auditing import numbers_of, reasons_of, stream_of
from duban.people.queries import accounts

from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from .people import names_of

KINDS: Mapping[Kind, str] = {
    Kind.MATTER_REGISTERED: _("挂号"),
    Kind.MATTER_ASSIGNED: _("交办"),
    Kind.MATTER_HANDED_OVER: _("换经办人"),
    Kind.RETURN_REQUESTED: _("申请退单"),
    Kind.RETURN_SIGNED: _("退单签字"),
    Kind.RETURN_GRANTED: _("同意退单"),
    Kind.RETURN_REFUSED: _("不同意退单"),
    Kind.RETURN_LAPSED: _("退单失效"),
    Kind.MATTER_ACCEPTED: _("受理并承诺"),
    Kind.PROGRESS_REPORTED: _("报进展"),
    Kind.ADDITION_MADE: _("诉求人补充"),
    Kind.EXTENSION_REQUESTED: _("申请延期"),
    Kind.EXTENSION_SIGNED: _("延期签字"),
    Kind.EXTENSION_GRANTED: _("同意延期"),
    Kind.EXTENSION_REFUSED: _("不同意延期"),
    Kind.EXTENSION_LAPSED: _("延期失效"),
    Kind.CLOCK_RECOMPUTED: _("期限重算"),
    Kind.MATTER_COMPLETED: _("办结"),
    Kind.VERDICT_GIVEN: _("评价"),
    Kind.VERDICT_REMINDED: _("提醒评价"),
    Kind.CALLBACK_FELL_DUE: _("到回访时间"),
    Kind.CALLBACK_MADE: _("回访"),
    Kind.UNRATED_DECIDED: _("按未评价结案"),
    Kind.WITHDRAWAL_MADE: _("撤回"),
    Kind.MATTER_REOPENED: _("退回重办"),
    Kind.MATTER_CLOSED: _("销号"),
    Kind.ALARM_RAISED: _("亮灯报警"),
    Kind.ALARM_ANSWERED: _("处置报警"),
    Kind.ORDER_ISSUED: _("发出督办件"),
    Kind.ORDER_ACKNOWLEDGED: _("签收督办件"),
    Kind.ORDER_REPLIED: _("回复督办件"),
    Kind.ORDER_ACCEPTED: _("认可督办件回复"),
    Kind.ORDER_SENT_BACK: _("退回督办件回复"),
    Kind.ORDER_RECALLED: _("收回督办件"),
    Kind.CHECKLIST_AMENDED: _("改检查表"),
    Kind.CHECK_STARTED: _("抽样检查"),
    Kind.INSPECTOR_CHANGED: _("换检查人"),
    Kind.FINDING_RECORDED: _("记检查结果"),
    Kind.FINDING_ANNOTATED: _("补记检查结果"),
    Kind.CHECK_CLOSED: _("结束检查"),
    Kind.MATTER_MERGED: _("并案"),
    Kind.MATTER_SEPARATED: _("拆案"),
    Kind.MATTER_FOLLOWED: _("随主件变动"),
    Kind.ASSIST_ASKED: _("请求协办"),
    Kind.ASSIST_REPLIED: _("协办回复"),
    Kind.ASSIST_RECALLED: _("协办撤回"),
    Kind.CODE_REQUESTED: _("要联名验证码"),
    Kind.VOTING_CODE_REQUESTED: _("要求重发投票码"),
    Kind.COSIGNER_JOINED: _("联名"),
    Kind.COSIGNER_REMOVED: _("移出联名"),
    Kind.BALLOT_OPENED: _("开始测评"),
    Kind.VOTE_RECEIVED: _("收到一票"),
    Kind.PAPER_GIVEN: _("发纸票"),
    Kind.PAPER_ENTERED: _("清点纸票"),
    Kind.PAPER_DISCARDED: _("纸票清点作废"),
    Kind.BALLOT_CLOSED: _("测评结束"),
    Kind.SCORES_AMENDED: _("改分值"),
    Kind.ENTRY_ANSWERED: _("答复一笔账"),
    Kind.ENTRY_APPEALED: _("申诉一笔账"),
    Kind.APPEAL_RULED: _("裁定申诉"),
    Kind.CITIZEN_UNMASKED: _("查看实名"),
    Kind.PUBLICATION_APPROVED: _("批准公示"),
    Kind.PUBLICATION_TAKEN_DOWN: _("撤下公示"),
    Kind.SEATS_AMENDED: _("改联席会议席位"),
    Kind.MATTER_DOCKETED: _("提交联席会议"),
    Kind.MATTER_DROPPED: _("撤下会议议程"),
    Kind.MATERIAL_FILED: _("提交议题材料"),
    Kind.MEETING_CONVENED: _("召集联席会议"),
    Kind.ATTENDANCE_RECORDED: _("记录到会"),
    Kind.MEETING_CLOSED: _("结束联席会议"),
    Kind.MEETING_CALLED_OFF: _("取消联席会议"),
    Kind.DECISION_MADE: _("联席会议决定"),
    Kind.FOLLOW_UP_REPORTED: _("报告决定落实"),
    Kind.DECISION_REVIEWED: _("核实决定落实"),
    Kind.MATTER_REASSIGNED: _("会议改交办理"),
    Kind.MATTER_EXTENDED: _("会议延长期限"),
    Kind.MATTER_DEFERRED: _("会议挂账"),
    Kind.MATTER_REFERRED: _("移交纪检监察"),
    Kind.STANDARDS_PUBLISHED: _("发布清单"),
    Kind.CALENDAR_AMENDED: _("改日历"),
    Kind.POLICY_AMENDED: _("改数字"),
    Kind.ROUTES_AMENDED: _("改交办规则"),
    Kind.ACCOUNT_CREATED: _("开户"),
    Kind.ACCOUNT_CHANGED: _("改账号"),
    Kind.TOKEN_ISSUED: _("发令牌"),
    Kind.TOKEN_REVOKED: _("作废令牌"),
    Kind.SIGNED_IN: _("登录"),
    Kind.SIGN_IN_FAILED: _("登录失败"),
}

_HAPPENED = {
    Kind.ALARM_ANSWERED: pgettext("happened", "处置报警"),
    Kind.INSPECTOR_CHANGED: pgettext("happened", "换检查人"),
    Kind.CHECK_CLOSED: pgettext("happened", "结束检查"),
    Kind.BALLOT_OPENED: pgettext("happened", "开始测评"),
    Kind.APPEAL_RULED: pgettext("happened", "裁定申诉"),
    Kind.SIGNED_IN: pgettext("happened", "登录"),
}
"""Kinds whose word is a button's elsewhere: here it has happened, which English says otherwise."""


def happened(kind: Kind) -> str:
    """What happened, in a word."""
    return str(_HAPPENED[kind]) if kind in _HAPPENED else gettext(KINDS[kind])


class AuditForm(StaffForm):
    """What to look for."""

    kind = text(pgettext("field", "做了什么"))
    who = text(pgettext("field", "谁（用户名或姓名）"))
    about = text(pgettext("field", "对哪件（挂号编号）"))
    on = text(pgettext("field", "哪一天"))


@dataclass(frozen=True, slots=True)
class Line:
    """One event as it is told: when, what, who, about what, and its facts."""

    at: datetime
    what: str
    who: str
    about: str
    stream: str
    seq: int
    reason: str
    facts: tuple[tuple[str, str], ...]
    hash: str


@require_GET
@staff_page(Verb.READ_AUDIT)
def audit(request: StaffRequest) -> HttpResponse:
    """`/settings/audit?kind=&who=&about=&on=&after=`: by keyset; facts hold keys and figures, never a name."""
    form = AuditForm(request.GET)
    form.is_valid()
    form.read_day("on")
    asked = {name: form.cleaned_data.get(name) or "" for name in ("kind", "who", "about")}
    who = asked["who"].strip()
    key = _key_of(who) if who else ""
    after = request.GET.get("after", "")
    page = events(
        kind=asked["kind"] if asked["kind"] in set(Kind) else "",
        actor=key,
        stream=_stream_of(asked["about"].strip()),
        on=form.cleaned_data.get("on"),
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0,
    )
    beside = _beside(page.items)
    kept = {name: value for name, value in request.GET.items() if value and name != "after"}
    context = {
        "form": form,
        "kinds": [(kind.value, happened(kind)) for kind in KINDS],
        "lines": [_line(event, beside) for event in page.items],
        "onward": f"{reverse('audit')}?{urlencode({**kept, 'after': page.next})}" if page.next else "",
    }
    return render(request, "office/audit.html", context, status=422 if form.errors else 200)


def _key_of(who: str) -> str:
    """The actor key behind a user name, a name, or a key as it stands in the journal; else one nobody has."""
    if ":" in who or who in ("system", "anyone"):
        return who
    found = next((one for one in accounts(text=who) if who in (one.username, one.display_name)), None)
    return found.actor.key if found else f"?{who}"[:40]


def _stream_of(about: str) -> str:
    """A matter's stream by its number, or any stream as it stands in the journal."""
    return about if not about or ":" in about else (stream_of(about) or about[:40])


@dataclass(frozen=True, slots=True)
class Beside:
    """What lines need besides their events, read once: names, numbers of matters, reasons for a look."""

    names: Mapping[str, str]
    numbers: Mapping[int, str]
    reasons: Mapping[int, str]


def _beside(page: Sequence[Event]) -> Beside:
    serials = [int(event.stream[7:]) for event in page if event.stream.startswith("matter:")]
    looks = [event.facts["remark"] for event in page if event.kind == Kind.CITIZEN_UNMASKED]
    return Beside(names_of(event.actor for event in page), numbers_of(set(serials)), reasons_of(looks))


def _line(event: Event, beside: Beside) -> Line:
    room, _sep, key = event.stream.partition(":")
    return Line(
        at=event.at,
        what=happened(Kind(event.kind)),
        who=beside.names[event.actor],
        about=beside.numbers.get(int(key), event.stream) if room == "matter" else event.stream,
        stream=event.stream,
        seq=event.seq,
        reason=beside.reasons.get(event.facts.get("remark", 0), ""),
        facts=tuple((str(name), str(value)[:80]) for name, value in event.facts.items()),
        hash=event.hash[:12],
    )
