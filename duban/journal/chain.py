"""The hash that ties each event to the one before it in its stream."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Link:
    """The end of a stream: how many events it has and the last one's hash."""

    seq: int = 0
    hash: str = ""


def digest(
    *, stream: str, seq: int, kind: str, actor: str, at: datetime, facts: Mapping[str, object], prev: str
) -> str:
    """SHA-256 (hexadecimal) over the event in one spelling: sorted keys, no spaces, UTC with microseconds."""
    spelled = json.dumps(
        [stream, seq, kind, actor, at.astimezone(UTC).isoformat(timespec="microseconds"), facts, prev],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(spelled.encode()).hexdigest()


def digest_of_text(text: str) -> str:
    """What a fact keeps of a free text that stands in an erasable row: its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()
