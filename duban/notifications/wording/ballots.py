"""Co-signing and ballots, as people are told of them; and what is said otherwise of a matter of many.

A matter of many is judged by ballot: nobody is asked for a verdict of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from duban.core.events import Kind

from .saying import Audience, _

_P, _U, _O = Audience.PETITIONER, Audience.UNIT, Audience.OFFICE
COLLECTIVE = "collective"

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType(
    {
        Kind.CODE_REQUESTED: {
            Audience.COSIGNER: _("您为 %(number)s 联名的验证码是 %(code)s，30 分钟内有效，不要告诉别人。"),
        },
        Kind.VOTING_CODE_REQUESTED: {
            Audience.VOTERS: _(
                "重发：%(number)s 请您投票测评，您的投票码还是 %(code)s，只用一次，%(closes)s 截止，不要告诉别人：%(link)s/ballot"
            ),
        },
        Kind.BALLOT_OPENED: {
            Audience.VOTERS: _(
                "%(number)s 请您投票测评，您的投票码 %(code)s 只用一次，%(closes)s 截止：%(link)s/ballot"
            ),
            _U: _("%(number)s 的群众测评已经开始，%(closes)s 截止。%(link)s"),
        },
        Kind.BALLOT_CLOSED: {
            _P: _(
                "%(person)s您好：编号 %(number)s 测评结束，%(votes)s 票中 %(against)s 票不满意，%(outcome)s。%(link)s/ballot"
            ),
            Audience.VOTERS: _(
                "%(number)s 测评结束，%(votes)s 票中 %(against)s 票不满意，%(outcome)s。%(link)s/ballot"
            ),
            _U: _("%(number)s 测评结束，%(votes)s 票中 %(against)s 票不满意，%(outcome)s。%(link)s"),
            _O: _("%(number)s 测评结束，%(votes)s 票中 %(against)s 票不满意，%(outcome)s。%(link)s"),
        },
        f"{Kind.MATTER_COMPLETED}.{COLLECTIVE}": {
            _P: _(
                "%(person)s您好：编号 %(number)s 已由%(unit)s办结。这是大家的事，由督查室组织群众测评：%(link)s"
            ),
            _O: _("集体事项 %(number)s 已由%(unit)s办结，请组织群众测评。%(link)s"),
        },
        f"{Kind.VERDICT_REMINDED}.{COLLECTIVE}": {
            _O: _("集体事项 %(number)s 办结后还没有组织群众测评，请尽早开始。%(link)s"),
        },
        f"{Kind.CALLBACK_FELL_DUE}.{COLLECTIVE}": {
            _O: _("集体事项 %(number)s 办结后一直没有组织群众测评。%(link)s"),
        },
        f"{Kind.MATTER_REOPENED}.{COLLECTIVE}": {
            _P: _(
                "%(person)s您好：按测评结果，编号 %(number)s 已退回重办，%(unit)s须于 %(due)s 前重新办结。%(link)s"
            ),
            _U: _("群众测评没有通过，%(number)s 已复号，请于 %(due)s 前重新办结。%(link)s"),
        },
    }
)
