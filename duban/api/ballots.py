"""Co-signing and ballots: the petitioner, the voter, the terminal, the office."""

from __future__ import annotations

from ninja import Router

from .keys import Bearer

router = Router(tags=["ballots"], auth=Bearer())
