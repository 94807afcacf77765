"""The five checks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "checklist_unknown": _("没有这张检查表。请从五查里选一张。"),
        "checklist_title": _("请写检查表的名称，最多 %(limit)s 个字。"),
        "checklist_purpose": _("请写明这一查查什么，最多 %(limit)s 个字。"),
        "checklist_empty": _("检查表至少要有一个问题。"),
        "checklist_long": _("检查表最多 %(limit)s 个问题。"),
        "checklist_question_long": _("一个问题最多 %(limit)s 个字，现在有一个 %(length)s 个字。"),
        "checklist_twice": _("有两个问题一模一样，请删去一个。"),
        "checklist_unchanged": _("内容和现在的版本一样，没有要改的。"),
        "check_rule": _("请选择从哪些事项里抽。"),
        "check_kind": _("没有这个类别。"),
        "check_size": _("抽查件数须是 1 至 %(limit)s 的整数。"),
        "check_seed": _("抽样种子只用字母、数字和短横，最多 %(limit)s 个；不填就由系统随机产生。"),
        "check_inspectors_missing": _("请至少选一位检查人。"),
        "check_inspectors_many": _("检查人最多 %(limit)s 位。"),
        "check_inspector_unknown": _("检查人须是督查室的在岗人员：%(name)s 不是。"),
        "check_due_past": _("完成日期不能早于今天。"),
        "check_no_candidates": _("按这个范围没有可抽的事项。请换一个范围，或去掉单位、类别的限制。"),
        "check_already_closed": _("这次检查已经结束，不能再改。"),
        "check_pending": _("还有 %(count)s 件没有填检查结果，填完才能结束。"),
        "check_report_missing": _("请写检查小结：查了什么、发现什么、要求怎么改。"),
        "finding_final": _("这一件已经填过检查结果，不能再改。有出入，请在下面补记说明。"),
        "finding_none": _("这一件还没有填检查结果。"),
        "finding_answers": _("每个问题都要回答：是、否或不适用。"),
        "finding_result": _("请选择检查结果。"),
        "finding_contradicts": _("有的问题答了“否”，结果就不能是“没有问题”。"),
        "finding_note_missing": _("发现问题须写明：在哪里、看到什么、有什么凭据。"),
        "finding_no_problem": _("检查没有发现问题，不能据此发督办件。"),
        "finding_order_given": _("这个问题已经发过督办件。"),
        "inspector_same": _("这一件本来就由这位检查人负责。"),
    }
)
