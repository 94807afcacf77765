"""Drawing a sample that anybody can draw again.

Every candidate's id is hashed together with the seed, SHA-256 of `seed`, a line end, and the id in decimal; the
sample are the ids with the smallest hashes, in the order of their hashes. Which ids those are depends on nothing
but the seed and the set of candidates: not on their order, not on a machine's generator of random numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from heapq import nsmallest


def sample(candidates: Iterable[int], size: int, seed: str) -> tuple[int, ...]:
    """At most `size` of the candidates, in the order they are drawn; all of them when there are not more.

    Every candidate has the same chance, as far as SHA-256 is even. Raises ValueError for a size below one.
    """
    if size < 1:
        raise ValueError("a sample has at least one")
    return tuple(nsmallest(size, set(candidates), key=lambda one: (place(one, seed), one)))


def place(candidate: int, seed: str) -> str:
    """Where the seed puts a candidate: the smaller, the earlier it is drawn (SHA-256, hexadecimal)."""
    return sha256(f"{seed}\n{candidate}".encode()).hexdigest()


def digest(candidates: Iterable[int]) -> str:
    """Tells two sets of candidates apart: SHA-256 of the ids in rising order, separated by commas."""
    return sha256(",".join(str(one) for one in sorted(set(candidates))).encode()).hexdigest()


def turns(drawn: int, hands: int) -> tuple[int, ...]:
    """Who takes which of the drawn: 0, 1, 2, 0, 1 … Raises ValueError where nobody is there to take them."""
    if hands < 1:
        raise ValueError("nobody to take them")
    return tuple(number % hands for number in range(drawn))
