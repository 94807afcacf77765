"""Outbox rows: leased, finished, failed with backoff, postponed, and taken up again after a kill."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from duban.core.events import Consumer, Kind
from duban.core.rights import SYSTEM
from duban.journal.leasing import LEASE, MOST_ATTEMPTS, claim, fail, finish, postpone, renew, revive
from duban.journal.models import Outbox
from duban.journal.recording import Entry, record
from tests.city import at

NOON = at("2014-01-29 12:00")
pytestmark = pytest.mark.django_db


def owe(count: int = 1) -> None:
    for number in range(count):
        record(f"matter:{number}", Entry(Kind.MATTER_ACCEPTED), actor=SYSTEM, at=NOON)


def take(now: datetime = NOON, limit: int = 50) -> list[Outbox]:
    return claim(Consumer.NOTICES, now=now, limit=limit)


def test_a_leased_row_is_nobody_elses() -> None:
    owe(3)
    first = take(limit=2)
    assert len(first) == 2
    assert [row.pk for row in take()] == [Outbox.objects.filter(consumer="notices").latest("id").pk]
    assert take() == []


def test_finished_rows_go_and_only_their_own() -> None:
    owe()
    assert finish(*take()) == 1
    assert not Outbox.objects.filter(consumer="notices").exists()
    assert Outbox.objects.filter(consumer="totals").exists()
    assert finish() == 0


def test_a_killed_workers_row_is_taken_up_when_its_lease_ends() -> None:
    owe()
    lost = take()[0]
    assert take(NOON + LEASE - timedelta(seconds=1)) == []
    again = take(NOON + LEASE)[0]
    assert (again.pk, again.attempts) == (lost.pk, 2)
    assert finish(lost) == 0  # the first worker comes back too late
    assert finish(again) == 1


def test_a_lease_is_renewed_while_it_is_ones_own() -> None:
    owe(2)
    rows = take()
    later = NOON + LEASE - timedelta(seconds=1)
    assert renew(*rows, now=later) == 2
    assert take(NOON + LEASE) == []
    assert len(take(later + LEASE)) == 2
    assert renew(*rows, now=later + LEASE) == 0
    assert renew(now=later) == 0


def test_what_waits_for_the_morning_does_not_use_up_its_tries() -> None:
    owe()
    morning = NOON + timedelta(hours=19)
    fail(take()[0], now=NOON, error="线路不通", not_before=morning)
    assert take(morning - timedelta(seconds=1)) == []
    fail(take(morning)[0], now=morning, error="线路不通", not_before=NOON)
    assert take(morning + timedelta(seconds=20))[0].attempts == 3


def test_failures_wait_ever_longer_and_at_last_for_a_person() -> None:
    owe()
    now, waits = NOON, []
    for _ in range(MOST_ATTEMPTS):
        row = take(now)[0]
        fail(row, now=now, error="线路不通")
        row.refresh_from_db()
        waits.append((row.next_at - now).total_seconds())
        now = row.next_at
    assert waits[:4] == [10, 20, 40, 80]
    assert max(waits) == 3600
    assert row.dead_at is not None
    assert take(now + timedelta(days=40)) == []
    revive(row, now=now)
    assert take(now)[0].attempts == 1


def test_postponing_is_no_failure() -> None:
    owe()
    postpone(take()[0], until=NOON + timedelta(hours=7))
    assert take(NOON + timedelta(hours=7, seconds=-1)) == []
    assert take(NOON + timedelta(hours=7))[0].attempts == 1


def test_nothing_is_claimed_before_its_time() -> None:
    owe()
    assert take(NOON - timedelta(seconds=1)) == []
