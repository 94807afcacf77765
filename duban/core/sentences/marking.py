"""How a sentence is marked for extraction; the doors translate it."""

from __future__ import annotations


def _(sentence: str) -> str:
    """The sentence itself."""
    return sentence
