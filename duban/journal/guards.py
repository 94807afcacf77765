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


def keep(connection: BaseDatabaseWrapper, tables: tuple[str, ...]) -> None:
    """Guard the tables against DELETE and (PostgreSQL) TRUNCATE; their rows may change, but none may go."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(_FUNCTION)
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION duban_append_only()"
                )
                _refuse_truncate(cursor, table)
            else:
                _refuse_sqlite(cursor, table, "delete")


def freeze(
    connection: BaseDatabaseWrapper, table: str, *columns: str, when: str = "", name: str = "frozen"
) -> None:
    """Guard columns of a table (without any: all of them) against UPDATE, of rows for which `when` holds.

    `when` is SQL about OLD; one table may have several such guards, each by a name of its own. Rows may go.
    """
    named = f" OF {', '.join(columns)}" if columns else ""
    condition = f" WHEN ({when})" if when else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_{name} BEFORE UPDATE{named} ON {table} "
                f"FOR EACH ROW{condition} EXECUTE FUNCTION duban_append_only()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_{name} BEFORE UPDATE{named} ON {table} "
                f"FOR EACH ROW{condition} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def thaw(connection: BaseDatabaseWrapper, table: str, name: str = "frozen") -> None:
    """Take a guard of `freeze` off: for reversing the migration."""
    place = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{place}")


def drop(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = APPEND_ONLY) -> None:
    """Take the guards off: for reversing the migration and for emptying a test database, nothing else."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
            else:
                for deed in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{deed}")


_FUNCTION = """
    CREATE OR REPLACE FUNCTION duban_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def _install_postgresql(cursor: CursorWrapper, tables: tuple[str, ...]) -> None:
    cursor.execute(_FUNCTION)
    for table in tables:
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION duban_append_only()"
        )
        _refuse_truncate(cursor, table)


def _install_sqlite(cursor: CursorWrapper, tables: tuple[str, ...]) -> None:
    for table in tables:
        for deed in ("update", "delete"):
            _refuse_sqlite(cursor, table, deed)


def _refuse_truncate(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION duban_append_only()"
    )


def _refuse_sqlite(cursor: CursorWrapper, table: str, deed: str) -> None:
    cursor.execute(
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{deed} BEFORE {deed.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
