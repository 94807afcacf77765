"""Alarms and supervision orders."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "alarm_unknown": _("没有这条报警。"),
        "alarm_answered": _("这条报警已经处置过，请刷新页面看是怎样处置的。"),
        "order_unknown": _("没有这份督办件，或者不是发给您单位的。"),
        "order_colour": _("请选择督办件的颜色：绿色催办、黄色警示或红色责令。"),
        "order_addressee": _("督办件要么针对一件事，要么直接发给一个单位，请写明其中一个。"),
        "order_no_unit": _("这件事还没有交给责任单位，先交办，再发督办件。"),
        "order_own_office": _("督办件不能发给督查室自己。"),
        "order_exists": _("这件事已有一份同色的督办件没有办结：%(number)s。"),
        "order_demand_missing": _("请写明督办要求。"),
        "order_demand_long": _(
            "督办要求最多 %(limit)s 字，现在 %(length)s 字，多了 %(excess)s 字：一份督办件只印一页。"
        ),
        "order_demand_points": _("督办要求最多 %(limit)s 条，现在 %(count)s 条：一份督办件只印一页。"),
        "order_reply_past": _("回复期限不能早于今天。"),
        "order_wrong_state": _("这份督办件现在不能这样办，请刷新页面看最新情况。"),
        "order_accepted": _("这份督办件的回复已经认可，事情已了结。"),
        "order_recalled": _("这份督办件已经收回，不用再办。"),
        "order_escalated": _("这份督办件已经升级，请回复新的一份。"),
        "order_to_escalate": _("没有要升级的那份督办件，请核对它的编号。"),
        "order_not_escalable": _("只有到期没有回复的督办件才能升级，而且新的颜色要更重，事项和单位要相同。"),
        "order_reply_missing": _("请写明怎样落实的。"),
    }
)
