"""What many have in hand today: an open ballot, co-signing, a merged pair, units that assist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from duban.core.zone import day_of

from . import joined, plots
from .alive import Today
from .cases import Case, Strand
from .gathering import Gathering
from .stories import Story

CONTACT = "电话联系诉求人，约定到现场与住户代表见面。"


def strands(today: Today) -> Iterator[Strand]:
    """Everything, in no order."""
    yield from ballot(today)
    yield from cosigning(today)
    yield from awaiting(today)
    yield from pair(today)
    yield from assists(today)


def ballot(today: Today) -> Iterator[Strand]:
    """Twelve may vote; five have online, three have a paper, and the box is not counted yet."""
    together = _many(today, replace(plots.LIFT, title="福源小区3栋电梯停运，住户联名请求维修"), 7, 11)
    case = together.case
    case.plan(today.ago(4), case.complete)
    opened = together.plan(today.ago(3), together.open, closes_on=day_of(today.now) + timedelta(days=5))
    for place, grade in enumerate((5, 4, 4, 2, 5)):
        together.plan(opened + timedelta(hours=2, minutes=53 * place), together.vote, who=place, grade=grade)
    together.plan(today.ago(1), together.give, who=[6, 8, 11])
    yield from (together, case)


def cosigning(today: Today) -> Iterator[Strand]:
    """In hand; three have joined by the link, more may."""
    together = _many(today, plots.NIGHT_MARKET, 3, 3)
    yield from (together, together.case)


def awaiting(today: Today) -> Iterator[Strand]:
    """Completed; the office has not opened the ballot."""
    together = _many(today, plots.SQUARE, 5, 4)
    together.case.plan(today.ago(1), together.case.complete)
    yield from (together, together.case)


def pair(today: Today) -> Iterator[Strand]:
    """Two neighbours about the same thing: the second matter goes the way of the first."""
    lead = today.begun(today.limited("zhaiyang", 7, 15), today.ago(3))
    story = replace(lead.story, title=f"邻居也反映：{lead.story.title}"[:60])
    same = today.planner.case(story, wish=story.unit, confidential=False)
    same.plan(today.ago(2), same.register)
    same.plan(
        today.ago(1), partial(joined.join, same), lead=lead, reason="与先登记的事项反映同一地点、同一问题。"
    )
    yield from (lead, same)


def assists(today: Today) -> Iterator[Strand]:
    """Each of two units asks the other; a third has answered."""
    units = {"zhaiyang": "chengguan", "chengguan": "zhaiyang"}
    for unit, other in units.items():
        case = today.begun(today.limited(unit, 3, 15), today.ago(2))
        case.plan(
            today.ago(1),
            partial(joined.ask, case),
            unit=other,
            task="请派人到现场共同核实，并提供往年处理记录。",
        )
        yield case
    case = today.begun(today.limited("zhaiyang", 7, 15), today.ago(4))
    case.plan(today.ago(3), partial(joined.ask, case), unit="guotu", task="请提供宗地权属资料。")
    case.plan(today.ago(1), partial(joined.answer, case), unit="guotu", text="权属资料已调取，边界清楚。")
    yield case


def _many(today: Today, story: Story, workdays: int, number: int) -> Gathering:
    """Registered so many workdays ago, with so many co-signers, and accepted."""
    case: Case = today.begun(story, today.ago(workdays, hour=9))
    case.collective = True
    together = Gathering(case=case, people=today.planner.crowd.group(number))
    together.gather(case.deeds[0].at + timedelta(minutes=20), every=timedelta(minutes=33))
    return together
