"""The ordinary life of a matter, as people are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from duban.core.events import Kind

from .saying import Audience, _

_P, _U, _O = Audience.PETITIONER, Audience.UNIT, Audience.OFFICE

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType(
    {
        Kind.MATTER_REGISTERED: {
            _P: _("%(person)s您好：您的意见已挂号，编号 %(number)s。凭编号和查询码随时查看进度：%(link)s"),
            _O: _("新挂号事项 %(number)s 未能自动分派，请于 %(due)s 前交办。%(link)s"),
        },
        Kind.MATTER_ASSIGNED: {
            _P: _(
                "%(person)s您好：编号 %(number)s 已交%(unit)s，该单位应于 %(due)s 前联系您并受理。%(link)s"
            ),
            _U: _("新交办事项 %(number)s，请于 %(due)s 前联系群众并受理。%(link)s"),
        },
        Kind.RETURN_REQUESTED: {_O: _("%(unit)s申请退回 %(number)s，请裁定。%(link)s")},
        Kind.RETURN_GRANTED: {
            _P: _("%(person)s您好：编号 %(number)s 不属%(unit)s职责，督查室正重新交办。%(link)s"),
            _U: _("退单申请已获同意：%(number)s 已退回督查室。"),
        },
        Kind.RETURN_REFUSED: {_U: _("退单申请未获同意：%(number)s 仍须于 %(due)s 前受理。%(link)s")},
        Kind.MATTER_ACCEPTED: {
            _P: _("%(person)s您好：编号 %(number)s 已由%(unit)s受理，承诺 %(due)s 前办结。%(link)s"),
        },
        Kind.PROGRESS_REPORTED: {_P: _("%(person)s您好：编号 %(number)s 有新的办理进展，请查看：%(link)s")},
        Kind.ADDITION_MADE: {_U: _("群众对 %(number)s 作了补充，请查看：%(link)s")},
        Kind.EXTENSION_REQUESTED: {_O: _("%(unit)s申请延期办理 %(number)s，请裁定。%(link)s")},
        Kind.EXTENSION_GRANTED: {
            _P: _("%(person)s您好：经督查室同意，编号 %(number)s 的办结期限延至 %(due)s。%(link)s"),
            _U: _("延期申请已获同意：%(number)s 须于 %(due)s 前办结。%(link)s"),
        },
        Kind.EXTENSION_REFUSED: {
            _P: _("%(person)s您好：%(unit)s就编号 %(number)s 申请延期，督查室未同意。%(link)s"),
            _U: _("延期申请未获同意：%(number)s 的办结期限仍为 %(due)s。%(link)s"),
        },
        Kind.CLOCK_RECOMPUTED: {
            _P: _("%(person)s您好：因放假安排调整，编号 %(number)s 的期限改为 %(due)s。%(link)s"),
            _U: _("因放假安排调整，%(number)s 的期限改为 %(due)s。%(link)s"),
        },
        Kind.MATTER_COMPLETED: {
            _P: _("%(person)s您好：编号 %(number)s 已由%(unit)s办结。能否销号由您说了算，请评价：%(link)s"),
        },
        Kind.VERDICT_REMINDED: {
            _P: _("%(person)s您好：编号 %(number)s 办结后还没有收到您的评价，请您评一评：%(link)s"),
        },
        Kind.CALLBACK_FELL_DUE: {_O: _("%(number)s 办结后群众一直未评价，请回访。%(link)s")},
        Kind.MATTER_REOPENED: {
            _P: _(
                "%(person)s您好：按您的评价，编号 %(number)s 已退回重办，%(unit)s须于 %(due)s 前重新办结。%(link)s"
            ),
            _U: _("群众不满意，%(number)s 已复号，请于 %(due)s 前重新办结。%(link)s"),
        },
        Kind.MATTER_CLOSED: {
            _P: _("%(person)s您好：编号 %(number)s 已办结销号。%(link)s"),
            _U: _("%(number)s 已销号。%(link)s"),
        },
        "alarm.yellow": {_U: _("黄灯：%(number)s 须于 %(due)s 前%(step)s。%(link)s")},
        "alarm.red": {
            _U: _("红灯：%(number)s 应于 %(due)s 前%(step)s，已经逾期。%(link)s"),
            _O: _("红灯：%(unit)s应于 %(due)s 前%(step)s %(number)s，已经逾期。%(link)s"),
        },
    }
)
"""By kind of event, and by audience. An alarm goes by its colour."""
