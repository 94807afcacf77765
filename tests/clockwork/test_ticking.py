"""One turn, and the worker that goes on whatever happens."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import OperationalError
from structlog.testing import capture_logs

from duban.catalogue.models import CalendarDay
from duban.catalogue.revisions import bump
from duban.clockwork import ticking, worker
from duban.clockwork.ticking import TickReport, tick
from duban.core.events import Consumer
from duban.core.zone import local
from duban.journal.models import Event, Outbox
from duban.matters.models import Matter
from duban.matters.recomputing import recompute_running
from duban.supervision.models import Alarm
from tests.city import at
from tests.stage import Stage


def test_a_turn_after_forty_days_does_all_that_was_left(stage: Stage) -> None:
    matter = stage.assigned()
    with capture_logs():
        report = tick(at("2014-03-11 09:00"))
    assert (report.crossed, report.folded, report.entered) == (2, 2, 2)
    assert report.sent >= 2
    assert not Outbox.objects.exists()
    assert [alarm.at for alarm in Alarm.objects.order_by("at")] == [
        matter.clock_warn_at,
        matter.reading.late_from,
    ]
    with capture_logs():
        again = tick(at("2014-03-11 09:00"))
    assert not again.worked
    assert (
        str(again)
        == "crossed 0 boundaries, moved 0 due moments, counted 0 ballots, docketed 0, folded 0 events, "
        "entered 0 in the ledgers, sent 0 messages"
    )


def test_an_announced_holiday_moves_running_clocks_and_says_so(stage: Stage) -> None:
    moving = stage.accept(stage.assigned(), now="2014-01-29 16:00")  # due 2014-02-08, a make-up workday
    staying = stage.completed(title="坪朗村第二组缺水")
    CalendarDay.objects.filter(day=date(2014, 2, 8)).delete()  # no longer worked: a plain Saturday
    bump()
    assert recompute_running(at("2014-02-07 09:00")) == 1
    moved = stage.again(moving)
    assert local(moved.clock_due_at) == at("2014-02-10 23:59:59")
    event = Event.objects.get(kind="clock.recomputed")
    assert event.stream == moving.stream
    assert stage.again(staying).clock_due_at == staying.clock_due_at
    assert recompute_running(at("2014-02-07 09:00")) == 0
    assert not Matter.objects.filter(clock_stopped_at=None, clock_revision__lt=moved.clock_revision).exists()


def test_what_an_announcement_does_not_move_is_only_marked(stage: Stage) -> None:
    matter = stage.assigned()
    bump()
    assert recompute_running(at("2014-01-29 17:00")) == 0
    after = stage.again(matter)
    assert after.clock_revision > matter.clock_revision
    assert (after.reading, after.clock_run, after.journal_seq) == (
        matter.reading, matter.clock_run, matter.journal_seq,
    )  # fmt: skip


def test_one_part_that_fails_does_not_keep_the_others_from_their_work(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.assigned()

    def broken(now: object) -> int:
        raise ValueError("out of order")

    monkeypatch.setattr(ticking, "sweep", broken)
    with capture_logs(), pytest.raises(ExceptionGroup) as caught:
        tick(at("2014-01-29 17:00"))
    assert [str(problem) for problem in caught.value.exceptions] == ["out of order"]
    assert not Outbox.objects.filter(consumer=Consumer.TOTALS.value).exists()


class Turns:
    """Stands in for `turn`: plays what it is given, and stops the worker at the end."""

    def __init__(self, *plays: TickReport | Exception) -> None:
        self.plays, self.stop, self.waits = list(plays), threading.Event(), list[float]()

    def __call__(self, now: object, *, clocks: bool) -> TickReport:
        play = self.plays.pop(0)
        if not self.plays:
            self.stop.set()
        if isinstance(play, Exception):
            raise play
        return play


class Patience(threading.Event):
    """A stop that keeps how long it was asked to wait and never waits."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.asked.append(timeout or 0)
        return self.is_set()


def played(monkeypatch: pytest.MonkeyPatch, *plays: TickReport | Exception) -> tuple[list[float], list[str]]:
    """The waits between the turns, and what was logged."""
    turns, stop = Turns(*plays), Patience()
    turns.stop = stop
    monkeypatch.setattr(worker, "turn", turns)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with capture_logs() as lines:
        worker.run(stop, poll=1.0)
    return stop.asked, [line["event"] for line in lines]


@pytest.mark.django_db
def test_the_worker_rests_when_idle_and_goes_on_at_once_when_not(monkeypatch: pytest.MonkeyPatch) -> None:
    idle, busy = TickReport(), TickReport(folded=500)
    assert played(monkeypatch, idle, busy, busy, idle, idle) == ([1.0, 1.0, 1.0], ["tick", "tick"])


@pytest.mark.django_db
def test_the_worker_outlives_a_database_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = OperationalError("the server went away")
    waits, said = played(monkeypatch, *[gone] * 6, TickReport(problems=[gone]), TickReport(), TickReport())
    assert waits == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0, 1.0, 1.0]
    assert said == ["tick_failed"] * 7


@pytest.mark.django_db
def test_clocks_are_looked_at_after_an_amendment_and_now_and_then(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1000.0]
    monkeypatch.setattr(worker, "monotonic", lambda: moment[0])
    clocks = worker._Clocks()
    assert clocks.due()
    moment[0] += worker.CLOCKS_FOR - 1
    assert clocks.due()  # a clock set by the book before may still come in
    moment[0] += 2
    assert not clocks.due()
    bump()
    assert clocks.due()
    moment[0] += worker.CLOCKS_EVERY
    assert clocks.due()
    assert not clocks.due()


@pytest.mark.django_db(transaction=True)
def test_the_worker_works_on_the_real_thing_until_it_is_stopped(stage: Stage) -> None:
    stage.assigned()
    stop = threading.Event()

    def until_done() -> None:
        with capture_logs():
            worker.run(stop, poll=0.01)

    thread = threading.Thread(target=until_done)
    thread.start()
    try:
        while Outbox.objects.filter(consumer=Consumer.TOTALS.value).exists() or Alarm.objects.count() < 2:
            assert thread.is_alive()
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert Alarm.objects.count() == 2
