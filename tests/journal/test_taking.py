"""Rows taken and worked in here: each once, and one that cannot be worked in by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from duban.core.events import Consumer, Kind
from duban.core.rights import SYSTEM
from duban.journal.leasing import MOST_ATTEMPTS, dead, revive
from duban.journal.models import Event, Outbox
from duban.journal.recording import Entry, record
from duban.journal.taking import NotYet, take
from tests.city import at

NOON = at("2014-01-29 12:00")
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


class Worker:
    """Writes down what it works in, as a row of its own, and stumbles over what it is told to."""

    def __init__(self, *bad: str) -> None:
        self.bad = set(bad)
        self.batches: list[int] = []

    def __call__(self, events: Sequence[Event]) -> None:
        self.batches.append(len(events))
        for event in events:
            record("unit:noted", Entry(Kind.CHECK_CLOSED, {"of": event.stream}), actor=SYSTEM, at=event.at)
            if event.stream in self.bad:
                raise ValueError(f"not {event.stream}")


def owe(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record(
                f"matter:{number}", Entry(Kind.MATTER_ACCEPTED), actor=SYSTEM, at=NOON + number * SECOND / 100
            )


def noted() -> list[str]:
    """What was worked in, in the order it was."""
    return [event.facts["of"] for event in Event.objects.filter(stream="unit:noted").order_by("seq")]


def work(worker: Worker, *, after: timedelta = SECOND, limit: int = 50, only: Q | None = None) -> int:
    return take(Consumer.TOTALS, worker, now=NOON + after, limit=limit, only=only)


def waiting() -> list[str]:
    rows = Outbox.objects.filter(consumer=Consumer.TOTALS.value)
    return list(rows.order_by("next_at", "id").values_list("event__stream", flat=True))


def test_a_batch_is_worked_in_together_in_its_order_and_at_one_price() -> None:
    owe(5)
    worker = Worker()
    with CaptureQueriesContext(connection) as spent:
        assert take(Consumer.TOTALS, len, now=NOON + SECOND, limit=2) == 2
    assert len(spent) == 4  # savepoint, select, delete, release
    assert (work(worker), work(worker)) == (3, 0)
    assert noted() == ["matter:2", "matter:3", "matter:4"]
    assert worker.batches == [3]
    assert Outbox.objects.filter(consumer=Consumer.LEDGERS.value).count() == 5


def test_nothing_is_taken_before_its_time_nor_what_is_not_asked_for() -> None:
    owe(2)
    assert work(Worker(), after=-SECOND) == 0
    assert work(Worker(), only=Q(event__stream="matter:1")) == 1
    assert noted() == ["matter:1"]


@pytest.mark.parametrize("bad", [0, 2, 4], ids=["first", "middle", "last"])
def test_one_that_fails_holds_up_no_other(bad: int) -> None:
    owe(5)
    worker = Worker(f"matter:{bad}")
    assert work(worker) == 5
    assert noted() == [f"matter:{number}" for number in range(5) if number != bad]
    assert worker.batches == [5, 1, 1, 1, 1, 1]
    row = Outbox.objects.get(consumer=Consumer.TOTALS.value)
    assert (row.event.stream, row.attempts, row.error) == (
        f"matter:{bad}",
        1,
        f"ValueError: not matter:{bad}",
    )
    assert (row.next_at - NOON, row.dead_at) == (11 * SECOND, None)
    assert work(worker, after=10 * SECOND) == 0
    assert work(Worker(), after=11 * SECOND) == 1
    assert noted()[-1] == f"matter:{bad}"


def test_what_fails_waits_ever_longer_and_at_last_for_a_person_and_is_then_worked_in_once() -> None:
    owe(3)
    worker, now = Worker("matter:1"), NOON + SECOND
    waits = []
    for _ in range(MOST_ATTEMPTS):
        take(Consumer.TOTALS, worker, now=now, limit=50)
        row = Outbox.objects.get(consumer=Consumer.TOTALS.value)
        waits.append((row.next_at - now).total_seconds())
        now = row.next_at
    assert waits[:4] == [10, 20, 40, 80]
    assert max(waits) == 3600
    assert [one.pk for one in dead()] == [row.pk]
    assert take(Consumer.TOTALS, Worker(), now=now + timedelta(days=40), limit=50) == 0
    revive(row, now=now)
    assert take(Consumer.TOTALS, Worker(), now=now, limit=50) == 1
    assert sorted(noted()) == ["matter:0", "matter:1", "matter:2"]
    assert waiting() == []


def test_all_bad_and_more_behind_them() -> None:
    owe(5)
    worker = Worker("matter:0", "matter:1", "matter:2")
    assert work(worker, limit=3) == 3
    assert work(worker, limit=3) == 2
    assert noted() == ["matter:3", "matter:4"]


def test_what_the_database_cannot_do_just_now_is_nobodys_failure() -> None:
    owe(2)

    def outage(_events: Sequence[Event]) -> None:
        raise OperationalError("the server is gone")

    with pytest.raises(OperationalError):
        take(Consumer.TOTALS, outage, now=NOON + SECOND, limit=50)
    rows = Outbox.objects.filter(consumer=Consumer.TOTALS.value)
    assert list(rows.values_list("attempts", "error")) == [(0, ""), (0, "")]


def test_what_the_database_refuses_is_a_failure() -> None:
    owe(2)

    def twice(events: Sequence[Event]) -> None:
        for event in events:
            if event.stream == "matter:0":
                Outbox.objects.create(event=event, consumer=Consumer.LEDGERS.value, next_at=NOON)

    assert take(Consumer.TOTALS, twice, now=NOON + SECOND, limit=50) == 2
    row = Outbox.objects.get(consumer=Consumer.TOTALS.value)
    assert row.error.startswith(f"{IntegrityError.__name__}: ")


def test_what_is_too_early_waits_and_has_not_failed() -> None:
    owe(3)

    def early(events: Sequence[Event]) -> None:
        if any(event.stream == "matter:1" for event in events):
            raise NotYet(NOON + timedelta(days=5))

    assert take(Consumer.TOTALS, early, now=NOON + SECOND, limit=50) == 3
    row = Outbox.objects.get(consumer=Consumer.TOTALS.value)
    assert (row.next_at, row.attempts, row.error) == (NOON + timedelta(days=5), 0, "")


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_only_at_the_end_is_a_failure_too() -> None:
    """Foreign keys are checked when the transaction ends."""
    owe(3)

    def of_nothing(events: Sequence[Event]) -> None:
        for event in events:
            if event.stream == "matter:1":
                Outbox.objects.create(event_id=10**9, consumer=Consumer.LEDGERS.value, next_at=NOON)

    assert take(Consumer.TOTALS, of_nothing, now=NOON + SECOND, limit=50) == 3
    row = Outbox.objects.get(consumer=Consumer.TOTALS.value)
    assert (row.event.stream, row.attempts) == ("matter:1", 1)
    assert row.error.startswith("IntegrityError: ")
    assert not Outbox.objects.filter(event_id=10**9).exists()
