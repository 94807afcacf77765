"""Many at once: one code is one vote, two routes cannot both count, and a ballot closes once."""

from __future__ import annotations

import pytest

from duban.core.rights import ANYONE
from duban.evaluation.models import Ballot, Slip, Voter
from duban.evaluation.verbs.balloting import cast_vote
from duban.evaluation.verbs.counting import close_due
from duban.evaluation.verbs.paper import hand_out_paper
from duban.journal.models import Event
from duban.journal.verifying import breaks
from tests.city import at
from tests.matters.test_together import together
from tests.stage import CROWD, Stage, build, cards

TEN = at("2014-02-10 10:00")


@pytest.fixture
def busy(transactional_db: None) -> Stage:
    return build()


def test_eight_votes_with_one_code(busy: Stage) -> None:
    ballot = busy.balloting()
    number, voter = ballot.matter.number, ballot.voters.earliest("id").pk
    got = together(lambda n: cast_vote(matter=number, voter=voter, grade=1 + n % 5, actor=ANYONE, now=TEN))
    assert got == {"done": 1, "already_voted": 7}
    assert Slip.objects.count() == Voter.objects.filter(voted=True).count() == 1
    assert list(breaks()) == []


def test_paper_and_online_at_once(busy: Stage) -> None:
    busy.clerks_elsewhere()
    ballot = busy.balloting()
    number, voter, clerk = ballot.matter.number, ballot.voters.earliest("id").pk, busy["clerk2"]
    shown = cards(voter)

    def either(n: int) -> object:
        if n % 2:
            return hand_out_paper(matter=number, id_numbers=shown, actor=clerk, now=TEN)
        return cast_vote(matter=number, voter=voter, grade=5, actor=ANYONE, now=TEN)

    got, route = together(either), Voter.objects.get(pk=voter).route
    if route == "online":
        assert got == {"done": 1, "already_voted": 3, "voter_voted": 4}
    else:
        assert got == {"done": 1, "own_paper_taken": 4, "paper_taken": 3}
    assert Slip.objects.count() == (route == "online")


def test_eight_different_voters(busy: Stage) -> None:
    ballot = busy.balloting(*CROWD[:7])
    number, voters = ballot.matter.number, list(ballot.voters.values_list("pk", flat=True))
    got = together(lambda n: cast_vote(matter=number, voter=voters[n], grade=5, actor=ANYONE, now=TEN))
    assert got == {"done": 8}
    assert Slip.objects.count() == 8


def test_eight_workers_close_one_ballot(busy: Stage) -> None:
    ballot = busy.balloting()
    for grade in (5, 4, 1):
        busy.vote(ballot, grade)
    together(lambda _: close_due(at("2014-02-17 00:00")))
    assert Ballot.objects.get(pk=ballot.pk).outcome == "passed"
    assert Event.objects.filter(kind="ballot.closed").count() == 1
    assert Event.objects.filter(kind="matter.closed").count() == 1
    assert list(breaks()) == []
