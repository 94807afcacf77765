"""Merging matters, and units that assist."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # merging
        "merged_follows": _("这件事已并入 %(lead)s，两件一起办，请到 %(lead)s 上办理。"),
        "merge_lead_missing": _("请填写要并入的编号。"),
        "merge_lead_unknown": _("没有这个编号的事项，请核对后再填。"),
        "merge_itself": _("不能并入它自己。"),
        "merge_already": _("这件事已经并入 %(lead)s。要改并，请先拆出来。"),
        "merge_lead_follows": _("您填的那件已经并入 %(lead)s，请直接填 %(lead)s。"),
        "merge_lead_state": _("您填的那件已经办结或销号，不能再并入。"),
        "merge_collective": _("集体事项要由群众测评，不能并入别的事项；可以把别的并到它名下。"),
        "merge_directive": _("领导指示和群众诉求不能并案。"),
        "merge_promise_made": _(
            "这件事已经受理并作出承诺，而您填的那件还没有受理。请反过来，把那件并入这一件。"
        ),
        "merge_not_merged": _("这件事没有并入别的事项，不用拆出。"),
        # assisting
        "assist_task_missing": _("请写明要协办单位做什么。"),
        "assist_own_unit": _("这个单位就是主办单位，不用再请它协办。"),
        "assist_already": _("已经请%(unit)s协办，它还没有回复。"),
        "assist_after_lead": _("协办期限不能晚于主办的期限 %(due)s。"),
        "assist_none": _("没有等这个单位回复的协办。"),
    }
)
