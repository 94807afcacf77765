"""Triggers by which the database itself refuses to change or delete what may only be added."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

APPEND_ONLY = ("journal_event",)


def install(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = APPEND_ONLY) -> None:
    """Guard the tables against UPDATE, DELETE and (PostgreSQL) TRUNCATE. Installing twice is harmless."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _install_postgresql(cursor, tables)
        else:
            _install_sqlite(cursor, tables)


def drop(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = APPEND_ONLY) -> None:
    """Take the guards off: for reversing the migration and for emptying a test database, nothing else."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
            else:
                for deed in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{deed}")


def _install_postgresql(cursor: CursorWrapper, tables: tuple[str, ...]) -> None:
    cursor.execute(
        """
        CREATE OR REPLACE FUNCTION duban_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
        """
    )
    for table in tables:
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION duban_append_only()"
        )
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION duban_append_only()"
        )


def _install_sqlite(cursor: CursorWrapper, tables: tuple[str, ...]) -> None:
    for table in tables:
        for deed in ("update", "delete"):
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{deed} BEFORE {deed.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
