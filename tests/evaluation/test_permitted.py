"""`allowed`: the buttons a page shows are the verbs that would not be refused."""

from __future__ import annotations

import pytest

from duban.core.rights import Verb
from duban.evaluation.permitted import allowed
from duban.evaluation.verbs.silence import call_back
from duban.matters.opening import petitioner_of
from duban.matters.verbs.assigning import request_return
from tests.city import at
from tests.stage import Stage

NOON = at("2014-01-30 12:00")


def test_of_a_unit_that_has_just_got_it(stage: Stage) -> None:
    matter = stage.assigned()
    assert allowed(matter, stage["handler"], NOON) == (Verb.ACCEPT, Verb.REQUEST_RETURN, Verb.ASK_ASSIST)
    assert allowed(matter, stage["head"], NOON)[:3] == (Verb.HAND_OVER, Verb.ACCEPT, Verb.REQUEST_RETURN)
    assert allowed(matter, stage["handler"], at("2014-01-31 00:00")) == (Verb.ACCEPT, Verb.ASK_ASSIST)
    assert allowed(matter, stage["handler2"], NOON) == ()
    assert allowed(matter, stage["office"], NOON) == (Verb.ASK_ASSIST, Verb.MERGE)


def test_of_the_office_over_a_request(stage: Stage) -> None:
    matter = stage.assigned()
    request_return(matter=matter.number, reason="不符", suggested="zhujian", actor=stage["handler"], now=NOON)
    asked = stage.again(matter)
    assert allowed(asked, stage["office"], NOON) == (Verb.RULE_RETURN, Verb.ASK_ASSIST, Verb.MERGE)
    assert Verb.SIGN_RETURN in allowed(asked, stage["head"], NOON)
    assert Verb.REQUEST_RETURN not in allowed(asked, stage["handler"], NOON)


def test_while_handling(stage: Stage) -> None:
    matter = stage.handling()
    expected = (Verb.REPORT_PROGRESS, Verb.COMPLETE, Verb.REQUEST_EXTENSION, Verb.ASK_ASSIST)
    assert allowed(matter, stage["handler"], at("2014-02-10 23:59:59")) == expected
    late = (Verb.REPORT_PROGRESS, Verb.COMPLETE, Verb.ASK_ASSIST)
    assert allowed(matter, stage["handler"], at("2014-02-11 00:00:00")) == late


def test_of_the_petitioner(stage: Stage) -> None:
    matter = stage.completed()
    assert allowed(matter, petitioner_of(matter), NOON) == (Verb.GIVE_VERDICT, Verb.ADD, Verb.WITHDRAW)
    closed = stage.judge(matter, 5)
    assert allowed(closed, petitioner_of(closed), NOON) == ()


def test_of_the_office_over_silence(stage: Stage) -> None:
    matter, seventh = stage.completed(), at("2014-02-15 16:40")
    assert allowed(matter, stage["office"], at("2014-02-15 16:39")) == ()
    assert allowed(matter, stage["office"], seventh) == (Verb.CALL_BACK,)
    call_back(matter=matter.number, result="declined", note="不愿评价。", actor=stage["office"], now=seventh)
    assert allowed(matter, stage["office"], seventh) == (Verb.CALL_BACK, Verb.CLOSE_UNRATED)


@pytest.mark.parametrize("username", ["handler", "head", "office", "leader", "member", "clerk", "sysadmin"])
def test_nobody_on_the_staff_is_ever_offered_the_verdict(stage: Stage, username: str) -> None:
    assert Verb.GIVE_VERDICT not in allowed(stage.completed(), stage[username], NOON)
