"""Co-signing and ballots."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # co-signing
        "not_collective": _("这不是集体事项，不用联名，也不用测评。"),
        "cosigning_over": _("测评已经开始，选民册已定，不能再联名。"),
        "link_unknown": _("没有这个联名链接。请向发起人再要一次。"),
        "cosign_code_wrong": _("验证码不对，或者已经过期。请核对短信，或者重新要一个。"),
        "cosign_code_spent": _("验证码输错次数太多，已经作废。请重新要一个。"),
        "cosigner_unknown": _("没有这位联名人。"),
        # opening
        "ballot_open": _("这件事的测评正在进行，结束以前不能再开一次。"),
        "roll_empty": _("选民册上不足 2 人，不能测评。请诉求人邀请大家联名，或者由督查室补录选民册。"),
        "roll_long": _("一次最多补录 %(limit)s 人，您贴了 %(count)s 行。"),
        "roll_line": _("这一行须有姓名、身份证号、手机号三项，用空格隔开。"),
        "roll_twice": _("身份证号与第 %(first)s 行重复。"),
        "roll_known": _("这个人已经在选民册上，不用再补录。"),
        "leaving_petitioner": _("诉求人始终在选民册上，不能不列入。"),
        "ballot_day": _("投票截止日须在明天到 %(latest)s 之间。"),
        # voting
        "vote_is_the_voters": _("票只能由投票人本人投，工作人员不能代投。"),
        "no_ballot": _("这件事没有正在进行的测评。"),
        "ballot_over": _("投票已经截止。"),
        "already_voted": _("您已经投过票，一个人只有一票。"),
        "own_paper_taken": _("您已在终端领了纸票，不能再在网上投票。"),
        "wrong_voting_code": _("编号或投票码不对。请对照短信，再输入一次。"),
        # paper
        "voter_unknown": _("选民册上没有这个人。"),
        "paper_own_unit": _(
            "承办、协办这件事的单位，以前承办过的也一样，不能发纸票，也不能清点票箱。请到其他单位的终端，或者督查室的终端办理。"
        ),
        "box_not_yet": _(
            "票箱要到投票的最后一天，%(day)s，才能清点。选民册上的人都投了票或者领了纸票，可以提前。"
        ),
        "box_closed": _("票箱已经开始清点，不能再发纸票。"),
        "no_papers": _("还没有发出纸票，没有票箱可清点。"),
        "box_counted": _("票箱已由两人清点完毕。"),
        "paper_taken": _("这位投票人已领纸票，一个人只发一张。"),
        "voter_voted": _("这位投票人已经投过票，不能再领纸票。"),
        "paper_blank": _("每一等级都要填，一张也没有的填 0。"),
        "paper_number": _("每一等级请填一个不小于 0 的整数。"),
        "paper_many": _("一共 %(total)s 张，比发出的 %(papers)s 张纸票还多，请重新清点。"),
        "paper_same_person": _("第一遍是您点的，第二遍须由另一个人来点。"),
        # closing
        "ballot_running": _("还有人没有投票，投票到 %(until)s 截止，在此以前不能提前结束。"),
        "paper_pending": _("发出的纸票还没有由两人清点完毕，不能结束测评。"),
        "ballot_not_closed": _("测评还没有结束，结果要到结束以后才有。"),
    }
)
