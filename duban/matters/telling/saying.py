"""What every teller shares: the shape of what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from duban.journal.models import Event

if TYPE_CHECKING:
    from ..timeline import Material

Told = tuple[str, str]
"""A heading and a sentence."""
Teller = Callable[[Event, "Material"], Told | None]
"""None: there is nothing to tell of it."""


def instant(text: str) -> datetime:
    """The instant a fact holds."""
    return datetime.fromisoformat(text)


def with_words(sentence: str, words: str, material: Material) -> str:
    """The sentence and, for those who may read free texts, the words that go with it."""
    if not words or material.audience == "public":
        return sentence
    return f"{sentence}{words}" if sentence.endswith(("。", "：")) else f"{sentence} {words}"
