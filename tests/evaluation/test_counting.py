"""A ballot closes: by the office, or by the clock at its last second; and the matter goes where 1/3 sends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from duban.catalogue.policies import amend_policy
from duban.core.refusal import Forbidden, Refused
from duban.core.zone import local
from duban.evaluation.models import Ballot
from duban.evaluation.reading import result
from duban.evaluation.verbs.balloting import open_ballot
from duban.evaluation.verbs.counting import close_ballot, close_due
from duban.evaluation.verbs.silence import close_unrated
from duban.evaluation.verbs.verdicts import give_verdict
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.ledgers.folding import fold
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.closing import withdraw
from duban.notifications.delivering import deliver
from tests import city
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import CROWD, Stage

TEN = at("2014-02-10 10:00")
OVER = at("2014-02-17 00:00")


def counted(stage: Stage, grades: list[int], people: int | None = None, **changes: Any) -> Ballot:
    """A ballot of so many people, voted on and closed."""
    ballot = stage.balloting(*CROWD[: (people or len(grades)) - 1], **changes)
    for grade in grades:
        stage.vote(ballot, grade)
    close_due(OVER)
    return Ballot.objects.select_related("matter").get(pk=ballot.pk)


@pytest.mark.parametrize(
    ("grades", "state", "outcome"),
    [
        ([5, 4, 1], "closed", "passed"),  # 3 votes, 1 against: closes
        ([5, 1], "handling", "blocked"),  # 2/1
        ([5, 3, 2, 1], "handling", "blocked"),  # 4/2
        ([3, 3, 3], "closed", "passed"),
        ([2, 2, 2], "handling", "blocked"),
        ([5, 5, 5, 5, 1, 2], "closed", "passed"),  # 6/2: exactly a third
        ([5, 5, 5, 5, 1, 2, 1], "handling", "blocked"),
    ],
)
def test_the_third(stage: Stage, grades: list[int], state: str, outcome: str) -> None:
    ballot = counted(stage, grades)
    matter = stage.again(ballot.matter)
    assert (ballot.outcome, ballot.votes, matter.state) == (outcome, len(grades), state)
    closed = Event.objects.get(kind="ballot.closed")
    assert closed.facts["unit"] == "zhaiyang"
    assert closed.facts["handler"] == stage.staff["handler"].pk
    assert sum(closed.facts["grades"].values()) == len(grades)
    if state == "closed":
        assert (matter.basis, matter.basis_event_id) == ("ballot", closed.pk)
    else:
        assert (matter.round, matter.basis) == (2, "")
    assert list(breaks()) == []


def test_too_few_leave_it_completed_and_another_ballot_of_the_round_may_follow(stage: Stage) -> None:
    ballot = counted(stage, [5], people=3)
    assert (ballot.outcome, ballot.votes) == ("no_quorum", 1)
    matter = stage.again(ballot.matter)
    assert (matter.state, matter.round) == ("completed", 1)
    again = open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-17 09:00"))
    assert (again.round, again.roll) == (1, 3)


def test_nobody_voted_and_any_vote_would_do(stage: Stage) -> None:
    amend_policy(
        figures={"ballot_quorum_percent": 0}, note="试行", actor=stage["office"], now=TEN - timedelta(days=30)
    )
    ballot = counted(stage, [], people=2)
    assert (ballot.quorum_percent, ballot.outcome) == (0, "no_quorum")
    assert stage.again(ballot.matter).state == "completed"


def test_a_blocked_matter_goes_round_again_and_passes(stage: Stage) -> None:
    ballot = counted(stage, [1, 1, 1])
    matter = stage.complete(stage.again(ballot.matter), "2014-02-18 10:00")
    second = open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-18 11:00"))
    assert second.round == 2
    for _ in range(3):
        stage.vote(second, 4, now="2014-02-19 10:00")
    close_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-19 11:00"))
    assert stage.again(matter).state == "closed"
    while fold():
        pass
    assert list(breaks()) == []


def test_the_clock_closes_it_once_dated_to_its_last_second(stage: Stage) -> None:
    ballot = stage.balloting()
    for _ in range(3):
        stage.vote(ballot, 5)
    assert close_due(at("2014-02-16 23:59:59")) == 0
    forty_days_later = OVER + timedelta(days=40)
    assert close_due(forty_days_later) == 1
    assert close_due(forty_days_later) == 0
    closed = Event.objects.get(kind="ballot.closed")
    assert local(closed.at) == at("2014-02-16 23:59:59")
    assert closed.actor == "system"
    assert local(stage.again(ballot.matter).closed_at) == at("2014-02-16 23:59:59")  # type: ignore[arg-type]


def test_the_office_closes_it_only_when_everybody_has_voted_or_time_is_over(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.vote(ballot, 5)
    close = {"matter": ballot.matter.number, "actor": stage["office"]}
    with pytest.raises(Refused, match="ballot_running"):
        close_ballot(**close, now=TEN)
    stage.vote(ballot, 5)
    stage.vote(ballot, 5)
    assert close_ballot(**close, now=TEN).outcome == "passed"
    with pytest.raises(Refused, match="no_ballot"):
        close_ballot(**close, now=TEN)


def test_after_its_time_the_office_need_not_wait_for_the_clock(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.vote(ballot, 5)
    assert close_ballot(matter=ballot.matter.number, actor=stage["office"], now=OVER).outcome == "no_quorum"


@pytest.mark.parametrize("hours", [0, 40])
def test_after_its_time_it_does_not_matter_when_the_office_closes_it(stage: Stage, hours: int) -> None:
    clicked, swept = (stage.balloting(CROWD[n], title=title) for n, title in ((0, "一"), (1, "二")))
    for ballot in (clicked, swept):
        stage.vote(ballot, 5)
        stage.vote(ballot, 1)
    close_ballot(matter=clicked.matter.number, actor=stage["office"], now=OVER + timedelta(hours=hours))
    close_due(OVER + timedelta(hours=hours))
    one, two = (Ballot.objects.select_related("matter").get(pk=it.pk) for it in (clicked, swept))
    assert one.closed_at == two.closed_at == swept.closes_at
    assert stage.again(one.matter).clock_due_at == stage.again(two.matter).clock_due_at
    assert Event.objects.get(kind="ballot.closed", stream=one.matter.stream).actor == stage["office"].key


@pytest.mark.parametrize("username", ["handler", "head", "member", "leader"])
def test_only_the_office(stage: Stage, username: str) -> None:
    ballot = stage.balloting()
    with pytest.raises(Forbidden):
        close_ballot(matter=ballot.matter.number, actor=stage[username], now=OVER)


def test_the_result_spells_the_arithmetic(stage: Stage) -> None:
    found = result(counted(stage, [5, 4, 2, 1]))
    assert found.grades == {5: 1, 4: 1, 3: 0, 2: 1, 1: 1}
    assert (found.triple, found.ballot.votes, found.turnout.online) == (6, 4, 4)


def test_the_petitioner_the_voters_the_unit_and_the_office_are_told(stage: Stage) -> None:
    ballot = stage.balloting()
    for grade in (5, 1, 1):
        stage.vote(ballot, grade)
    post = Post()
    deliver(TEN, channels=post.channels)
    post.sent.clear()
    close_due(OVER)
    deliver(at("2014-02-17 09:00"), channels=post.channels)
    told = {person.name: post.to(person.mobile) for person in (city.LUO, *CROWD[:2])}
    assert [len(texts) for texts in told.values()] == [2, 1, 1]
    assert "3 票中 2 票不满意，不予销号" in told[city.LUO.name][0]
    assert all("评价" not in text for texts in told.values() for text in texts)


def test_nobody_is_asked_for_a_verdict_of_a_matter_of_many(stage: Stage) -> None:
    from duban.supervision.sweep import sweep

    matter = stage.completed_for_many(CROWD[0])
    sweep(at("2014-02-20 10:00"))
    post = Post()
    deliver(at("2014-02-20 10:00"), channels=post.channels)
    texts = [text for text in post.to(city.LUO.mobile) if "办结" in text]
    assert not [text for text in texts if "请您评一评" in text or "请评价" in text]
    assert matter.number in texts[-1]


def everything(matter: Matter, stage: Stage) -> list[Any]:
    """Whatever else might close a matter."""
    now = at("2014-03-10 10:00")
    return [
        lambda: give_verdict(matter=matter.number, grade=5, actor=petitioner_of(matter), now=now),
        lambda: close_unrated(matter=matter.number, actor=stage["office"], now=now),
        lambda: withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=now),
    ]


@pytest.mark.parametrize("way", range(3))
@pytest.mark.parametrize("grades", [None, [], [1, 1, 5]])
def test_no_other_verb_closes_a_matter_of_many(stage: Stage, way: int, grades: list[int] | None) -> None:
    """Before any ballot, while one runs, and after one that blocked."""
    if grades is None:
        matter = stage.completed_for_many(CROWD[0])
    else:
        ballot = stage.balloting()
        for grade in grades:
            stage.vote(ballot, grade)
        if grades:
            close_due(OVER)
            stage.complete(stage.again(ballot.matter), "2014-02-18 10:00")
        matter = ballot.matter
    matter = stage.again(matter)
    with pytest.raises(Refused):
        everything(matter, stage)[way]()
    assert stage.again(matter).state == "completed"
