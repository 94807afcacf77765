"""Writing a whole city quickly: the database need not flush every deed to the disk while nobody relies on it."""

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


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()
