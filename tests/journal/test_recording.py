"""The journal: one writer, append-only, chained, and never without its outbox rows."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from duban.core.events import CONSUMERS, Kind, consumers
from duban.core.rights import SYSTEM
from duban.journal.chain import Link
from duban.journal.models import Event, Outbox
from duban.journal.recording import Entry, record
from duban.journal.verifying import breaks, receipt_of, verify_receipt
from tests.city import at

NOON = at("2014-01-29 12:00")


def write(stream: str = "matter:1", *kinds: Kind, head: Link | None = None) -> Link:
    entries = [Entry(kind, {"round": 1}) for kind in kinds or (Kind.PROGRESS_REPORTED,)]
    return record(stream, *entries, actor=SYSTEM, at=NOON, head=head).head


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_every_event_has_a_row_for_each_consumer(kind: Kind) -> None:
    write("matter:1", kind)
    event = Event.objects.get()
    assert {row.consumer for row in Outbox.objects.filter(event=event)} == {
        one.value for one in consumers(kind)
    }


@pytest.mark.django_db
def test_events_follow_one_another() -> None:
    head = write("matter:1", Kind.MATTER_REGISTERED, Kind.MATTER_ASSIGNED)
    assert head.seq == 2
    assert write("matter:1", head=head).seq == 3
    assert write("matter:1").seq == 4
    assert write("matter:2").seq == 1
    chain = list(Event.objects.filter(stream="matter:1").order_by("seq"))
    assert [event.prev for event in chain] == ["", *(event.hash for event in chain[:-1])]
    assert list(breaks()) == []


@pytest.mark.django_db
def test_history_cannot_fork() -> None:
    head = write()
    write(head=head)
    with pytest.raises(DatabaseError), transaction.atomic():
        write(head=head)


@pytest.mark.django_db(transaction=True)
def test_history_is_written_in_the_transaction_of_the_deed() -> None:
    with pytest.raises(RuntimeError):
        write()
    with pytest.raises(DatabaseError):
        _a_deed_that_fails_at_the_end()
    assert not Event.objects.exists()
    assert not Outbox.objects.exists()


@transaction.atomic
def _a_deed_that_fails_at_the_end() -> None:
    head = write()
    write(head=Link(head.seq - 1, ""))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE journal_event SET kind = 'matter.closed'",
        "DELETE FROM journal_outbox; DELETE FROM journal_event",
    ],
)
def test_the_database_itself_refuses_to_change_history(deed: str) -> None:
    write()
    *before, last = deed.split("; ")
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(last)
    assert Event.objects.get().kind == "progress.reported"


@pytest.mark.django_db
def test_postgresql_refuses_truncate_too() -> None:
    write()
    statement = (
        "TRUNCATE journal_event CASCADE" if connection.vendor == "postgresql" else "DELETE FROM journal_event"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            Outbox.objects.all().delete()
        else:
            # Or it refuses for the checks it still has to make.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.django_db
def test_a_receipt_is_proved_and_a_false_one_is_not() -> None:
    write("matter:1", Kind.MATTER_REGISTERED, Kind.MATTER_ASSIGNED)
    receipt = receipt_of("20140129-0001-0", Event.objects.get(seq=2))
    assert verify_receipt(receipt).holds
    for wrong in (
        {**receipt, "hash": "0" * 64},
        {**receipt, "seq": 9},
        {**receipt, "stream": "matter:9"},
        {"number": "20140129-0001-0"},
    ):
        assert not verify_receipt(wrong).holds


@pytest.mark.django_db
def test_tampering_past_the_guards_is_found() -> None:
    from duban.journal import guards

    write("matter:1", Kind.MATTER_REGISTERED, Kind.MATTER_ASSIGNED, Kind.MATTER_ACCEPTED)
    receipt = receipt_of("20140129-0001-0", Event.objects.get(seq=3))
    guards.drop(connection)
    try:
        Event.objects.filter(seq=2).update(facts={"round": 7})
    finally:
        guards.install(connection)
    assert [(found.stream, found.seq) for found in breaks()] == [("matter:1", 2)]
    assert not verify_receipt(receipt).holds


def test_every_consumer_named_is_a_real_one() -> None:
    assert set(CONSUMERS) <= set(Kind)
