"""The floor: an empty view, and the rows of a registration and an acceptance by bare SQL in one transaction."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

MATTER, EVENT, COMMITMENT = "matters_matter", "journal_event", "matters_commitment"


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse(b"ok")


def register(request: HttpRequest) -> HttpResponse:
    """A citizen, a serial, a matter, two events and their four outbox rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        citizen = _copy(cursor, "people_citizen", id_index=secrets.token_hex(32))
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence('matters_serial', 'id'))")
            serial = cursor.fetchone()[0]
        else:
            cursor.execute("INSERT INTO matters_serial DEFAULT VALUES")
            serial = cursor.lastrowid
        number = f"20990101-{serial:04d}-{secrets.token_hex(2)}"
        _copy(cursor, MATTER, id=serial, number=number, petitioner_id=citizen, idempotency_key=None)
        for seq in (1, 2):
            _told(cursor, f"bare:{serial}", seq)
    return JsonResponse({"number": number}, status=201)


def accept(request: HttpRequest) -> HttpResponse:
    """A commitment, the matter brought forward, one event and its two outbox rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        cursor.execute(f"SELECT * FROM {MATTER} WHERE number = %s{lock}", [request.GET["number"]])
        serial = cursor.fetchone()[0]
        _copy(cursor, COMMITMENT, matter_id=serial)
        _told(cursor, f"bare:{serial}", int.from_bytes(secrets.token_bytes(3)) + 3)
        cursor.execute(
            f"UPDATE {MATTER} SET clock_run = clock_run + 1, journal_seq = journal_seq + 1 WHERE id = %s",
            [serial],
        )
    return JsonResponse({"number": request.GET["number"]})


def _told(cursor: Any, stream: str, seq: int) -> None:
    event = _copy(cursor, EVENT, stream=stream, seq=seq, hash=secrets.token_hex(32))
    for consumer in ("notices", "totals"):
        cursor.execute(
            "INSERT INTO journal_outbox (event_id, consumer, attempts, next_at, lease, error)"
            " VALUES (%s, %s, 0, '2099-01-01 00:00:00+00', '', '')",
            [event, consumer],
        )


def _copy(cursor: Any, table: str, **changed: object) -> int:
    """Insert a row like the sample with some columns changed; gives its id."""
    columns, values = _sample(table)
    row = {**dict(zip(columns, values, strict=True)), **changed}
    names = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id", list(row.values()))
    return int(cursor.fetchone()[0])


@cache
def _sample(table: str) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """A row of the table without its id. JSON stays text, so that it goes in as it came out."""
    with connection.cursor() as cursor:
        where = " WHERE state = 'assigned'" if table == MATTER else ""
        cursor.execute(f"SELECT * FROM {table}{where} LIMIT 1")
        columns = [one[0] for one in cursor.description]
        values = cursor.fetchone()
    kept = [(name, _plain(value)) for name, value in zip(columns, values, strict=True) if name != "id"]
    return tuple(name for name, _ in kept), tuple(value for _, value in kept)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        import json

        return json.dumps(value)
    return value


urlpatterns = [path("empty", empty), path("register", register), path("accept", accept)]
