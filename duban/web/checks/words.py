"""The words of the five checks: rules of sampling, answers, results."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from duban.core.checks import Answer, Result, Rule

RULES: Mapping[str, tuple[str, str]] = {
    Rule.ALL_OPEN: (_("全部未销号的"), _("从挂号到等评价")),
    Rule.RED: (_("红灯的"), _("现在已经逾期")),
    Rule.COMPLETED_LATELY: (_("近期办结的"), _("30 天内写了办结说明")),
    Rule.REOPENED: (_("复号重办的"), _("群众不满意，正在第二轮以上")),
    Rule.RETURNED: (_("退过单的"), _("换过责任单位，还没有销号")),
    Rule.UNRATED: (_("未评价结案的"), _("30 天内没有评价就结了案")),
    Rule.SILENT: (_("久无进展的"), _("正在办理，5 天没有报进展")),
}
ANSWERS: Mapping[str, str] = {
    Answer.YES: _("是"),
    Answer.NO: _("否"),
    Answer.NOT_APPLICABLE: _("不适用"),
}
RESULTS: Mapping[str, str] = {Result.OK: _("没有问题"), Result.PROBLEM: _("发现问题")}


def rule(key: str) -> str:
    """红灯的 … for a rule."""
    return gettext(RULES[key][0])


def rule_hint(key: str) -> str:
    """What exactly a rule draws from."""
    return gettext(RULES[key][1])


def answer(key: str) -> str:
    """是, 否, 不适用."""
    return gettext(ANSWERS[key])


def result(key: str) -> str:
    """没有问题, 发现问题."""
    return gettext(RESULTS[key])
