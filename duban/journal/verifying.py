"""Proofs: the whole journal, or one receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duban.core.zone import local

from .chain import digest
from .models import Event


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the journal does not hold together, and what is wrong there."""

    stream: str
    seq: int
    wrong: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a receipt's check found: whether it holds, and one sentence why or why not."""

    holds: bool
    sentence: str


def breaks() -> Iterator[Break]:
    """Walk every stream in order; yield each gap, false predecessor and false hash. Memory stays constant."""
    stream, seq, last = "", 0, ""
    for event in Event.objects.order_by("stream", "seq").iterator(chunk_size=2000):
        if event.stream != stream:
            stream, seq, last = event.stream, 0, ""
        if event.seq != seq + 1:
            yield Break(stream, event.seq, f"event {seq + 1} is missing")
        if event.prev != last:
            yield Break(stream, event.seq, "does not follow the event before it")
        if event.hash != _digest(event):
            yield Break(stream, event.seq, "was changed after it was written")
        seq, last = event.seq, event.hash


def receipt_of(number: str, event: Event) -> dict[str, object]:
    """The receipt for an event: enough for its holder to prove later that history still holds it."""
    return {
        "number": number,
        "stream": event.stream,
        "seq": event.seq,
        "kind": event.kind,
        "at": local(event.at).isoformat(),
        "hash": event.hash,
        "algorithm": "sha256",
    }


def verify_receipt(receipt: Mapping[str, object]) -> Proof:
    """Whether the event a receipt names still stands in an unbroken chain up to its place."""
    stream, seq, promised = receipt.get("stream"), receipt.get("seq"), receipt.get("hash")
    if not isinstance(stream, str) or not isinstance(seq, int) or not isinstance(promised, str):
        return Proof(False, "This is not a receipt: stream, seq or hash is missing.")
    chain = list(Event.objects.filter(stream=stream, seq__lte=seq).order_by("seq"))
    if not chain or chain[-1].seq != seq:
        return Proof(False, "The journal does not hold the event this receipt names.")
    last = ""
    for place, event in enumerate(chain, start=1):
        if event.seq != place or event.prev != last or event.hash != _digest(event):
            return Proof(False, f"The chain is broken at event {place} of {stream}.")
        last = event.hash
    if last != promised:
        return Proof(False, "The event was changed after the receipt was given.")
    return Proof(True, f"Event {seq} of {stream} stands unchanged, and {seq - 1} before it.")


def _digest(event: Event) -> str:
    return digest(
        stream=event.stream,
        seq=event.seq,
        kind=event.kind,
        actor=event.actor,
        at=event.at,
        facts=event.facts,
        prev=event.prev,
    )
