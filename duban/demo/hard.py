"""The hard matters of the period and the two joint meetings that decided about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from duban.core.docket import DecisionKind
from duban.supervision.verbs.proposing import FollowUp

from . import plots
from .cases import Case, Strand
from .cast import at
from .recasting import Recast
from .sittings import Point, Sitting, bring, lay, report, review, take_seats, tidy
from .stories import Story

FIRST, SECOND = at("2014-02-27 15:00"), at("2014-03-28 15:00")


def strands(recast: Recast) -> Iterator[Strand]:
    """The meetings and the office's own deeds around them; the matters are among the recast ones."""
    hard = _Hard(recast)
    returned, late, deferred = hard.returned(), hard.late(), hard.deferred()
    refused, referred, hopeless = hard.twice_refused(), hard.referred(), hard.not_possible()
    follow_up = FollowUp("huanbao", date(2014, 3, 10), "每周夜间检测一次油烟，连续四周达标后回告。")
    first = Sitting(
        troupe=hard.troupe,
        held_on=FIRST.date(),
        extra=1,
        points=[
            Point(returned, DecisionKind.REASSIGN, "道路管护由城管局牵头负责，其他单位配合，不得再退。",
                  {"unit": "chengguan"}),
            Point(late, DecisionKind.EXTEND, "加压泵须厂家定制，准予延期；延期内每天送水上门。",
                  {"due_on": date(2014, 3, 14)}),
            Point(deferred, DecisionKind.DEFER, "维修资金列入三月预算，先设警示和临时护栏，届时复议。",
                  {"review_on": date(2014, 3, 24)}),
            Point(refused, DecisionKind.KEEP, "维持环保局办理，主要负责人包案，安装净化设备后再请诉求人验收。",
                  {"follow_up": follow_up}),
            Point(referred, DecisionKind.REFER, "反映的收钱放行问题移交纪检监察机关核查。"),
        ],
    )  # fmt: skip
    second = Sitting(
        troupe=hard.troupe,
        held_on=SECOND.date(),
        points=[
            Point(deferred, DecisionKind.KEEP, "资金已经到位，继续由交通局办理，三月底前完工。"),
            Point(hopeless, DecisionKind.CLOSE,
                  "加盖的楼层超出规划许可，依据城乡规划法不能补办手续；已告知可以申请廉租住房和行政复议的途径。",
                  {"confirmed": True}),
        ],
    )  # fmt: skip
    first.plan(at("2013-12-09 08:45"), partial(take_seats, hard.troupe))
    for sitting, convened in ((first, "2014-02-25 10:00"), (second, "2014-03-25 10:00")):
        sitting.plan(at(convened), sitting.convene)
    first.plan(
        at("2014-02-25 11:10"), partial(lay, late), kind="opinion", text="建议准予延期，并要求每天送水。"
    )
    first.plan(
        at("2014-02-25 11:25"), partial(lay, returned), kind="option", text="方案一：城管局；方案二：公路局。"
    )
    first.hold(FIRST)
    second.hold(SECOND)
    yield from (first, second)
    chores = Strand()
    chores.plan(
        at("2014-03-10 10:20"),
        partial(report, hard.troupe),
        text="夜间检测四次，均已达标，检测记录附在档案里。",
    )
    chores.plan(at("2014-03-10 16:30"), partial(review, hard.troupe))
    for day in ("2014-03-07", "2014-03-21", "2014-04-04", "2014-04-18", "2014-05-09"):
        chores.plan(at(f"{day} 16:45"), partial(tidy, hard.troupe))
    yield chores


class _Hard:
    """Each matter with its deeds; what the meetings do to it is theirs."""

    def __init__(self, recast: Recast) -> None:
        self._recast, self._planner = recast, recast.planner
        self._pace, self.troupe = recast.planner.pace, recast.planner.troupe

    def returned(self) -> Case:
        """Two units gave it back; the meeting designates a third."""
        case, now = self._take(plots.RETURNED, date(2014, 2, 10), date(2014, 2, 18))
        case.wish = "gonglu"
        reason = "该路段不在我单位管养里程之内，建议改交。"
        for unit, suggested, onward in (("gonglu", "jiaotong", "jiaotong"), ("jiaotong", "chengguan", "")):
            now = case.plan(
                self._pace.soon(now), case.ask_return, unit=unit, suggested=suggested, reason=reason
            )
            now = case.plan(
                self._pace.soon(now), case.rule_return, granted=True, note="管养里程已核对。", unit=onward
            )
        accepted = case.plan(self._pace.after(FIRST, 1), case.accept, note="电话联系诉求人，约定今晚到现场。")
        self._finish(case, self._pace.after(accepted, 2), grade=4, comment="早该这样定下来。")
        return case

    def late(self) -> Case:
        """Red for more than five workdays: the docket's rule finds it; the meeting extends."""
        case = self._accepted(plots.LATE, date(2014, 2, 1), date(2014, 2, 10))
        self._finish(case, at("2014-03-12 16:20"), grade=3, comment="等得太久，好在水上来了。")
        return case

    def deferred(self) -> Case:
        """Put off until there is money; on the review day it is back."""
        case = self._accepted(plots.DEFERRED, date(2014, 2, 7), date(2014, 2, 17))
        case.plan(
            at("2014-02-24 09:20"), partial(bring, case), reason="维修资金须跨年度安排，请联席会议研究。"
        )
        self._finish(case, at("2014-03-31 15:40"), grade=5, comment="栏杆装好了，孩子上学放心。")
        return case

    def twice_refused(self) -> Case:
        """Two negative rounds; the third, watched by the meeting, holds."""
        case = self._accepted(plots.TWICE_REFUSED, date(2014, 2, 7), date(2014, 2, 14))
        case.plan(at("2014-02-18 10:30"), case.complete, statement="已责令店主停止直排，口头警告。")
        case.plan(at("2014-02-18 20:05"), case.judge, grade=2, comment="今晚又在排，没有变化。")
        case.plan(at("2014-02-21 11:00"), case.complete, statement="已送达整改通知书，店主签收。")
        case.plan(at("2014-02-22 21:40"), case.judge, grade=1, comment="纸收了，烟还在冒。")
        self._finish(case, at("2014-03-06 10:15"), grade=4, comment="净化器装了，确实好多了。")
        return case

    def referred(self) -> Case:
        """Somebody was bribed: that part is the inspectors'; the matter goes on."""
        case = self._accepted(plots.REFERRED, date(2014, 2, 14), date(2014, 2, 21))
        case.plan(
            at("2014-02-24 09:45"), partial(bring, case), reason="涉及工作人员作风问题，请联席会议决定。"
        )
        self._finish(case, at("2014-02-28 11:00"), grade=3, comment="希望查到底。")
        return case

    def not_possible(self) -> Case:
        """What the law forbids nobody can do: the meeting closes it, and everyone may read why."""
        case = self._accepted(plots.NOT_POSSIBLE, date(2014, 3, 5), date(2014, 3, 14))
        case.plan(
            at("2014-03-20 10:05"),
            partial(bring, case),
            reason="依法不能办理，诉求人多次反映，请联席会议决定。",
        )
        return case

    def _take(self, story: Story, first: date, last: date) -> tuple[Case, datetime]:
        case = self._recast.take(first, last, story)
        return case, case.deeds[0].at

    def _accepted(self, story: Story, first: date, last: date) -> Case:
        case, now = self._take(story, first, last)
        case.plan(self._pace.soon(now), case.accept, note="电话联系诉求人，核对了情况，约定到现场查看。")
        return case

    def _finish(self, case: Case, done: datetime, *, grade: int, comment: str) -> None:
        """Completed, and judged well a day later at the latest."""
        case.plan(done, case.complete)
        case.plan(self._pace.some_time(done, 1), case.judge, grade=grade, comment=comment)
