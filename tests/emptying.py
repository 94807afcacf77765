"""Emptying the database between tests that commit.

Published and recorded rows refuse to be deleted, by triggers; emptying takes the triggers off and puts them back,
and puts back what the migrations had planted (the calendar), so that every test starts from a migrated database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.management.commands.flush import Command as Flush
from django.db import connection, transaction

_KEPT = {"django_migrations"}  # Django keeps it itself


@dataclass
class Seed:
    """The rows the migrations planted, by table."""

    rows: dict[str, tuple[list[str], list[tuple[object, ...]]]] = field(default_factory=dict)

    def remember(self) -> None:
        """Read every row there is; called once, on the freshly migrated database."""
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True):
                if table in _KEPT:
                    continue
                cursor.execute(f"SELECT * FROM {table}")
                found = cursor.fetchall()
                if found:
                    self.rows[table] = ([column[0] for column in cursor.description], list(found))

    def restore(self) -> None:
        """Write them again."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in self.rows.items():
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)


def install(seed: Seed) -> None:
    """Make Django's flush, which ends every committing test, leave a migrated database behind."""
    plain = Flush.handle

    def handle(self: Flush, **options: object) -> None:
        # Django would look for content types and permissions to add, for as long as a test takes: the seed has them.
        with unguarded():
            plain(self, **options | {"inhibit_post_migrate": True})
            seed.restore()

    Flush.handle = handle  # type: ignore[method-assign]


@contextmanager
def unguarded() -> Iterator[None]:
    """Without the triggers that refuse changes. They stand again afterwards.

    PostgreSQL alters no table on which a check still waits for the end of the transaction: what waits is checked now.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            )
            tables = [table for (table,) in cursor.fetchall()]
            off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            off = [f"DROP TRIGGER {name}" for name, _sql in triggers]
            on = [sql for _name, sql in triggers]
        _settle()
        for statement in off:
            cursor.execute(statement)
    yield
    _settle()
    with connection.cursor() as cursor:
        for statement in on:
            cursor.execute(statement)


def _settle() -> None:
    if connection.vendor == "postgresql":
        connection.check_constraints()
