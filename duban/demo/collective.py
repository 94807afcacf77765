"""The two collective matters of the period: one ballot stopped by 1 of 2, one passed with 1 of 3 (rule 10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from . import plots
from .cases import Case, Strand
from .cast import at
from .gathering import Gathering
from .persons import Crowd
from .recasting import Recast

CONTACT = "电话联系诉求人，约定周末到现场与住户代表见面。"


def strands(recast: Recast, crowd: Crowd) -> Iterator[Strand]:
    """What many do together; the matters themselves are among the recast ones."""
    yield stopped(recast, crowd)
    yield passed(recast, crowd)


def stopped(recast: Recast, crowd: Crowd) -> Gathering:
    """The lift: two of four vote, one of them badly, and it is handled anew; the second ballot closes it."""
    case = recast.take(date(2014, 1, 4), date(2014, 1, 10), plots.LIFT)
    together = _many(case, crowd, 3)
    registered = case.deeds[0].at
    together.gather(registered + timedelta(hours=1), every=timedelta(minutes=50))
    accepted = case.plan(recast.planner.pace.soon(registered), case.accept, note=CONTACT)
    done = case.plan(
        recast.planner.pace.after(accepted, 2), case.complete, statement="更换门锁并调试，电梯恢复运行。"
    )
    opened = together.plan(recast.planner.pace.soon(done), together.open, closes_on=date(2014, 1, 21))
    together.plan(opened + timedelta(hours=9), together.vote, who=0, grade=4)
    together.plan(at("2014-01-20 10:00"), together.give, who=[2])
    together.plan(at("2014-01-21 16:10"), together.count, counts={2: 1})
    together.plan(at("2014-01-21 16:25"), together.count, counts={2: 1}, second=True)
    case.plan(at("2014-01-24 15:30"), case.complete)
    together.plan(at("2014-01-24 17:00"), together.open, closes_on=date(2014, 2, 10))
    for hours, (who, grade) in enumerate(((0, 5), (1, 4), (2, 3), (3, 4))):
        together.plan(at(f"2014-01-25 {9 + 2 * hours:02d}:12"), together.vote, who=who, grade=grade)
    together.plan(at("2014-01-26 09:30"), together.close)
    return together


def passed(recast: Recast, crowd: Crowd) -> Gathering:
    """The village's water: three of five vote, one of them badly on paper: exactly one third does not stop it.

    One asks for the voting code again. The two who count the box on the last day
    differ at first, and count again.
    """
    case = recast.take(date(2014, 2, 17), date(2014, 2, 24), plots.WELL)
    together = _many(case, crowd, 5)
    registered = case.deeds[0].at
    gathered = together.gather(registered + timedelta(minutes=40), every=timedelta(minutes=35))
    together.plan(
        recast.planner.pace.soon(gathered),
        together.remove,
        place=4,
        reason="本人说明已迁出本村，请求退出联名。",
    )
    accepted = case.plan(recast.planner.pace.soon(registered), case.accept, note=CONTACT)
    done = case.plan(recast.planner.pace.after(accepted, 4), case.complete)
    together.plan(at("2014-03-05 09:10"), together.open, closes_on=date(2014, 3, 12))
    if done > at("2014-03-05 09:00"):
        raise RuntimeError("the water is completed too late for its ballot")
    together.plan(at("2014-03-05 20:15"), together.vote, who=0, grade=5)
    together.plan(at("2014-03-06 19:20"), together.ask_again, place=0)
    together.plan(at("2014-03-06 19:40"), together.vote, who=1, grade=4)
    together.plan(at("2014-03-07 10:05"), together.give, who=[3])
    together.plan(at("2014-03-12 15:30"), together.count, counts={1: 1})
    together.plan(at("2014-03-12 15:45"), together.count, counts={2: 1}, second=True)
    together.plan(at("2014-03-12 16:20"), together.count, counts={2: 1})
    together.plan(at("2014-03-12 16:30"), together.count, counts={2: 1}, second=True)
    return together


def _many(case: Case, crowd: Crowd, number: int) -> Gathering:
    case.collective = True
    return Gathering(case=case, people=crowd.group(number))
