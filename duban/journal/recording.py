"""`record` is the one writer of history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from duban.core.events import Kind, consumers
from duban.core.rights import Actor

from .chain import Link, digest
from .models import Event, Outbox


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, before it is written. Facts hold keys and figures, never names or free text."""

    kind: Kind
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written: the events in order, and the new end of the stream."""

    events: tuple[Event, ...]
    head: Link


def record(stream: str, *entries: Entry, actor: Actor, at: datetime, head: Link | None = None) -> Recorded:
    """Write events and one outbox row per consumer, in the caller's transaction.

    `head` is the end of the stream where the caller keeps it on a row it has locked; without it the end is
    looked up. Two writers at one place violate `event_once_per_place`, so history can't fork. Raises
    RuntimeError outside a transaction: an event without its deed, or a deed without its event, must not be.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("history is written in the transaction of the deed")
    end = head if head is not None else _end_of(stream)
    events = []
    for entry in entries:
        facts = dict(entry.facts)
        spelled = digest(
            stream=stream,
            seq=end.seq + 1,
            kind=entry.kind.value,
            actor=actor.key,
            at=at,
            facts=facts,
            prev=end.hash,
        )
        event = Event(
            stream=stream,
            seq=end.seq + 1,
            kind=entry.kind.value,
            actor=actor.key,
            at=at,
            facts=facts,
            prev=end.hash,
            hash=spelled,
        )
        events.append(event)
        end = Link(event.seq, event.hash)
    if events:
        _insert(events)
    owed = [
        Outbox(event=event, consumer=consumer.value, next_at=at)
        for event in events
        for consumer in consumers(Kind(event.kind))
    ]
    if owed:
        _insert(owed)
    return Recorded(tuple(events), end)


def _end_of(stream: str) -> Link:
    last = Event.objects.filter(stream=stream).order_by("-seq").values_list("seq", "hash").first()
    return Link(*last) if last else Link()


def _insert(rows: Sequence[Event] | Sequence[Outbox]) -> None:
    """Insert rows of one table in one statement; they get their ids.

    Spelled here and not composed by the ORM: every verb passes here, and composing these two statements anew each
    time cost a third of a registration's processor time.
    """
    fields, statement = _statement(type(rows[0]), len(rows))
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = pk, False, connection.alias


@lru_cache(maxsize=64)
def _statement(model: type[Event] | type[Outbox], number: int) -> tuple[tuple[Any, ...], str]:
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    row = "(" + ", ".join(["%s"] * len(fields)) + ")"
    table = model._meta.db_table
    return fields, f'INSERT INTO "{table}" ({columns}) VALUES {", ".join([row] * number)} RETURNING "id"'  # noqa: S608 - no outside text
