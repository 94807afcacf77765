"""Merging matters and asking units to assist."""

from __future__ import annotations

from ninja import Router

from .keys import Bearer

router = Router(tags=["together"], auth=Bearer())
