"""What the items, the ledgers and the rates are called, on pages and in what is exported."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from duban.core.ledger import Item, Ledger


def _(sentence: str) -> str:
    """Mark for extraction; the doors translate it."""
    return sentence


LEDGERS: Mapping[Ledger, str] = MappingProxyType(
    {Ledger.PERFORMANCE: _("绩效账"), Ledger.CONDUCT: _("作风账")}
)
ITEMS: Mapping[Item, str] = MappingProxyType(
    {
        Item.ACCEPTED_ON_TIME: _("按时受理"),
        Item.COMPLETED_ON_TIME: _("按时办结"),
        Item.SOLVED: _("办结：已解决"),
        Item.ANSWERED: _("办结：已答复"),
        Item.PARTLY: _("办结：部分解决"),
        Item.CANNOT: _("办结：不能解决"),
        Item.SATISFIED: _("评价满意"),
        Item.DISSATISFIED: _("评价不满意"),
        Item.BALLOT_PASSED: _("测评通过"),
        Item.BALLOT_BLOCKED: _("测评未通过"),
        Item.ASSIST_ON_TIME: _("按时协办"),
        Item.ACCEPTED_LATE: _("逾期受理"),
        Item.COMPLETED_LATE: _("逾期办结"),
        Item.ASSIST_LATE: _("逾期协办"),
        Item.RED_LIGHT: _("亮红灯"),
        Item.REOPENED: _("退回重办"),
        Item.RETURNED: _("退单"),
        Item.ORDER_GREEN: _("绿色督办件"),
        Item.ORDER_YELLOW: _("黄色督办件"),
        Item.ORDER_RED: _("红色督办件"),
        Item.CHECK_PASSED: _("检查合格"),
        Item.CHECK_FAILED: _("检查发现问题"),
    }
)
"""In the order in which they are listed."""
RATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "response": (_("响应率"), _("按时受理的件数 ÷ 受理的件数；还没有受理的不算")),
        "resolution": (_("解决率"), _("办结为“已解决”“已答复”的次数 ÷ 办结的次数")),
        "satisfaction": (
            _("满意率"),
            _("评价基本满意以上的和测评通过的 ÷ 全部评价和有效测评；没有评价的不算"),
        ),
    }
)
"""The name and the definition of each rate, as core.rates has it."""
