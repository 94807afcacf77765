"""Entries can't be changed, replies and appeals not deleted; events from before the ledgers wait to be entered."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

APPEND_ONLY = ("ledgers_ledgerentry", "ledgers_entryanswer", "ledgers_scoreversion")
KEPT = ("ledgers_appeal",)
ENTERING = (
    "return.granted",
    "matter.accepted",
    "matter.completed",
    "verdict.given",
    "matter.reopened",
    "alarm.raised",
)
"""The kinds that were written before the ledgers were."""


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection, APPEND_ONLY)
    guards.keep(schema_editor.connection, KEPT)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, (*APPEND_ONLY, *KEPT))


def owe(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One outbox row for every earlier event, in one statement; the worker enters them batch by batch."""
    places = ", ".join(["%s"] * len(ENTERING))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_outbox (event_id, consumer, attempts, next_at, lease, error) "
            f"SELECT id, 'ledgers', 0, at, '', '' FROM journal_event WHERE kind IN ({places}) "
            "AND NOT EXISTS (SELECT 1 FROM journal_outbox o WHERE o.event_id = journal_event.id AND o.consumer = 'ledgers')",
            ENTERING,
        )


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0002_two_ledgers"), ("journal", "0003_vocabulary")]
    operations = [migrations.RunPython(install, drop), migrations.RunPython(owe, migrations.RunPython.noop)]
