"""What can be done to a matter, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # lifecycle
        "wrong_state": _("这件事现在的状态不能这样办，请刷新页面看最新情况。"),
        "already_closed": _("这件事已经销号。有新情况，请另挂一个号并注明原编号。"),
        "changed_meanwhile": _("就在刚才，别人已经办了这一步。请刷新页面看最新情况。"),
        "unit_unknown": _("没有这个单位。"),
        "unit_is_office": _("督查室只督办，不承办事项，请选一个责任单位。"),
        "unit_missing": _("请选择交给哪个单位。"),
        "ruling_missing": _("请选择同意还是不同意。"),
        "unit_inactive": _("这个单位已停用，不能交办。"),
        "handler_not_of_unit": _("经办人须是本单位的在岗人员。"),
        # acceptance and commitment
        "contact_missing": _("受理前须先联系诉求人：请写明用什么方式、谈了什么。"),
        "contact_method": _("请选择联系方式。"),
        "confidential_contact": _("诉求人要求保密，只能通过系统联系。"),
        "standard_missing": _("请从本单位的办理标准里选一项，不能自己填写。"),
        "standard_unknown": _("清单里没有这项办理标准。请从本单位的清单里选。"),
        "standard_other_unit": _("这是%(unit)s的办理标准。只能选本单位清单里的。"),
        "standard_superseded": _("这项标准已不在现行清单里，请选现行的一项。"),
        "due_too_late": _("承诺期限不能比清单宽：清单是 %(limit)s 个工作日，最晚到 %(latest)s。"),
        "due_too_early": _("承诺的日期须在今天之后。"),
        "due_not_workday": _("%(day)s 不是工作日，请选一个工作日。"),
        "date_shape": _("日期须写成 年-月-日，例如 2014-02-10，并且是日历上有的一天。"),
        "day_missing": _("请填写日期。"),
        "day_ahead": _("这一天还没有到。"),
        # return
        "return_too_late": _("退单须在交办后 %(limit)s 个工作日内提出，期限是 %(until)s，现在已过。"),
        "return_not_allowed": _("这件事已是第 %(count)s 次交办，属指定办理，不能再退单。"),
        "return_pending": _("退单申请已经提出，正等督查室裁定。"),
        "return_none": _("没有待裁定的退单申请。"),
        "reason_missing": _("请写明理由。"),
        "suggested_unit_missing": _("请写明应当交给哪个单位。"),
        "suggested_own_unit": _("应交单位不能是本单位。"),
        "signature_needed": _("申请还没有责任单位负责人签字，暂不能裁定。"),
        "already_signed": _("负责人已经签过字。"),
        # extension
        "extension_too_late": _("延期须在到期前申请。期限是 %(due)s，现在已过。"),
        "extension_pending": _("延期申请已经提出，正等督查室裁定。"),
        "extension_none": _("没有待裁定的延期申请。"),
        "extension_used_up": _("一次承诺最多延期 %(limit)s 次，已经用完。"),
        "extension_not_later": _("新的日期须晚于现在的期限 %(due)s。"),
        # completion
        "outcome_unknown": _("请选择办理结果。"),
        "why_missing": _("部分解决或不能解决，须写明原因。"),
        "statement_missing": _("请写明做了什么、结果怎样。"),
        # verdict and closing
        "grade_unknown": _("请在五个等级里选一个。"),
        "verdict_not_yet": _("还没有办结，办结后请您来评价。"),
        "verdict_given": _("您已经评价过，这件事已经销号。"),
        "verdict_is_the_petitioners": _("评价只能由诉求人本人作出，工作人员不能代评。"),
        "step_is_the_petitioners": _("这一步只能由诉求人本人做，工作人员不能代办。"),
        "collective_needs_ballot": _("这是集体事项，由相关群众投票测评，一个人不能决定。"),
        "collective_no_withdrawal": _("这是集体事项，关系到其他群众，不能由一个人撤回。"),
        "withdrawal_unconfirmed": _("撤回以后不能恢复：请先勾选确认。"),
        "callback_too_early": _("办结满 %(days)s 天仍未评价才需回访，最早 %(on)s。"),
        "callback_first": _("须先电话回访诉求人，再按未评价结案。"),
        "unrated_too_early": _("办结满 %(days)s 天仍未评价，并已回访，才能按未评价结案，最早 %(on)s。"),
        "callback_result": _("请选择回访结果。"),
    }
)
