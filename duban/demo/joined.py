"""Several matters, several units: what the period merged and took apart again, and units that assisted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from duban.matters.verbs.assisting import ask_assist, recall_assist, reply_assist
from duban.matters.verbs.merging import merge, separate

from . import plots
from .cases import Case, Strand
from .recasting import Recast

TASKS = (
    ("zhujian", "请提供该路段地下管线图，并派人到现场指认。", "管线图已送到，技术员上午到现场指认完毕。"),
    ("gongan", "请协助核对户籍登记情况。", "已核对，登记信息无误，书面答复已送达。"),
    ("caizheng", "请核实补助资金到位情况。", "资金已于上周下达，拨付凭证复印件附后。"),
    ("guotu", "请提供宗地权属资料。", "权属资料已调取，边界清楚。"),
    ("minzheng", "请核对救助对象名单。", "名单已核对，两人已享受，其余符合条件。"),
)
RECALLED = ("huanbao", "请到现场检测一次。", "现场已由本单位处理，不需要再检测。")


def strands(recast: Recast) -> Iterator[Strand]:
    """The office's and the units' own deeds; the matters are among the recast ones."""
    yield lamps(recast)
    yield helped(recast)


def lamps(recast: Recast) -> Strand:
    """Three matters about one street: two become one, the third was something else after all."""
    pace = recast.planner.pace
    lead, same, other = (
        recast.take(date(2014, 2, 24), date(2014, 3, 14), story)
        for story in (plots.LAMPS, plots.SAME_LAMPS, plots.OTHER_LAMP)
    )
    strand = Strand()
    lead.plan(pace.soon(lead.deeds[0].at), lead.accept, note="电话联系诉求人，问清灯杆编号。")
    merged = pace.soon(max(same.deeds[0].at, other.deeds[0].at, lead.deeds[1].at))
    strand.plan(merged, partial(join, same), lead=lead, reason="与先登记的事项反映同一路段、同一故障。")
    strand.plan(
        merged + timedelta(minutes=4), partial(join, other), lead=lead, reason="同在建新路，一并处理。"
    )
    apart = merged + timedelta(hours=1, minutes=10)
    strand.plan(apart, partial(part, other), reason="诉求人说明是另一盏灯，位置和原因都不同。")
    other.plan(pace.after(apart, 1), other.complete)
    done = lead.plan(pace.after(merged, 1), lead.complete)
    for case, grade in ((lead, 5), (same, 4)):
        case.plan(pace.some_time(done, 1), case.judge, grade=grade, comment="亮了，谢谢。")
    other.plan(pace.some_time(other.deeds[-1].at, 1), other.judge, grade=4)
    return strand


def helped(recast: Recast) -> Strand:
    """Units asked to assist while a matter was in hand; one was told that it is not needed any more."""
    strand, tasks = Strand(), list(TASKS)
    for case in recast.free[::11]:
        first = {deed.name: deed.at for deed in reversed(case.deeds)}
        asked = first["accept"] + timedelta(minutes=35)
        replied = recast.planner.pace.after(asked, 1)
        if not tasks or replied >= first["complete"] or tasks[0][0] == case.story.unit:
            continue
        unit, task, reply = tasks.pop(0)
        strand.plan(asked, partial(ask, case), unit=unit, task=task)
        strand.plan(replied, partial(answer, case), unit=unit, text=reply)
        if not tasks:
            unit, task, reason = RECALLED
            strand.plan(asked, partial(ask, case), unit=unit, task=task)
            strand.plan(asked + timedelta(hours=3), partial(take_back, case), unit=unit, reason=reason)
    return strand


def join(case: Case, *, now: datetime, lead: Case, reason: str) -> None:
    """The office merges a matter into another."""
    merge(matter=case.number, lead=lead.number, reason=reason, actor=case.troupe["office"], now=now)


def part(case: Case, *, now: datetime, reason: str) -> None:
    """The office takes a matter out again."""
    separate(matter=case.number, reason=reason, actor=case.troupe["office"], now=now)


def ask(case: Case, *, now: datetime, unit: str, task: str, due_on: date | None = None) -> None:
    """Who handles it asks another unit to assist."""
    ask_assist(matter=case.number, unit=unit, task=task, actor=case.handler, now=now, due_on=due_on)


def answer(case: Case, *, now: datetime, unit: str, text: str) -> None:
    """The other unit says what it did."""
    reply_assist(matter=case.number, text=text, actor=case.troupe.handler(unit), now=now)


def take_back(case: Case, *, now: datetime, unit: str, reason: str) -> None:
    """It is not needed any more."""
    recall_assist(matter=case.number, unit=unit, reason=reason, actor=case.handler, now=now)
