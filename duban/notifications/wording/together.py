"""Merged matters and assisting units, as people are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from duban.core.events import Kind

from .saying import Audience, _

_P, _U = Audience.PETITIONER, Audience.UNIT

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType(
    {
        Kind.MATTER_MERGED: {
            _P: _("%(person)s您好：编号 %(number)s 与另一件相同，已并案一起办，评价仍由您作出。%(link)s"),
        },
        Kind.MATTER_SEPARATED: {
            _P: _("%(person)s您好：编号 %(number)s 不再并案，由%(unit)s单独办理。%(link)s"),
            _U: _("%(number)s 不再并案，请单独办理。%(link)s"),
        },
        Kind.MATTER_FOLLOWED: {
            _P: _("%(person)s您好：编号 %(number)s 随并案的那一件有了新的情况，请查看：%(link)s"),
        },
        Kind.ASSIST_ASKED: {_U: _("请%(unit)s协办 %(number)s，于 %(due)s 前回复。%(link)s")},
        Kind.ASSIST_REPLIED: {_U: _("协办单位已就 %(number)s 回复，请查看：%(link)s")},
        Kind.ASSIST_RECALLED: {_U: _("%(number)s 不用再协办。%(link)s")},
    }
)

AS_ITS_LEAD = frozenset(
    {
        Kind.MATTER_ASSIGNED,
        Kind.RETURN_GRANTED,
        Kind.MATTER_ACCEPTED,
        Kind.PROGRESS_REPORTED,
        Kind.EXTENSION_GRANTED,
        Kind.CLOCK_RECOMPUTED,
        Kind.MATTER_COMPLETED,
        Kind.MATTER_REASSIGNED,
        Kind.MATTER_EXTENDED,
        Kind.MATTER_DEFERRED,
    }
)
"""Of these a follower's petitioner is told in the words its lead's petitioner hears."""

REOPENED_BY_ANOTHER = _(
    "%(person)s您好：并案的另一件被评为不满意，编号 %(number)s 已一并退回重办，须于 %(due)s 前重新办结。%(link)s"
)

REOPENED_BY_COLLEAGUE = _(
    "您好：按您单位同事的评价，编号 %(number)s 已退回重办，%(unit)s须于 %(due)s 前重新办结。%(link)s"
)
"""A directive is judged by the office of its issuer: whoever issued it learns that somebody else there did."""
