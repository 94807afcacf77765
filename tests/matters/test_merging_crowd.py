"""Many at once on merged matters: nobody waits in a circle, one wins, nothing is lost."""

from __future__ import annotations

from datetime import datetime

from duban.journal.verifying import breaks
from duban.ledgers.recounting import recount
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.merging import merge, separate
from tests.city import TENG, at
from tests.matters.test_together import busy, together
from tests.stage import WU, Petitioner, Stage

__all__ = ["busy"]

NOW = at("2014-01-30 12:00")
THIRD = Petitioner(TENG.name, TENG.id_number, TENG.mobile)


def three(stage: Stage) -> list[Matter]:
    return [
        stage.handling(petitioner=one, title=f"停水 {one.mobile}")
        for one in (Petitioner("罗家祥", "433101196503120015", "13874300001"), WU, THIRD)
    ]


def whole(now: datetime = NOW) -> None:
    assert list(breaks()) == []
    assert recount(now) == []
    for one in Matter.objects.all():
        assert one.followers == one.merged.exclude(state="closed").count()


def test_merged_into_each_other_at_once(busy: Stage) -> None:
    rows = three(busy)

    def deed(number: int) -> object:
        one, other = rows[number % 3], rows[(number + 1) % 3]
        return merge(matter=one.number, lead=other.number, reason="同", actor=busy["office"], now=NOW)

    together(deed)
    whole()
    assert Matter.objects.filter(lead=None).count() == 1


def test_the_lead_is_worked_on_while_followers_come_go_and_withdraw(busy: Stage) -> None:
    lead, one, other = three(busy)
    merge(matter=one.number, lead=lead.number, reason="同", actor=busy["office"], now=NOW)

    def deed(number: int) -> object:
        match number % 4:
            case 0:
                return report_progress(matter=lead.number, note="运到", actor=busy["handler"], now=NOW)
            case 1:
                return merge(
                    matter=other.number, lead=lead.number, reason="同", actor=busy["office"], now=NOW
                )
            case 2:
                return separate(matter=one.number, reason="异", actor=busy["office"], now=NOW)
            case _:
                return withdraw(matter=one.number, reason="", actor=petitioner_of(one), now=NOW)

    got = together(deed)
    assert got["done"] >= 4
    whole()


def test_verdicts_of_all_at_once(busy: Stage) -> None:
    lead, one, other = three(busy)
    for follower in (one, other):
        merge(matter=follower.number, lead=lead.number, reason="同", actor=busy["office"], now=NOW)
    busy.complete(lead, "2014-02-08 16:40")
    rows = [lead, one, other]
    got = together(lambda number: busy.judge(busy.again(rows[number % 3]), 1 if number % 2 else 5))
    assert got["done"] >= 1
    whole(at("2014-02-09 09:00"))
