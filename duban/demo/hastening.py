"""Writing a whole city quickly, and leaving it quick to read: flushing waits, and the planner's figures are counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unflushed() -> Iterator[None]:
    """Commit without waiting for the disk inside the block, and flush everything at its end.

    A power cut in between loses the city being made, nothing else. Inside a transaction it changes nothing.
    """
    if connection.in_atomic_block:
        yield
        return
    postgresql = connection.vendor == "postgresql"
    _run("SET synchronous_commit = off" if postgresql else "PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        if postgresql:
            _run("SET synchronous_commit = on")
        else:
            _run("PRAGMA synchronous = FULL")
            _run("PRAGMA wal_checkpoint(TRUNCATE)")


def analyse() -> None:
    """Let the database count its rows anew: both engines plan by such figures, and PostgreSQL's own housekeeping comes
    a minute later, never inside a transaction. A city planted in one go would look empty until then, and what joins
    eight tables takes minutes in place of milliseconds."""
    _run("ANALYZE")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()
