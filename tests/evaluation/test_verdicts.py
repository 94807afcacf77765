"""`give_verdict`: the citizen's word closes or reopens (rule 9)."""

from __future__ import annotations

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused
from duban.core.zone import local
from duban.evaluation.models import Verdict
from duban.evaluation.verbs.verdicts import give_verdict
from duban.journal.models import Event
from duban.matters.opening import petitioner_of
from duban.matters.verbs.closing import withdraw
from tests.city import ACCOUNTS, at
from tests.stage import Stage


@pytest.mark.parametrize("grade", [5, 4, 3])
def test_the_top_three_close_at_once(stage: Stage, grade: int) -> None:
    matter = stage.judge(stage.completed(), grade)
    assert (matter.state, matter.basis, matter.closed_at) == ("closed", "verdict", at("2014-02-09 09:00"))
    ground = Event.objects.get(pk=matter.basis_event_id)
    assert (ground.kind, ground.facts["grade"]) == ("verdict.given", grade)


@pytest.mark.parametrize("grade", [2, 1])
def test_the_bottom_two_reopen_with_the_same_promise_counted_anew(stage: Stage, grade: int) -> None:
    matter = stage.judge(stage.completed(), grade, comment="高处还是没水。")
    assert (matter.state, matter.round, matter.clock, matter.basis) == ("handling", 2, "completion", "")
    assert local(matter.clock_due_at) == at("2014-02-12 23:59:59")
    again = stage.complete(matter, now="2014-02-11 10:00")
    assert stage.judge(again, 4, now="2014-02-11 12:00").state == "closed"
    assert list(Verdict.objects.order_by("round").values_list("round", "grade")) == [(1, grade), (2, 4)]


@pytest.mark.parametrize("username", ACCOUNTS)
def test_no_official_gives_a_verdict(stage: Stage, username: str) -> None:
    matter = stage.completed()
    with pytest.raises(Forbidden) as no:
        give_verdict(matter=matter.number, grade=5, actor=stage[username], now=at("2014-02-09 09:00"))
    assert no.value.code == "verdict_is_the_petitioners"
    assert stage.again(matter).state == "completed"


def test_nor_another_petitioner(stage: Stage) -> None:
    matter, other = stage.completed(), stage.completed(title="别人的事")
    with pytest.raises(Forbidden):
        give_verdict(matter=matter.number, grade=5, actor=petitioner_of(other), now=at("2014-02-09 09:00"))


@pytest.mark.parametrize("state", ["assigned", "handling"])
def test_not_before_completion(stage: Stage, state: str) -> None:
    with pytest.raises(Refused, match="verdict_not_yet"):
        stage.judge(getattr(stage, state)(), 5)


def test_not_twice(stage: Stage) -> None:
    with pytest.raises(Refused, match="verdict_given"):
        stage.judge(stage.closed(), 1)


def test_not_after_withdrawing(stage: Stage) -> None:
    matter = stage.completed()
    withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-02-09 08:00"))
    with pytest.raises(Refused, match="already_closed"):
        stage.judge(matter, 5)


@pytest.mark.parametrize("grade", [0, 6, -1])
def test_five_grades_and_no_other(stage: Stage, grade: int) -> None:
    matter = stage.completed()
    with pytest.raises(Invalid):
        stage.judge(matter, grade)
    assert not Verdict.objects.exists()


def test_a_collective_matter_waits_for_its_ballot(stage: Stage) -> None:
    with pytest.raises(Refused, match="collective_needs_ballot"):
        stage.judge(stage.completed(collective=True), 5)


def test_the_issuer_judges_a_directive(stage: Stage) -> None:
    directive = {"kind": "directive", "petitioner": None, "actor": stage["leader"]}
    number = stage.register(**directive).matter
    from duban.matters.verbs.assigning import assign

    assign(matter=number.number, unit="zhaiyang", actor=stage["office"], now=at("2014-01-29 15:10"))
    matter = stage.complete(stage.accept(number))
    assert stage.judge(matter, 5).state == "closed"
