"""The catalogue, the calendar, the policy figures and the routes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "calendar_missing": _("%(year)s 年的工作日历还没有录入，不能计算期限。请督查室先录入日历。"),
        "calendar_day": _("%(day)s 已是这样安排的。"),
        "calendar_kind": _("请选择放假、调休上班或恢复平常。"),
        "makeup_on_workday": _("%(day)s 本来就是工作日，不用调休。"),
        "policy_bounds": _("“%(figure)s”须在 %(low)s 至 %(high)s 之间。"),
        "limit_bounds": _("办理时限须是 1 至 %(limit)s 个工作日。"),
        "steps_missing": _("请写明办理步骤，每行一步。"),
        "basis_missing": _("请写明依据。"),
        "calendar_other_year": _("%(day)s 不在 %(year)s 年。"),
        "calendar_line": _("这一行看不懂：%(line)s。请写成“2027-02-05 至 2027-02-11 休 春节”。"),
        "calendar_twice": _("%(day)s 写了两次。"),
        "calendar_year": _("年份须在 %(low)s 至 %(high)s 之间。"),
        "policy_unchanged": _("各项数字都没有改动。"),
        "policy_unknown": _("没有“%(figure)s”这项数字。"),
        "steps_bounds": _("办理步骤须有 1 至 %(limit)s 步，每步最多 %(length)s 字。"),
        "code_shape": _("编码须是小写字母、数字和横线，最多 64 个字符。"),
        "code_twice": _("编码 %(code)s 写了两次。"),
        "edition_empty": _("这一版没有改动，不用发布。"),
        "route_unknown": _("没有这条交办规则，可能刚刚被停用。"),
        "rank_bounds": _("次序要填 0 到 %(most)s 之间的整数。"),
        "route_empty": _("规则至少要有地点、类别、关键词中的一项。"),
    }
)
