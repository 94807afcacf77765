"""Which matters each rule draws from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from duban.core.checks import Rule
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.matters.opening import petitioner_of
from duban.matters.verbs.assigning import request_return, rule_return
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.timing import request_extension, rule_extension
from duban.supervision.candidates import candidates
from tests.city import at
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def drawn(rule: Rule, now: str, **more: Any) -> list[int]:
    return candidates(rule, at(now), **more)


def test_all_open_and_narrowed(stage: Stage) -> None:
    waiting, given = stage.register().matter, stage.assigned(title="另一处")
    done = stage.completed(title="第三处")
    stage.judge(stage.completed(title="第四处"), 5)
    assert drawn(Rule.ALL_OPEN, "2014-02-10 09:00") == sorted([waiting.pk, given.pk, done.pk])
    assert drawn(Rule.ALL_OPEN, "2014-02-10 09:00", unit="zhaiyang") == sorted([given.pk, done.pk])
    assert drawn(Rule.ALL_OPEN, "2014-02-10 09:00", kind="permit") == []


def test_red_is_one_second_after_due(stage: Stage) -> None:
    matter = stage.assigned()
    due = matter.clock_due_at
    assert candidates(Rule.RED, due) == []
    assert candidates(Rule.RED, due + timedelta(seconds=1)) == [matter.pk]


def test_completed_within_thirty_days(stage: Stage) -> None:
    matter, again = stage.completed(), stage.completed(title="重新办的")
    stage.judge(again, 1)
    assert drawn(Rule.COMPLETED_LATELY, "2014-03-10 16:40") == [matter.pk]
    assert drawn(Rule.COMPLETED_LATELY, "2014-03-10 16:41") == []
    stage.judge(matter, 5)
    assert drawn(Rule.COMPLETED_LATELY, "2014-03-10 16:40") == [matter.pk]


def test_completed_and_withdrawn_after_a_reopening_is_not_completed_lately(stage: Stage) -> None:
    matter = stage.judge(stage.completed(), 1)
    withdraw(matter=matter.number, reason="算了", actor=petitioner_of(matter), now=at("2014-02-10 10:00"))
    assert drawn(Rule.COMPLETED_LATELY, "2014-02-11 10:00") == []


def test_completed_and_withdrawn_was_completed_lately(stage: Stage) -> None:
    matter = stage.completed()
    withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-02-10 10:00"))
    assert drawn(Rule.COMPLETED_LATELY, "2014-02-11 10:00") == [matter.pk]


def test_an_extension_does_not_hide_silence(stage: Stage) -> None:
    matter = stage.handling()
    actor, now = stage["handler"], at("2014-02-07 10:00")
    request_extension(matter=matter.number, reason="要配件", due_on=date(2014, 2, 17), actor=actor, now=now)
    rule_extension(matter=matter.number, granted=True, note="", actor=stage["office"], now=now)
    assert drawn(Rule.SILENT, "2014-02-08 09:00") == [matter.pk]


def test_a_second_round_is_silent_from_its_reopening_on(stage: Stage) -> None:
    matter = stage.judge(stage.completed(), 1)  # 2014-02-09 09:00
    assert drawn(Rule.SILENT, "2014-02-14 08:59") == []
    assert drawn(Rule.SILENT, "2014-02-14 09:00") == [matter.pk]


def test_reopened(stage: Stage) -> None:
    matter = stage.completed()
    assert drawn(Rule.REOPENED, "2014-02-10 09:00") == []
    stage.judge(matter, 2)
    assert drawn(Rule.REOPENED, "2014-02-10 09:00") == [matter.pk]


def test_returned(stage: Stage) -> None:
    matter, now = stage.assigned(), at("2014-01-29 16:00")
    request_return(
        matter=matter.number, reason="属城管", suggested="chengguan", actor=stage["handler"], now=now
    )
    assert drawn(Rule.RETURNED, "2014-01-30 09:00") == []
    rule_return(matter=matter.number, granted=True, note="", unit="chengguan", actor=stage["office"], now=now)
    assert drawn(Rule.RETURNED, "2014-01-30 09:00") == [matter.pk]


def test_closed_without_a_verdict(stage: Stage) -> None:
    matter, now = stage.completed(), at("2014-02-16 09:00")
    call_back(matter=matter.number, result="not_reached", note="打了两次", actor=stage["office"], now=now)
    assert drawn(Rule.UNRATED, "2014-02-16 09:00") == []
    close_unrated(matter=matter.number, actor=stage["office"], now=now)
    assert drawn(Rule.UNRATED, "2014-03-18 09:00") == [matter.pk]
    assert drawn(Rule.UNRATED, "2014-03-18 09:01") == []


def test_five_days_without_a_word(stage: Stage) -> None:
    matter = stage.handling()  # since 2014-01-30 10:25
    assert drawn(Rule.SILENT, "2014-02-04 10:24") == []
    assert drawn(Rule.SILENT, "2014-02-04 10:25") == [matter.pk]
    said = at("2014-02-01 08:00")
    report_progress(matter=matter.number, note="水管已经运到。", actor=stage["handler"], now=said)
    assert drawn(Rule.SILENT, "2014-02-06 07:59") == []
    assert drawn(Rule.SILENT, "2014-02-06 08:00") == [matter.pk]


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_takes_two_statements_at_most(
    stage: Stage, rule: Rule, django_assert_max_num_queries: Any
) -> None:
    for n in range(3):
        stage.completed(title=f"第 {n} 处")
    with django_assert_max_num_queries(2):
        candidates(rule, at("2014-02-10 09:00"), unit="zhaiyang", kind="hardship")
