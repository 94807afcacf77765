"""The supervision of the article's period: what happened besides the matters' own lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from duban.core.checks import Rule
from duban.core.orders import Colour
from duban.core.zone import day_of

from . import collective, hard, joined, objecting
from .cases import Case, Strand
from .cast import at
from .inspecting import Checking, ask_more
from .lives import Planner
from .recasting import Recast
from .rounds import Rounds

OPERATION = date(2013, 12, 9)


def strands(planner: Planner, history: Sequence[Case]) -> Iterator[Strand]:
    """Everything, in no order. Some matters of the history get another life."""
    recast = Recast(planner, history)
    yield from hard.strands(recast)
    yield from collective.strands(recast, planner.crowd)
    yield from joined.strands(recast)
    called = [case for case in history if any(deed.name == "call_back" for deed in case.deeds)]
    rounds = Rounds(planner.troupe, planner.book.calendar, planner.rng, apart=called[::10])
    last = max(day_of(deed.at) for case in history for deed in case.deeds)
    yield rounds.between(OPERATION, last + timedelta(days=7))
    yield check(planner, rounds)
    urged = Strand()
    urged.plan(at("2014-02-25 15:30"), rounds.order, colour=Colour.GREEN, unit="minzheng")
    yield urged
    yield objecting.of_the_period(planner.troupe)


def check(planner: Planner, rounds: Rounds) -> Checking:
    """查办结: six matters completed lately; two with a problem, one of them worth an order."""
    run = Checking(troupe=planner.troupe, checklist="completion", rule=Rule.COMPLETED_LATELY.value, size=6)
    run.plan(at("2014-03-05 10:30"), partial(ask_more, planner.troupe))
    run.plan(at("2014-03-10 09:40"), run.start, due_on=date(2014, 3, 14), seed="20140310")
    run.plan(at("2014-03-10 15:10"), run.change, place=1)
    for place, (moment, problem) in enumerate(
        (
            ("2014-03-11 10:20", ""),
            ("2014-03-11 11:05", "办结说明写了签收单，档案里没有，诉求人也没有签过字。"),
            ("2014-03-11 15:40", ""),
            ("2014-03-12 09:50", ""),
            ("2014-03-12 16:15", "现场只修了一半，剩下的说等天晴，诉求人不知道。"),
            ("2014-03-13 10:30", ""),
        )
    ):
        run.plan(at(moment), run.find, place=place, problem=problem)
    run.plan(
        at("2014-03-12 17:05"),
        run.annotate,
        place=1,
        text="单位当天补来签收单，落款日期属实，程序上仍有缺漏。",
    )
    run.plan(at("2014-03-13 11:20"), run.order, place=4, rounds=rounds)
    run.plan(at("2014-03-14 16:00"), run.close)
    return run
