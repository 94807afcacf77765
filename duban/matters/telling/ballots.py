"""Co-signing and ballots, told.

Single co-signers and votes are not: a hundred lines would bury the story, and when each came is nobody's business. Pages
show how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from duban.core.events import Kind
from duban.journal.models import Event

from ..words import spelled_moment
from .saying import Teller, Told, instant

if TYPE_CHECKING:
    from ..timeline import Material


def untold(event: Event, material: Material) -> None:
    """One of many; see above."""


def removed(event: Event, material: Material) -> Told:
    """The office took a co-signer off."""
    return _("移出联名"), material.remark(event.facts) or _("督查室将一位联名人移出。")


def opened(event: Event, material: Material) -> Told:
    """The roll is frozen, and votes are taken."""
    facts = event.facts
    opened = _("选民册 %(roll)s 人，投票到%(until)s截止。") % {
        "roll": facts["roll"],
        "until": spelled_moment(instant(facts["closes_at"])),
    }
    if "last_roll" not in facts:
        return _("开始测评"), opened
    gone = len(facts["left"]) + len(facts["removed"])
    places = {
        "last": facts["last_roll"],
        "roll": facts["roll"],
        "gone": gone,
        "joined": facts["roll"] - facts["last_roll"] + gone,
    }
    change = (
        _("上次选民册 %(last)s 人，本次 %(roll)s 人：不再列入 %(gone)s 人，新列入 %(joined)s 人。") % places
    )
    reason = material.remark(facts)
    why = _("不再列入的理由：%(reason)s") % {"reason": reason} if reason else ""
    return _("开始测评"), " ".join(part for part in (opened, change, why) if part)


def papers_given(event: Event, material: Material) -> Told:
    """Voters took papers at a terminal."""
    return _("发纸票"), _("发出 %(n)s 张纸票。") % {"n": len(event.facts["voters"])}


def counted(event: Event, material: Material) -> Told:
    """The box was counted, once or twice; no figures."""
    again = event.facts["place"] == 2
    return _("清点纸票"), _("第二个人点的一致，票箱清点完毕。") if again else _(
        "第一个人已清点，等第二个人再点一遍。"
    )


def discarded(event: Event, material: Material) -> Told:
    """Two counts of the box did not agree."""
    return _("纸票重新清点"), _("两个人点的不一样，两次都作废，重新清点。")


def closed(event: Event, material: Material) -> Told:
    """The result, with its arithmetic."""
    facts = event.facts
    places = {
        "roll": facts["roll"],
        "votes": facts["votes"],
        "against": facts["dissatisfied"],
        "triple": 3 * facts["dissatisfied"],
    }
    sentence = {
        "passed": _(
            "%(roll)s 人中 %(votes)s 人投票，不满意 %(against)s 票；%(against)s×3=%(triple)s，不超过 %(votes)s，予以销号。"
        ),
        "blocked": _(
            "%(roll)s 人中 %(votes)s 人投票，不满意 %(against)s 票；%(against)s×3=%(triple)s，超过 %(votes)s，不予销号。"
        ),
        "no_quorum": _("%(roll)s 人中 %(votes)s 人投票，人数不够，本次测评无效，可以再测评一次。"),
    }[facts["outcome"]]
    return _("测评结果"), sentence % places


TELLERS: Mapping[Kind, Teller] = {
    Kind.CODE_REQUESTED: untold,
    Kind.VOTING_CODE_REQUESTED: untold,
    Kind.COSIGNER_JOINED: untold,
    Kind.VOTE_RECEIVED: untold,
    Kind.PAPER_GIVEN: papers_given,
    Kind.PAPER_ENTERED: counted,
    Kind.COSIGNER_REMOVED: removed,
    Kind.BALLOT_OPENED: opened,
    Kind.PAPER_DISCARDED: discarded,
    Kind.BALLOT_CLOSED: closed,
}
