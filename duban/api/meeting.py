"""The joint meeting: docket, papers, decisions, minutes."""

from __future__ import annotations

from ninja import Router

from .keys import Bearer

router = Router(tags=["meeting"], auth=Bearer())
