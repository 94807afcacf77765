"""Decisions of the joint meeting, as people are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from duban.core.events import Kind

from .saying import Audience, _

_P, _U, _O = Audience.PETITIONER, Audience.UNIT, Audience.OFFICE

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType(
    {
        Kind.DECISION_MADE: {
            _U: _("联席会议就 %(number)s 要求%(unit)s在 %(due)s 前落实一件事，办后请报告。%(link)s"),
        },
        Kind.FOLLOW_UP_REPORTED: {
            _O: _("%(unit)s已报告 %(number)s 联席会议决定的落实情况，请核实。%(link)s")
        },
        Kind.MATTER_REASSIGNED: {
            _P: _(
                "%(person)s您好：联席会议决定编号 %(number)s 改由%(unit)s办理，该单位应于 %(due)s 前联系您并受理。%(link)s"
            ),
            _U: _("联席会议指定你单位办理 %(number)s，不能退单，请于 %(due)s 前受理。%(link)s"),
        },
        Kind.MATTER_EXTENDED: {
            _P: _("%(person)s您好：联席会议决定编号 %(number)s 的办结期限延至 %(due)s。%(link)s"),
            _U: _("联席会议决定 %(number)s 的办结期限延至 %(due)s。%(link)s"),
        },
        Kind.MATTER_DEFERRED: {
            _P: _(
                "%(person)s您好：联席会议决定编号 %(number)s 暂缓办理，将于 %(due)s 前再议，原因请看：%(link)s"
            ),
            _U: _("联席会议决定 %(number)s 挂账，将于 %(due)s 前再议。%(link)s"),
        },
    }
)
