"""The sentence of every refusal, by its code: Chinese message ids with named places, one module a subject."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from types import MappingProxyType

from . import (
    access,
    ballots,
    checks,
    doors,
    ledgers,
    life,
    meeting,
    orders,
    publishing,
    registering,
    rules,
    together,
)

SENTENCES: Mapping[str, str] = MappingProxyType(
    dict(
        ChainMap(
            *(
                dict(part.SENTENCES)
                for part in (
                    access,
                    ballots,
                    checks,
                    doors,
                    ledgers,
                    life,
                    meeting,
                    orders,
                    publishing,
                    registering,
                    rules,
                    together,
                )
            )
        )
    )
)
