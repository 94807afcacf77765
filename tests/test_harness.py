"""The harness keeps its own promises."""

from __future__ import annotations

import socket

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.rights import SYSTEM
from duban.journal.models import Event
from duban.journal.recording import Entry, record
from tests.city import at
from tests.conftest import HERE, ONLY_ON


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "again"])
def test_a_committing_test_leaves_a_migrated_database(time: str, standards: object) -> None:
    """Twice the same: the second starts with the calendar, without the first one's event, and still guarded."""
    assert book().calendar.is_workday(at("2014-01-26 09:00").date())  # a make-up Sunday
    assert not Event.objects.exists()
    with transaction.atomic():
        record("calendar", Entry(Kind.CALENDAR_AMENDED, {}), actor=SYSTEM, at=at("2014-01-07 09:00"))
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_event")


def test_nothing_reaches_outside() -> None:
    with (
        pytest.raises(UserWarning, match="tried to use socket"),
        socket.create_connection(("192.0.2.1", 80), timeout=1),
    ):
        pass


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_what_runs_once_is_there() -> None:
    """A file moved without its place in the list would run on both engines, or Chromium where it takes longest."""
    assert [place for place in ONLY_ON if not (HERE / place).exists()] == []
