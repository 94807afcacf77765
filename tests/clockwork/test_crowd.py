"""Many workers at once: six raise each alarm once, fold each event once, send each message once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Lock

import pytest
from django.db import connection, transaction

from duban.clockwork.ticking import tick
from duban.core.events import Consumer, Kind
from duban.core.rights import SYSTEM
from duban.journal.models import Event, Outbox
from duban.journal.recording import Entry, record
from duban.journal.verifying import breaks
from duban.ledgers.census import census
from duban.ledgers.entering import enter
from duban.ledgers.folding import fold
from duban.ledgers.models import LedgerEntry
from duban.ledgers.rebuilding import rebuilt, stored
from duban.ledgers.recounting import recount
from duban.matters.models import Matter
from duban.notifications.delivering import deliver
from duban.notifications.models import Delivery
from duban.supervision.models import Alarm
from duban.supervision.sweep import sweep
from duban.supervision.verbs.ordering import issue_order
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 6
LATE = at("2014-03-10 09:00")  # forty days after


def crowd(do: Callable[[], int]) -> list[int]:
    """What each of six workers did, all let go at the same moment."""
    start = Barrier(WORKERS)

    def work() -> int:
        try:
            start.wait()
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        return [each.result() for each in [workers.submit(work) for _ in range(WORKERS)]]


@pytest.fixture
def town(stage: Stage) -> Stage:
    """Ten matters nobody has accepted: each has crossed yellow and red since."""
    for house in range(10):
        stage.assigned(title=f"坪朗村第{house + 1}户缺水")
    return stage


def test_six_workers_enter_every_event_once(town: Stage) -> None:
    sweep(LATE)
    assert sum(crowd(lambda: sum(enter(limit=3) for _ in range(20)))) == 20
    assert LedgerEntry.objects.count() == 10  # the red ones
    assert recount(LATE) == []
    assert stored() == rebuilt()


def test_six_sweeps_raise_every_alarm_once(town: Stage) -> None:
    assert sum(crowd(lambda: sweep(LATE))) == 20
    assert Alarm.objects.count() == Event.objects.filter(kind="alarm.raised").count() == 20
    assert Alarm.objects.values("matter", "run", "boundary").distinct().count() == 20
    assert list(breaks()) == []


def test_a_verb_and_the_sweeps_at_once_raise_every_alarm_once(town: Stage) -> None:
    matter = Matter.objects.order_by("pk")[0]
    turns = iter([lambda: bool(town.accept(matter, now="2014-03-10 09:00"))])
    first = Lock()

    def do() -> int:
        with first:
            verb = next(turns, None)
        return int(verb()) if verb else sweep(LATE)

    crowd(do)
    sweep(LATE)
    assert Alarm.objects.filter(matter=matter, clock="acceptance").count() == 2
    assert list(breaks()) == []


def test_six_at_once_enter_alarms_and_their_answers_once(town: Stage) -> None:
    """Orders go out while five sweep: whichever comes first, no alarm is doubled and none of theirs stays open."""
    numbers = list(Matter.objects.order_by("pk").values_list("number", flat=True)[:4])
    turns = iter([lambda: _order_all(town, numbers)])
    first = Lock()

    def do() -> int:
        with first:
            orders = next(turns, None)
        return orders() if orders else sweep(LATE)

    crowd(do)
    sweep(LATE)
    assert Alarm.objects.count() == 20
    assert Alarm.objects.values("matter", "run", "boundary").distinct().count() == 20
    answered = Alarm.objects.exclude(answer="")
    assert answered.filter(answer_event__kind="order.issued").count() == answered.count() == 8
    assert not Outbox.objects.filter(consumer=Consumer.ALARMS.value).exists()
    assert list(breaks()) == []


def test_six_folds_count_every_event_once(town: Stage) -> None:
    before = census(LATE)
    waiting = Outbox.objects.filter(consumer=Consumer.TOTALS.value).count()
    assert sum(crowd(_fold_all)) == waiting
    assert census(LATE) == before
    assert recount(LATE) == []


def test_six_folds_stumble_over_one_event_and_count_every_other_once(town: Stage) -> None:
    before = census(LATE)
    with transaction.atomic():
        record("matter:999999", Entry(Kind.MATTER_ACCEPTED), actor=SYSTEM, at=at("2014-01-01 09:00"))
    crowd(lambda: _fold_all(now=LATE))
    left = Outbox.objects.get(consumer=Consumer.TOTALS.value)
    assert (left.event.stream, left.attempts) == ("matter:999999", 1)
    assert census(LATE) == before
    assert recount(LATE) == []


def test_figures_read_while_they_are_folded_are_never_wrong(town: Stage) -> None:
    before, turns, lock = census(LATE), iter([_fold_all, _fold_all]), Lock()

    def do() -> int:
        with lock:
            folding = next(turns, None)
        return folding() if folding else sum(census(LATE) != before for _ in range(30))

    wrong = crowd(do)
    assert sum(wrong) == Event.objects.filter(facts__has_key="now").count()  # every fold, and no census amiss


def test_six_deliver_every_message_once(town: Stage) -> None:
    post = Post()
    sent = crowd(lambda: deliver(LATE, channels=post.channels))
    keys = [key for key, _, _ in post.sent]
    assert sum(sent) == len(keys) == len(set(keys)) == Delivery.objects.count() == 20
    assert not Outbox.objects.filter(consumer=Consumer.NOTICES.value).exists()


def test_six_whole_turns_leave_nothing_undone_and_nothing_twice(town: Stage) -> None:
    crowd(lambda: tick(LATE).crossed)
    assert Alarm.objects.count() == 20
    assert not Outbox.objects.filter(dead_at=None, consumer=Consumer.TOTALS.value).exists()
    assert recount(LATE) == []


def _fold_all(now: datetime | None = None) -> int:
    folded = 0
    while done := fold(limit=3, now=now):
        folded += done
    return folded


def _order_all(town: Stage, numbers: list[str]) -> int:
    for number in numbers:
        issue_order(
            colour="red", demand="抓紧。", reply_by=None, matter=number, actor=town["office"], now=LATE
        )
    return len(numbers)
