"""Ledgers, replies and appeals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "ledger_not_yours": _("没有这本账，或者您不能看。"),
        "entry_unknown": _("没有这笔账，或者不在您的账上。"),
        "entry_no_conduct": _("绩效账由办理结果和群众评价记成，不能答复或申诉；作风账可以。"),
        "entry_taken_back": _("这笔账已经冲销，不用再答复或申诉。"),
        "entry_answered": _("这笔账您已经答复过了，答复留存，不能再改。"),
        "appeal_made": _("这笔账您已经申诉过了，只能申诉一次。"),
        "appeal_too_late": _("申诉要在记账后 %(workdays)s 个工作日内提出，这笔账到%(until)s为止。"),
        "own_appeal": _("这笔账记在您自己名下，或者申诉是您提的，请由督查室的其他人裁定。"),
        "appeal_none": _("这笔账没有人申诉。"),
        "appeal_ruled": _("这件申诉已经裁定过了。"),
        "period_shape": _("请写成 2014-01（月）或 2014-Q1（季度）。"),
        "scores_unchanged": _("分值和现在的一样，没有改动。"),
        "score_unknown": _("没有“%(item)s”这一项。"),
        "score_bounds": _("“%(item)s”的分值要在 %(low)s 到 %(high)s 之间。"),
    }
)
