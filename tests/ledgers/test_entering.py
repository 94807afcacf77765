"""Entering: each event exactly once, from the real verbs, and the same bytes when rebuilt."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.core.events import Consumer, Kind
from duban.core.rights import SYSTEM
from duban.journal.models import Event, Outbox
from duban.journal.recording import Entry, record
from duban.ledgers import rebuilding
from duban.ledgers.entering import enter
from duban.ledgers.models import LedgerEntry, MonthCount
from duban.ledgers.recounting import recount
from duban.matters.models import Matter
from duban.matters.verbs.assigning import request_return, rule_return
from duban.supervision.sweep import sweep
from tests.city import at
from tests.stage import Stage

NOW = at("2014-04-07 12:00")


def all_entered() -> None:
    while enter():
        pass


def told() -> list[tuple[str, str, str | None, str, int]]:
    rows = LedgerEntry.objects.select_related("staff").order_by("event_id", "id")
    return [(r.item, r.unit, r.staff and r.staff.username, r.month, r.number) for r in rows]


def a_hard_life(stage: Stage) -> None:
    """Returned by one unit, accepted late by the next, judged bad, done again."""
    matter = stage.assigned(unit="chengguan")
    request_return(
        matter=matter.number, reason="不属城管。", suggested="zhaiyang", actor=stage["handler2"],
        now=at("2014-01-29 16:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", unit="zhaiyang", actor=stage["office"],
        now=at("2014-01-29 17:00"),
    )  # fmt: skip
    stage.accept(matter, now="2014-02-07 10:00")
    stage.complete(matter, now="2014-02-10 16:40")
    stage.judge(matter, 1, now="2014-02-11 09:00")
    stage.complete(matter, now="2014-02-12 16:40", outcome="answered")
    stage.judge(matter, 4, now="2014-03-01 00:00")


HARD_LIFE = [
    ("returned", "chengguan", None, "2014-01", 1),
    ("red_light", "zhaiyang", None, "2014-01", 1),
    ("accepted_late", "zhaiyang", "handler", "2014-02", 1),
    ("completed_on_time", "zhaiyang", "handler", "2014-02", 1),
    ("solved", "zhaiyang", "handler", "2014-02", 1),
    ("dissatisfied", "zhaiyang", "handler", "2014-02", 1),
    ("reopened", "zhaiyang", "handler", "2014-02", 1),
    ("completed_on_time", "zhaiyang", "handler", "2014-02", 1),
    ("answered", "zhaiyang", "handler", "2014-02", 1),
    ("satisfied", "zhaiyang", "handler", "2014-03", 1),
]


@pytest.mark.parametrize("limit", [1, 500])
def test_a_hard_life_is_entered_line_by_line(stage: Stage, limit: int) -> None:
    a_hard_life(stage)
    while enter(limit=limit):
        pass
    assert told() == HARD_LIFE
    assert not Outbox.objects.filter(consumer=Consumer.LEDGERS.value).exists()
    counts = MonthCount.objects.filter(item="completed_on_time")
    assert {(one.unit, one.staff, one.month): one.number for one in counts} == {
        ("zhaiyang", 0, "2014-02"): 2,
        ("zhaiyang", stage.staff["handler"].pk, "2014-02"): 2,
    }
    assert {row.matter_id for row in LedgerEntry.objects.all()} == {Matter.objects.get().pk}


def test_rebuilding_from_the_journal_gives_the_same_bytes(stage: Stage) -> None:
    a_hard_life(stage)
    stage.judge(stage.completed(title="坪朗村第二组缺水"), 5)
    proven = rebuilding.rebuilt()
    assert rebuilding.stored() != proven
    enter(limit=3)
    assert recount(NOW) == []
    all_entered()
    assert rebuilding.stored() == proven == rebuilding.rebuilt()
    assert len(proven.splitlines()) == LedgerEntry.objects.count() + MonthCount.objects.count()


def test_order_and_batches_do_not_matter_to_the_bytes(stage: Stage) -> None:
    a_hard_life(stage)
    late = Outbox.objects.filter(consumer=Consumer.LEDGERS.value).order_by("id").first()
    assert late is not None
    Outbox.objects.filter(pk=late.pk).update(next_at=NOW)  # entered last, though it happened first
    while enter(limit=2):
        pass
    assert rebuilding.stored() == rebuilding.rebuilt()


def test_a_total_that_was_tampered_with_is_found_and_mended(stage: Stage) -> None:
    a_hard_life(stage)
    all_entered()
    MonthCount.objects.filter(item="solved", staff=0).update(number=7)
    assert [str(one) for one in recount(NOW)] == ["ledger zhaiyang/* 2014-02 solved: stored +7, proven +1"]
    assert rebuilding.repair() == MonthCount.objects.count()
    assert recount(NOW) == []
    assert rebuilding.stored() == rebuilding.rebuilt()


def test_an_entry_nobody_caused_and_one_left_out_are_found(stage: Stage) -> None:
    matter = stage.assigned()
    wrong = Event.objects.filter(stream=matter.stream, kind=Kind.MATTER_ASSIGNED.value).get()
    LedgerEntry.objects.create(
        event=wrong,
        item="solved",
        ledger="performance",
        unit="zhaiyang",
        month="2014-01",
        number=1,
        at=wrong.at,
    )
    stage.accept(matter)
    Outbox.objects.filter(consumer=Consumer.LEDGERS.value).delete()
    found = [str(one) for one in recount(NOW)]
    assert f"entries of {matter.stream} #" in found[0]
    assert found[0].endswith(
        "stored , proven accepted_on_time zhaiyang/{} 2014-01 +1".format(stage.staff["handler"].pk)
    )
    assert found[1] == "entries of events that enter nothing: stored 1, proven 0"


def test_entries_cannot_be_changed_or_deleted(stage: Stage) -> None:
    stage.closed()
    all_entered()
    for deed in (
        lambda: LedgerEntry.objects.update(number=-1),
        lambda: LedgerEntry.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()


def test_an_event_cannot_be_entered_twice(stage: Stage) -> None:
    stage.closed()
    all_entered()
    event = LedgerEntry.objects.select_related("event")[0].event
    before = told()
    again = Outbox.objects.create(event=event, consumer=Consumer.LEDGERS.value, next_at=NOW)
    enter(now=NOW)
    again.refresh_from_db()
    assert (again.attempts, again.error[:15], told()) == (1, "IntegrityError:", before)


def test_an_order_of_its_own_stream_and_a_finding_find_their_matter(stage: Stage) -> None:
    matter = stage.closed()
    facts = {"unit": "zhaiyang", "handler": stage.staff["handler"].pk}
    with transaction.atomic():
        record(
            "order:1", Entry(Kind.ORDER_ISSUED, {**facts, "order": 1, "colour": "red"}), actor=SYSTEM, at=NOW
        )
        record(
            "order:1",
            Entry(Kind.ORDER_RECALLED, {**facts, "order": 1, "colour": "red"}),
            actor=SYSTEM,
            at=NOW,
        )
        found = {**facts, "run": 1, "item": 4, "result": "problem", "matter": matter.number}
        record("check:1", Entry(Kind.FINDING_RECORDED, found), actor=SYSTEM, at=NOW)
    all_entered()
    rows = LedgerEntry.objects.filter(month="2014-04").order_by("event_id")
    assert [(row.item, row.number, row.matter_id) for row in rows] == [
        ("order_red", 1, None), ("order_red", -1, None), ("check_failed", 1, matter.pk),
    ]  # fmt: skip
    assert rebuilding.stored() == rebuilding.rebuilt()


def test_a_red_light_of_a_sweep_is_its_holders(stage: Stage) -> None:
    stage.handling()
    sweep(at("2014-02-20 09:00"))
    all_entered()
    assert ("red_light", "zhaiyang", "handler", "2014-02", 1) in told()


def test_a_batch_costs_the_same_however_long_the_ledgers_are(stage: Stage) -> None:
    stage.closed()
    with CaptureQueriesContext(connection) as few:
        all_entered()
    for copy in range(3):
        stage.judge(stage.completed(title=f"坪朗村第{copy + 1}组缺水"), 5)
    with CaptureQueriesContext(connection) as more:
        all_entered()
    assert len(more) == len(few)
