"""What supervision has in hand today: orders in every state, a docket, meetings behind and ahead, a running check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from duban.core.checks import Rule
from duban.core.docket import DecisionKind
from duban.core.orders import Colour
from duban.core.zone import day_of, start_of
from duban.supervision.models import Order
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.proposing import FollowUp
from duban.supervision.verbs.replying import accept_reply, acknowledge_order, reply_order, send_back_reply

from .alive import Today
from .cases import Case, Strand
from .inspecting import Checking
from .phrases import DEMANDS, REPLIES, SENT_BACK
from .rounds import Rounds
from .sittings import Point, Sitting, bring, lay

CHECKED = 8


def strands(today: Today) -> Iterator[Strand]:
    """Everything, in no order."""
    for unit in ("zhaiyang", "chengguan"):
        yield from orders_of_unit(today, unit)
    yield from orders_of_city(today)
    yield from meetings(today)
    yield check(today)
    overlooked = [today.late(unit, 1) for unit in ("zhaiyang", "chengguan", "shizheng")]
    yield from overlooked
    rounds = Rounds(today.planner.troupe, today.calendar, today.rng, orders=False, apart=overlooked)
    until_now = rounds.between(day_of(today.now) - timedelta(days=45), day_of(today.ago(1)))
    if today.calendar.is_workday(day_of(today.now)):
        for minutes in (50, 35, 20):
            until_now.plan(today.now - timedelta(minutes=minutes), rounds.answer, limit=4)
    yield until_now


class Letter(Strand):
    """One order about a matter."""

    def __init__(self, case: Case, colour: Colour) -> None:
        super().__init__()
        self.case, self.colour, self.office = case, colour, case.troupe["office"]
        self.order: Order | None = None

    def issue(self, *, now: datetime, reply_by: date | None = None) -> None:
        """The office issues it."""
        self.order = issue_order(
            colour=self.colour.value, demand=DEMANDS[self.colour.value], reply_by=reply_by,
            matter=self.case.number, actor=self.office, now=now,
        )  # fmt: skip

    def acknowledge(self, *, now: datetime) -> None:
        """The unit has read it."""
        acknowledge_order(order=self.key, actor=self.case.handler, now=now)

    def reply(self, *, now: datetime, text: str) -> None:
        """The unit says what it did."""
        reply_order(order=self.key, text=text, actor=self.case.handler, now=now)

    def send_back(self, *, now: datetime, reply_by: date) -> None:
        """It will not do."""
        send_back_reply(order=self.key, reason=SENT_BACK[0], reply_by=reply_by, actor=self.office, now=now)

    def accept(self, *, now: datetime) -> None:
        """It will."""
        accept_reply(order=self.key, actor=self.office, now=now)

    @property
    def key(self) -> str:
        """As addresses name it. Raises RuntimeError before it is issued."""
        if self.order is None:
            raise RuntimeError("the order is not issued yet")
        return self.order.key


def orders_of_unit(today: Today, unit: str) -> Iterator[Strand]:
    """One to acknowledge, one to reply to, one replied to, one sent back."""
    ahead = today.ahead(1)
    fresh, read, replied, refused = (
        Letter(today.late(unit, days), colour)
        for days, colour in ((1, Colour.GREEN), (3, Colour.YELLOW), (4, Colour.RED), (5, Colour.RED))
    )
    fresh.plan(today.ago(1), fresh.issue, reply_by=ahead)
    read.plan(today.ago(3), read.issue, reply_by=ahead)
    read.plan(today.ago(2), read.acknowledge)
    replied.plan(today.ago(3), replied.issue)
    replied.plan(today.ago(1), replied.reply, text=REPLIES[2])
    refused.plan(today.ago(5), refused.issue)
    refused.plan(today.ago(3), refused.reply, text=REPLIES[1])
    refused.plan(today.ago(2), refused.send_back, reply_by=ahead)
    for letter in (fresh, read, replied, refused):
        yield from (letter, letter.case)


def orders_of_city(today: Today) -> Iterator[Strand]:
    """Two nobody replied to, for which a stronger one is proposed; one that came to a good end."""
    for unit, colour in (("shizheng", Colour.YELLOW), ("ludeng", Colour.GREEN)):
        ignored = Letter(today.late(unit, 6), colour)
        ignored.plan(today.ago(6), ignored.issue)
        yield from (ignored, ignored.case)
    done = Letter(today.late("jiaojing", 5), Colour.YELLOW)
    done.plan(today.ago(5), done.issue)
    done.plan(today.ago(4), done.acknowledge)
    done.plan(today.ago(3), done.reply, text=REPLIES[0])
    done.plan(today.ago(2), done.accept)
    yield from (done, done.case)


def meetings(today: Today) -> Iterator[Strand]:
    """One held last week, one today (on a day of rest, the workday before), one next week; and what waits besides."""
    held, sitting = today.ago(6, hour=15), day_of(today.now)
    if not today.calendar.is_workday(sitting):
        sitting = day_of(today.ago(1))
    referred, deferred, kept, disputed = (
        today.late(unit, 7) for unit in ("yunguan", "zhujian", "zilaishui", "shuili")
    )
    follow_up = FollowUp("zilaishui", today.ahead(1), "更换老化水表井阀门，逐户测压后回告。")
    past = Sitting(
        troupe=today.planner.troupe,
        held_on=held.date(),
        points=[
            Point(referred, DecisionKind.REFER, "反映工作人员吃拿卡要的部分移交纪检监察机关核查。"),
            Point(deferred, DecisionKind.DEFER, "管网改造已列入下月计划，先落实临时措施，届时复议。",
                  {"review_on": today.ahead(15)}),
            Point(kept, DecisionKind.KEEP, "维持原单位办理，主要负责人包案。", {"follow_up": follow_up}),
            Point(disputed, None),  # carried over to the next one
        ],
    )  # fmt: skip
    past.plan(today.ago(8), past.convene)
    past.hold(held)
    refused = today.late("chengguan", 6)
    hopeless = [today.late(unit, 9) for unit in ("zhaiyang", "chengguan", "fangchan", "donghe")]
    for case in (referred, deferred, kept, disputed):
        past.plan(
            today.ago(9, hour=17), partial(bring, case), reason="涉及多个单位，意见不一，请联席会议研究。"
        )
    for days, grade in ((6, 2), (4, 1)):
        done = refused.plan(today.ago(days), refused.complete)
        refused.plan(done + timedelta(hours=5), refused.judge, grade=grade, comment="问题还在，请来看看。")
    now = Sitting(
        troupe=today.planner.troupe,
        held_on=sitting,
        extra=2,
        points=[Point(disputed, None), Point(refused, None)],
    )
    now.plan(today.ago(2, hour=10), now.convene)
    now.plan(
        today.ago(2, hour=11),
        partial(lay, disputed),
        kind="option",
        text="方案一：由水利局牵头；方案二：交属地办理。",
    )
    now.plan(today.ago(2, hour=15), partial(lay, disputed), kind="opinion", text="督查室建议采用方案一。")
    now.plan(max(start_of(sitting), today.now - timedelta(minutes=10)), now.open)  # its members can decide
    mistaken = Sitting(troupe=today.planner.troupe, held_on=today.ahead(5), extra=1, points=[])
    mistaken.plan(today.ago(1, hour=15), mistaken.convene)
    mistaken.plan(
        today.ago(1, hour=15) + timedelta(minutes=20), mistaken.call_off, reason="日子定错了，另行召集。"
    )
    ahead = Sitting(troupe=today.planner.troupe, held_on=today.ahead(4), extra=1, points=[])
    ahead.plan(today.ago(1, hour=16), ahead.convene)
    waiting = today.late("aizhai", 3)
    past.plan(today.ago(1, hour=17), partial(bring, waiting), reason="村组之间意见不一，请联席会议研究。")
    yield from (past, now, mistaken, ahead, referred, deferred, kept, disputed, refused, waiting, *hopeless)


def check(today: Today) -> Checking:
    """查进展: begun three workdays ago; some of the sample is still to be looked at."""
    run = Checking(troupe=today.planner.troupe, checklist="progress", rule=Rule.ALL_OPEN.value, size=CHECKED)
    run.plan(today.ago(3, hour=9), run.start, due_on=today.ahead(3), seed=f"{today.now:%Y%m%d}")
    run.plan(today.ago(2, hour=10), run.find, place=0)
    run.plan(today.ago(2, hour=16), run.find, place=1, problem="上报已进场施工，现场没有人，材料也没有到。")
    run.plan(today.ago(1, hour=11), run.find, place=2)
    return run
