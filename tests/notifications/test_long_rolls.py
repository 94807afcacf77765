"""A ballot's roll is one outbox row with many recipients: each is reached whatever befalls the others, and once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from duban.core.events import Consumer, Kind
from duban.journal.leasing import LEASE, MOST_ATTEMPTS
from duban.journal.models import Outbox
from duban.notifications.delivering import OUTAGE, deliver
from duban.notifications.message import Message
from duban.people.models import Unit
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import CROWD, Stage

NINE = at("2014-02-09 09:00")


def codes(post: Post) -> list[str]:
    """Who was sent a voting code, in order."""
    return [address for _, address, text in post.sent if "投票码" in text]


def stand_for_days(post: Post) -> None:
    for hour in range(0, 40, 2):
        deliver(NINE + timedelta(hours=hour), channels=post.channels)


def test_one_unreachable_voter_holds_nobody_up(stage: Stage) -> None:
    post = Post(broken={CROWD[0].mobile})
    stage.balloting(*CROWD[:4])
    deliver(NINE, channels=post.channels)
    assert len(codes(post)) == 4  # the petitioner and three of four
    row = Outbox.objects.get(consumer=Consumer.NOTICES.value, event__kind=Kind.BALLOT_OPENED.value)
    assert row.error == "ConnectionError"
    stand_for_days(post)
    assert sorted(codes(post)) == sorted(set(codes(post)))
    row.refresh_from_db()
    assert (row.attempts, row.dead_at is None) == (MOST_ATTEMPTS, False)


def test_a_gateway_that_is_out_is_not_asked_for_everybody(stage: Stage) -> None:
    asked = 0

    class Out:
        def send(self, message: Message, key: str) -> None:
            nonlocal asked
            asked += "投票码" in message.text
            raise TimeoutError

    ballot = stage.balloting(*CROWD)
    assert ballot.roll > OUTAGE
    deliver(NINE, channels={"console": Out(), "email": Out()})
    assert asked == OUTAGE


def test_many_unreachable_voters_do_not_hide_the_others(stage: Stage) -> None:
    post = Post(broken={one.mobile for one in CROWD[: OUTAGE + 1]})
    stage.balloting(*CROWD)
    stand_for_days(post)
    assert len(codes(post)) == len(CROWD) - OUTAGE


def test_nobody_waiting_for_the_morning_is_lost_to_a_broken_mailbox(stage: Stage) -> None:
    Unit.objects.filter(code="zhaiyang").update(email="zhaiyang@jishou.example")
    post = Post(broken={"zhaiyang@jishou.example"})
    stage.register(now="2014-01-29 22:30", place="坪朗村")
    for minute in range(0, 511, 5):
        deliver(at("2014-01-29 22:30") + timedelta(minutes=minute), channels=post.channels)
    assert [to for _, to, _ in post.sent] == [CITIZEN, CITIZEN]


CITIZEN = "13874300001"


class Watch:
    """A stopwatch turned by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Slow(Post):
    """Every sending takes as long as it is told, and afterwards somebody else comes by."""

    def __init__(self, watch: Watch, takes: Callable[[int], float], meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.watch, self.takes, self.meanwhile = watch, takes, meanwhile

    def send(self, message: Message, key: str) -> None:
        super().send(message, key)
        self.watch.seconds += self.takes(len(self.sent))
        self.meanwhile()


@pytest.mark.parametrize("seconds", [1, 14, 25])
def test_a_long_roll_is_sent_once_while_others_look_for_work(stage: Stage, seconds: float) -> None:
    stage.balloting(*CROWD[:9])
    watch, other = Watch(), Post()

    def another_worker() -> None:
        deliver(NINE + timedelta(seconds=watch.seconds), channels=other.channels)

    post = Slow(watch, lambda _: seconds, another_worker)
    deliver(NINE, channels=post.channels, watch=watch)
    assert len(codes(post)) + len(codes(other)) == 10
    assert len({*codes(post), *codes(other)}) == 10


def test_who_has_lost_the_lease_leaves_the_rest_to_the_other(stage: Stage) -> None:
    stage.balloting(*CROWD[:9])
    watch, other = Watch(), Post()

    def after_a_standstill() -> None:
        if watch.seconds > LEASE.total_seconds():
            deliver(NINE + timedelta(seconds=watch.seconds), channels=other.channels)

    halts = LEASE.total_seconds() + 1
    post = Slow(
        watch, lambda sent: halts if len(codes(post)) == 4 and not other.sent else 0, after_a_standstill
    )
    deliver(NINE, channels=post.channels, watch=watch)
    assert len(codes(post)) == 4
    assert len(codes(other)) == 7  # nobody knows of the one that was on its way
    assert not Outbox.objects.filter(consumer=Consumer.NOTICES.value).exists()
