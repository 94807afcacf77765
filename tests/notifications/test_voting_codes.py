"""A voting code sent once more: who gets it, when, in which words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from duban.core.rights import ANYONE
from duban.evaluation.models import Ballot, Voter
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.verbs.resending import resend_code
from duban.notifications.delivering import deliver
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import CROWD, Stage

OPENED = "2014-02-09 09:00"
NIGHT = "2014-02-09 23:30"


def ask(ballot: Ballot, now: str, mobile: str = CROWD[0].mobile) -> None:
    resend_code(matter=ballot.matter.number, mobile=mobile, client=now, actor=ANYONE, now=at(now))


@pytest.fixture
def ballot(stage: Stage) -> Ballot:
    """A ballot whose first messages are out."""
    found = stage.balloting()
    deliver(at(OPENED), channels=Post().channels)
    return found


def sent(now: str, post: Post | None = None) -> list[tuple[str, str]]:
    """What goes out at a moment: to whom, and the words."""
    post = post or Post()
    deliver(at(now), channels=post.channels)
    return [(address, text) for _, address, text in post.sent]


def of(ballot: Ballot) -> Voter:
    return next(one for one in ballot.voters.all() if one.citizen.mobile == CROWD[0].mobile)


def test_at_night_too_to_whom_it_belongs_with_the_same_code(ballot: Ballot) -> None:
    ask(ballot, NIGHT)
    code, number = of(ballot).code, ballot.matter.number
    ((to, text),) = sent(NIGHT)
    assert to == CROWD[0].mobile
    assert text.startswith(f"重发：{number} 请您投票测评，您的投票码还是 {code[:5]} {code[5:]}，只用一次")
    assert "2014年2月16日 周日 23:59 截止" in text
    assert text.endswith(f"/matters/{number}/ballot")
    assert sent(NIGHT) == []


def test_in_english(ballot: Ballot) -> None:
    ask(ballot, NIGHT)
    with override("en"):
        ((_, text),) = sent(NIGHT)
    assert text.startswith(f"Sent again: please vote on {ballot.matter.number}. Your voting code is still ")


def test_asking_in_vain_sends_nothing(ballot: Ballot) -> None:
    ask(ballot, NIGHT, "13974399999")
    assert sent(NIGHT) == []


def test_whoever_has_voted_meanwhile_is_left_alone(stage: Stage, ballot: Ballot) -> None:
    ask(ballot, NIGHT)
    stage.vote(ballot, 5, voter=of(ballot).pk)
    assert sent(NIGHT) == []


def test_a_ballot_closed_meanwhile_asks_for_no_votes(stage: Stage, ballot: Ballot) -> None:
    ask(ballot, NIGHT)
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=at("2014-02-17 09:00"))
    assert not [text for _, text in sent("2014-02-17 09:00") if "投票码" in text]


def test_after_a_standstill_one_message_is_enough(ballot: Ballot) -> None:
    for now in ("2014-02-10 10:00", "2014-02-10 10:10", "2014-02-10 10:15", "2014-02-10 10:20"):
        ask(ballot, now)
    assert len(sent("2014-02-10 11:00")) == 1


def test_a_gateway_that_fails_is_asked_again(ballot: Ballot) -> None:
    ask(ballot, "2014-02-10 10:00")
    broken = Post(broken={CROWD[0].mobile})
    assert sent("2014-02-10 10:00", broken) == []
    assert len(sent("2014-02-10 10:30")) == 1
