"""Ledgers, rankings, replies and appeals."""

from __future__ import annotations

from ninja import Router

from .keys import Bearer

router = Router(tags=["ledgers"], auth=Bearer())
