"""How much two titles are about the same: the pairs of neighbouring characters they share.

Chinese is written without spaces, so that pairs of characters stand in for words.
"""

from __future__ import annotations

ENOUGH = 20  # percent


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters and characters of a text; signs, spaces and case do not count."""
    kept = "".join(one for one in text.casefold() if one.isalnum())
    return frozenset(kept[at : at + 2] for at in range(len(kept) - 1))


def likeness(one: str, other: str) -> int:
    """What share of all their pairs two texts have in common, in whole percent, rounded down: 100 for the same."""
    mine, theirs = pairs(one), pairs(other)
    together = mine | theirs
    return 100 * len(mine & theirs) // len(together) if together else 0
