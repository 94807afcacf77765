"""Words a matter's story is told in, and how its days are spelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from duban.core.zone import day_of, local

GRADES: Mapping[int, str] = {
    5: _("非常满意"),
    4: _("满意"),
    3: _("基本满意"),
    2: _("不满意"),
    1: _("非常不满意"),
}
OUTCOMES: Mapping[str, str] = {
    "solved": _("已解决"),
    "answered": _("已答复"),
    "partly": _("部分解决"),
    "cannot": _("不能解决"),
}
METHODS: Mapping[str, str] = {
    "phone": _("电话联系"),
    "visit": _("上门联系"),
    "office": _("当面接待"),
    "system": _("通过系统联系"),
}
CHANNELS: Mapping[str, str] = {
    "web": _("网站"),
    "terminal": _("挂号终端"),
    "api": _("接口"),
    "wechat": _("微信"),
}
CLOCKS: Mapping[str, str] = {
    "assigning": _("交办"),
    "acceptance": _("受理"),
    "completion": _("办结"),
}
CALLBACKS: Mapping[str, str] = {
    "reached": _("已联系上"),
    "not_reached": _("没有联系上"),
    "declined": _("不愿评价"),
}
ORDERS: Mapping[str, str] = {
    "green": _("绿色督办件"),
    "yellow": _("黄色督办件"),
    "red": _("红色督办件"),
}
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def word(words: Mapping[str, str] | Mapping[int, str], key: object) -> str:
    """The word for a key in the reader's language; the key itself when it has none."""
    found = words.get(key)  # type: ignore[call-overload]
    return gettext(found) if found else str(key)


def spelled_day(value: date | datetime) -> str:
    """2014年2月10日 周一 (Mon 10 Feb 2014)."""
    on = day_of(value) if isinstance(value, datetime) else value
    if get_language() == "en":
        return f"{gettext(WEEKDAYS[on.weekday()])} {on.day} {on:%b %Y}"
    return gettext("%(year)s年%(month)s月%(day)s日 %(weekday)s") % {
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "weekday": gettext(WEEKDAYS[on.weekday()]),
    }


def spelled_deadline(value: datetime) -> str:
    """2014年2月10日 周一 23:59: with its minute always, for "before" means nothing of a day alone."""
    return f"{spelled_day(value)} {local(value):%H:%M}"


def spelled_moment(value: datetime) -> str:
    """2014年2月10日 周一 16:40; the end of a day is spelled as the day alone."""
    clock = f"{local(value):%H:%M:%S}"
    return spelled_day(value) if clock == "23:59:59" else f"{spelled_day(value)} {clock[:5]}"
