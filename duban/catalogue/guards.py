"""Triggers by which the database itself keeps a published edition as it was published (both engines)."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = ("catalogue_edition", "catalogue_policyversion")  # never changed, never deleted
STANDARD = "catalogue_standard"  # never deleted; only `until_id` may be set, once
_CONTENT = (
    "id",
    "code",
    "unit_code",
    "kind",
    "title",
    "steps",
    "limit_workdays",
    "fee",
    "basis",
    "since_id",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Guard editions, policy versions and standards. Installing twice is harmless."""
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    changed = " OR ".join(f"NOT (NEW.{column} {same} OLD.{column})" for column in _CONTENT)
    closed_twice = f"(OLD.until_id IS NOT NULL AND NOT (NEW.until_id {same} OLD.until_id))"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                """
                CREATE OR REPLACE FUNCTION duban_published() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION '% is published and stays as it is', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END $$
                """
            )
        for table, deed, condition in _guards(f"{changed} OR {closed_twice}"):
            when = f"WHEN ({condition})" if condition else ""
            body = (
                f"FOR EACH ROW {when} EXECUTE FUNCTION duban_published()"
                if connection.vendor == "postgresql"
                else f"FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, '{table} is published and stays as it is'); END"
            )
            cursor.execute(_drop_one(connection, table, deed))
            cursor.execute(f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} {body}")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the guards off: for reversing the migration and for emptying a test database, nothing else."""
    with connection.cursor() as cursor:
        for table, deed, _condition in _guards(""):
            cursor.execute(_drop_one(connection, table, deed))


def _guards(standard_changed: str) -> list[tuple[str, str, str]]:
    frozen = [(table, deed, "") for table in FROZEN for deed in ("UPDATE", "DELETE")]
    return [*frozen, (STANDARD, "UPDATE", standard_changed), (STANDARD, "DELETE", "")]


def _drop_one(connection: BaseDatabaseWrapper, table: str, deed: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {table}_no_{deed.lower()}{on}"
