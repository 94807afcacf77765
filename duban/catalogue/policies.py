"""Amending the policy figures. A new version holds from its moment on and never touches a promise already made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from duban.core import rights
from duban.core.events import Kind
from duban.core.policy import Policy, bounds
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Verb
from duban.journal.recording import Entry, record

from .book import policy_of
from .models import PolicyVersion
from .revisions import bump

STREAM = "policy"


def _(sentence: str) -> str:
    """Mark for extraction; the doors translate it."""
    return sentence


FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "acceptance_workdays": _("受理时限（工作日，自交办起）"),
        "urgent_acceptance_hours": _("紧急事项受理时限（小时，昼夜连续）"),
        "assigning_workdays": _("督查室交办时限（工作日，自挂号起）"),
        "return_window_workdays": _("退单须在交办后几个工作日内提出"),
        "returns_granted_at_most": _("最多准许退单几次"),
        "extensions_per_commitment": _("一次承诺最多延期几次"),
        "verdict_reminder_days": _("办结后几天提醒评价"),
        "callback_days": _("办结后几天回访"),
        "repeat_window_hours": _("几小时内的相同内容视为重复"),
        "quiet_from_hour": _("免打扰从几点开始"),
        "quiet_until_hour": _("免打扰到几点结束"),
        "head_must_sign": _("退单、延期须由责任单位负责人签字"),
        "draft_days": _("草稿保留几天"),
        "ballot_days": _("群众测评开放几天"),
        "ballot_quorum_percent": _("测评有效所需的参加比例（占选民册的百分之几，0 为有一票即可）"),
        "assist_workdays": _("协办时限（工作日，未另定时）"),
        "order_reply_workdays": _("督办件回复时限（工作日，未另定时）"),
        "order_escalation_workdays": _("督办件逾期几个工作日后建议升级"),
        "docket_red_workdays": _("亮红灯几个工作日后提交联席会议"),
        "docket_negative_rounds": _("群众几轮不满意后提交联席会议"),
        "docket_returns": _("退单几次后提交联席会议"),
        "docket_ballots": _("群众测评几次未通过后提交联席会议"),
        "terminal_silent_hours": _("有事待办时终端几小时未登录就点名"),
        "ranking_least_matters": _("不足几件事的单位不参加排名"),
    }
)
"""What each figure is called on the settings page and in a refusal."""


@transaction.atomic
def amend_policy(
    *, figures: Mapping[str, int | bool], note: str = "", actor: Actor, now: datetime
) -> PolicyVersion:
    """A new version with these figures changed and the others as they were.

    Raises Forbidden, Invalid by figure (`policy_bounds`, `not_a_number`, `policy_unknown`), Refused(`policy_unchanged`).
    """
    rights.require(actor, Verb.AMEND_POLICY)
    wrong = {name: problem for name, value in figures.items() if (problem := _problem(name, value))}
    if len(note) > 200:
        wrong["note"] = ("too_long", {"limit": 200})
    if wrong:
        raise Invalid(wrong)
    bump()
    latest = PolicyVersion.objects.order_by("-number").first()
    before = policy_of(latest.figures) if latest else Policy()
    after = policy_of({**before.as_dict(), **figures})
    if after == before:
        raise Refused("policy_unchanged")
    version = PolicyVersion.objects.create(
        number=latest.number + 1 if latest else 1,
        figures=after.as_dict(),
        at=now,
        by=actor.key,
        note=note.strip(),
    )
    old, new = before.as_dict(), after.as_dict()
    changed = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    facts = {"version": version.number, "changed": changed}
    record(STREAM, Entry(Kind.POLICY_AMENDED, facts), actor=actor, at=now)
    return version


def _problem(name: str, value: object) -> tuple[str, Mapping[str, object]] | None:
    kinds = {figure.name: type(figure.default) for figure in fields(Policy)}
    if name not in kinds:
        return "policy_unknown", {"figure": name}
    if type(value) is not kinds[name]:  # True is an int to Python, not to the office
        return "not_a_number" if kinds[name] is int else "yes_or_no_needed", {}
    low, high = bounds(name)
    if isinstance(value, int) and kinds[name] is int and not low <= value <= high:
        return "policy_bounds", {"figure": FIGURES[name], "low": low, "high": high}
    return None
