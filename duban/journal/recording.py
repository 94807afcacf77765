"""`record` is the one writer of history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

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
    Event.objects.bulk_create(events)
    owed = [
        Outbox(event=event, consumer=consumer.value, next_at=at)
        for event in events
        for consumer in consumers(Kind(event.kind))
    ]
    if owed:
        Outbox.objects.bulk_create(owed)
    return Recorded(tuple(events), end)


def _end_of(stream: str) -> Link:
    last = Event.objects.filter(stream=stream).order_by("-seq").values_list("seq", "hash").first()
    return Link(*last) if last else Link()
