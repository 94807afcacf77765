"""`allowed`: the buttons a page shows are the verbs that would not be refused."""

from __future__ import annotations

import pytest

from duban.core.refusal import Refused
from duban.core.rights import Verb
from duban.evaluation.permitted import allowed
from duban.evaluation.verbs.balloting import open_ballot
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.queries import tray
from duban.matters.verbs.assigning import request_return
from tests.city import at
from tests.stage import CROWD, Stage

NOON = at("2014-01-30 12:00")


def test_of_a_unit_that_has_just_got_it(stage: Stage) -> None:
    matter = stage.assigned()
    assert allowed(matter, stage["handler"], NOON) == (Verb.ACCEPT, Verb.REQUEST_RETURN, Verb.ASK_ASSIST)
    assert allowed(matter, stage["head"], NOON)[:3] == (Verb.HAND_OVER, Verb.ACCEPT, Verb.REQUEST_RETURN)
    assert allowed(matter, stage["handler"], at("2014-01-31 00:00")) == (Verb.ACCEPT, Verb.ASK_ASSIST)
    last = at("2014-01-30 23:59:59.5")  # the whole last second still counts
    assert Verb.REQUEST_RETURN in allowed(matter, stage["handler"], last)
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
    assert allowed(matter, stage["handler"], at("2014-02-10 23:59:59.5")) == expected
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


def test_the_silence_of_many_is_broken_by_a_ballot_and_not_by_a_call(stage: Stage) -> None:
    matter, later = stage.completed_for_many(CROWD[0]), at("2014-03-15 16:40")
    assert tray("silent", later).items == []
    assert allowed(matter, stage["office"], later) == (Verb.OPEN_BALLOT,)
    for verb in (lambda **one: call_back(result="reached", note="通了。", **one), close_unrated):
        with pytest.raises(Refused, match="collective_needs_ballot"):
            verb(matter=matter.number, actor=stage["office"], now=later)


def test_of_a_matter_merged_into_another_nothing_is_opened(stage: Stage) -> None:
    """No verb merges a collective matter; whatever else would, its lead is the one to be voted on."""
    matter, lead = stage.completed_for_many(CROWD[0]), stage.completed(title="主件")
    Matter.objects.filter(pk=matter.pk).update(lead=lead)
    assert Verb.OPEN_BALLOT not in allowed(stage.again(matter), stage["office"], NOON)
    with pytest.raises(Refused) as refused:
        open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-09 09:00"))
    assert (refused.value.code, refused.value.params["lead"]) == ("merged_follows", lead.number)


@pytest.mark.parametrize("username", ["handler", "head", "office", "leader", "member", "clerk", "sysadmin"])
def test_nobody_on_the_staff_is_ever_offered_the_verdict(stage: Stage, username: str) -> None:
    assert Verb.GIVE_VERDICT not in allowed(stage.completed(), stage[username], NOON)
