"""An event nobody can make anything of: the others are entered, the figures are drawn, and it is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from duban.core.events import Consumer, Kind
from duban.core.rights import SYSTEM
from duban.journal.leasing import MOST_ATTEMPTS, dead, revive
from duban.journal.models import Event, Outbox
from duban.journal.recording import Entry, record
from duban.ledgers import entering, folding, rebuilding
from duban.ledgers.census import census, census_by_day, census_by_unit
from duban.ledgers.changes import changes
from duban.ledgers.models import LedgerEntry
from duban.ledgers.recounting import recount
from duban.supervision import entering as alarms
from duban.supervision.docketing import feed, feed_red
from duban.supervision.models import Alarm, DocketGround
from duban.supervision.sweep import sweep
from tests.city import at
from tests.stage import Stage

NOW = at("2014-03-01 09:00")
EARLY = at("2014-01-01 09:00")  # before anything that happens on the stage
Consume = Callable[[datetime], object]
CONSUMERS: dict[Consumer, Consume] = {
    Consumer.TOTALS: lambda now: folding.fold(now=now),
    Consumer.LEDGERS: lambda now: entering.enter(now=now),
    Consumer.ALARMS: lambda now: alarms.enter(now),
    Consumer.DOCKET: lambda now: (feed(now=now), feed_red(now)),
}


def spoil(when: datetime = EARLY) -> None:
    """Events of no matter that say nothing."""
    with transaction.atomic():
        for kind in (Kind.MATTER_ACCEPTED, Kind.ALARM_RAISED, Kind.MATTER_REOPENED):
            record("matter:999999", Entry(kind), actor=SYSTEM, at=when)


def a_busy_city(stage: Stage) -> None:
    matter = stage.judge(stage.completed(), 1)
    stage.judge(stage.complete(matter, "2014-02-10 10:00"), 2, "2014-02-11 09:00")
    stage.handling(title="坪朗村第三组缺水")
    sweep(at("2014-02-28 09:00"))


def left(consumer: Consumer) -> set[str]:
    rows = Outbox.objects.filter(consumer=consumer.value, next_at__lte=NOW + timedelta(days=1))
    return set(rows.values_list("event__stream", flat=True))


@pytest.mark.parametrize("when", [EARLY, at("2014-02-01 09:00")], ids=["first", "middle"])
@pytest.mark.parametrize("consumer", CONSUMERS)
def test_the_others_are_entered(stage: Stage, consumer: Consumer, when: datetime) -> None:
    spoil(when)
    a_busy_city(stage)
    consume = CONSUMERS[consumer]
    consume(NOW)
    assert left(consumer) == {"matter:999999"}
    assert not recount(NOW)


def test_what_the_docket_was_fed_stands_beside_a_bad_event(stage: Stage) -> None:
    spoil()
    a_busy_city(stage)
    feed(now=NOW)
    feed_red(NOW)
    assert sorted(DocketGround.objects.values_list("ground", flat=True)) == ["negative", "red", "red"]


def test_alarms_and_their_answers_stand_beside_a_bad_event(stage: Stage) -> None:
    spoil()
    stage.assigned()
    sweep(at("2014-02-28 09:00"))
    assert Alarm.objects.count() == 2
    assert Outbox.objects.get(consumer=Consumer.ALARMS.value, attempts=1).event.stream == "matter:999999"


def broken(monkeypatch: pytest.MonkeyPatch, event: Event) -> None:
    """A mistake of ours with an event that is sound."""

    def stumbles(at: datetime, facts: object) -> object:
        if at == event.at:
            raise ZeroDivisionError
        return changes(at, facts)  # type: ignore[arg-type]

    monkeypatch.setattr(folding, "changes", stumbles)
    sound = entering.entries

    def stumbles_too(kind: Kind, at: datetime, *others: object, **more: object) -> object:
        if at == event.at:
            raise ZeroDivisionError
        return sound(kind, at, *others, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(entering, "entries", stumbles_too)


def test_what_waits_for_a_person_is_counted_by_the_census_and_entered_once_when_revived(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.closed()
    before, by_unit = census(NOW), census_by_unit(NOW)
    broken(monkeypatch, Event.objects.get(kind=Kind.MATTER_COMPLETED.value))
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        folding.fold(now=now)
        entering.enter(now=now)
        now += timedelta(hours=1)
    assert {row.consumer for row in dead()} == {"totals", "ledgers"}
    assert (census(NOW), census_by_unit(NOW)) == (before, by_unit)
    assert recount(NOW) == []
    assert rebuilding.stored() != rebuilding.rebuilt()
    monkeypatch.undo()
    assert revive(*dead(), now=now) == 2
    assert (folding.fold(now=now), entering.enter(now=now)) == (1, 1)
    assert (folding.fold(now=now), entering.enter(now=now)) == (0, 0)
    assert (census(NOW), census_by_unit(NOW)) == (before, by_unit)
    assert rebuilding.stored() == rebuilding.rebuilt()
    assert recount(NOW) == []


def test_an_event_that_tells_nothing_stops_no_figure(stage: Stage) -> None:
    stage.closed()
    before = census(NOW)
    spoil()
    assert census(NOW) == before
    first, last = at("2014-02-01 09:00").date(), at("2014-02-03 09:00").date()
    assert len(list(census_by_day(NOW, first=first, last=last))) == 3
    folding.fold(now=NOW)
    entering.enter(now=NOW)
    assert LedgerEntry.objects.exists()
    assert {one.where for one in recount(NOW)} == set()
    Outbox.objects.filter(consumer=Consumer.TOTALS.value).delete()  # as if it had been folded
    assert [one.where for one in recount(NOW)] == [
        "total of matter:999999 #1",
        "total of matter:999999 #3",
    ]
