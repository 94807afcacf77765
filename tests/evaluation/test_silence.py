"""Callbacks and unrated closure: silence is not satisfaction (rule 9)."""

from __future__ import annotations

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.matters.models import Matter
from tests.city import at
from tests.stage import Stage

SEVENTH = "2014-02-15 16:40:00"  # seven days after completion, to the second


def ring(
    stage: Stage, matter: Matter, now: str = SEVENTH, result: str = "not_reached", note: str = "无人接听。"
) -> None:
    call_back(matter=matter.number, result=result, note=note, actor=stage["office"], now=at(now))


@pytest.mark.parametrize(("now", "passes"), [("2014-02-15 16:39:59", False), (SEVENTH, True)])
def test_called_back_after_seven_days(stage: Stage, now: str, passes: bool) -> None:
    matter = stage.completed()
    if passes:
        ring(stage, matter, now)
        assert stage.again(matter).state == "completed"
    else:
        with pytest.raises(Refused, match="callback_too_early"):
            ring(stage, matter, now)


def test_unrated_only_after_a_callback(stage: Stage) -> None:
    matter = stage.completed()
    with pytest.raises(Refused, match="callback_first"):
        close_unrated(matter=matter.number, actor=stage["office"], now=at(SEVENTH))
    ring(stage, matter)
    after = close_unrated(matter=matter.number, actor=stage["office"], now=at(SEVENTH))
    assert (after.state, after.basis) == ("closed", "unrated")


def test_not_before_seven_days(stage: Stage) -> None:
    with pytest.raises(Refused, match="unrated_too_early"):
        close_unrated(matter=stage.completed().number, actor=stage["office"], now=at("2014-02-15 16:39:59"))


def test_a_callback_of_an_earlier_round_does_not_count(stage: Stage) -> None:
    matter = stage.completed()
    ring(stage, matter)
    again = stage.complete(stage.judge(matter, 1, now="2014-02-16 09:00"), now="2014-02-17 09:00")
    with pytest.raises(Refused, match="callback_first"):
        close_unrated(matter=again.number, actor=stage["office"], now=at("2014-03-01 09:00"))


def test_the_verdict_stays_the_petitioners_after_a_callback(stage: Stage) -> None:
    matter = stage.completed()
    ring(stage, matter, result="reached", note="说很满意，会自己评价。")
    assert stage.judge(matter, 2, now="2014-02-16 09:00").state == "handling"


def test_a_collective_matter_is_never_closed_unrated(stage: Stage) -> None:
    with pytest.raises(Refused, match="collective_needs_ballot"):
        close_unrated(matter=stage.completed(collective=True).number, actor=stage["office"], now=at(SEVENTH))


@pytest.mark.parametrize(("result", "note"), [("maybe", "。"), ("reached", "")])
def test_result_and_note_are_needed(stage: Stage, result: str, note: str) -> None:
    with pytest.raises(Invalid):
        ring(stage, stage.completed(), result=result, note=note)


@pytest.mark.parametrize("username", ["handler", "head", "leader"])
def test_only_the_office(stage: Stage, username: str) -> None:
    matter = stage.completed()
    with pytest.raises(Forbidden):
        call_back(
            matter=matter.number, result="reached", note="通了。", actor=stage[username], now=at(SEVENTH)
        )
    with pytest.raises(Forbidden):
        close_unrated(matter=matter.number, actor=stage[username], now=at(SEVENTH))


@pytest.mark.parametrize("state", ["assigned", "handling"])
def test_only_of_completed_matters(stage: Stage, state: str) -> None:
    matter = getattr(stage, state)()
    with pytest.raises(Refused, match="wrong_state"):
        ring(stage, matter)
    with pytest.raises(Refused, match="wrong_state"):
        close_unrated(matter=matter.number, actor=stage["office"], now=at(SEVENTH))
