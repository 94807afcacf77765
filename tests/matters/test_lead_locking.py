"""A matter is locked after its lead (matters/verbs/following.py), also when it was merged a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event as Flag

import pytest
from django.db import connection, transaction

from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs import following
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.merging import merge, separate
from tests.matters.test_merging_crowd import NOW, three, whole
from tests.matters.test_together import busy
from tests.stage import Stage

__all__ = ["busy"]

HELD = 20 if connection.vendor == "postgresql" else 0  # seconds; on SQLite nobody else writes meanwhile

Meanwhile = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let something happen after the lead was looked up and before anything is locked; gives the numbers locked since."""

    def arrange(deed: Callable[[], object]) -> list[str]:
        locked, waiting, lock = list[str](), [deed], following.lock

        def late(number: str, now: datetime) -> Matter:
            if waiting:
                waiting.pop()()
                locked.clear()
            locked.append(number)
            return lock(number, now)

        monkeypatch.setattr(following, "lock", late)
        return locked

    return arrange


def joined(stage: Stage, matter: Matter, lead: Matter) -> Matter:
    return merge(matter=matter.number, lead=lead.number, reason="同", actor=stage["office"], now=NOW)


def left(stage: Stage, matter: Matter) -> Matter:
    """Withdrawn by its petitioner."""
    withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=NOW)
    return stage.again(matter)


@pytest.mark.django_db
def test_merged_meanwhile(stage: Stage, meanwhile: Meanwhile) -> None:
    lead, one, _ = three(stage)
    locked = meanwhile(lambda: joined(stage, one, lead))
    assert left(stage, one).state == State.CLOSED
    assert locked == [one.number, lead.number, one.number]
    assert stage.again(lead).followers == 0
    whole()


@pytest.mark.django_db
def test_another_lead_meanwhile(stage: Stage, meanwhile: Meanwhile) -> None:
    lead, one, other = three(stage)
    joined(stage, one, lead)
    locked = meanwhile(lambda: joined(stage, lead, other))
    assert left(stage, one).state == State.CLOSED
    assert locked == [lead.number, one.number, other.number, one.number]
    assert stage.again(other).followers == 1
    whole()


@pytest.mark.django_db
def test_separated_meanwhile(stage: Stage, meanwhile: Meanwhile) -> None:
    lead, one, _ = three(stage)
    joined(stage, one, lead)
    meanwhile(lambda: separate(matter=one.number, reason="异", actor=stage["office"], now=NOW))
    assert left(stage, one).state == State.CLOSED
    assert stage.again(lead).followers == 0
    whole()


def test_a_new_lead_that_somebody_works_on_is_not_waited_for(
    busy: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the lead may wait for this matter: waiting for the lead in turn would be a circle."""
    lead, one, _ = three(busy)
    joined(busy, one, lead)
    monkeypatch.setattr(following, "lead_of", lambda _: None)  # looked up before it was merged
    held, tried = Flag(), Flag()

    def work() -> None:
        try:
            with transaction.atomic():
                following.lock(lead.number, NOW)
                held.set()
                tried.wait(HELD)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        assert held.wait(20)
        try:
            if connection.vendor == "postgresql":
                with pytest.raises(Refused, match="changed_meanwhile"):
                    left(busy, one)
                assert busy.again(one).state == State.HANDLING
        finally:
            tried.set()
        working.result()
    assert left(busy, one).state == State.CLOSED
    whole()
