"""Alarms that want an answer, and supervision orders."""

from __future__ import annotations

from ninja import Router

from .keys import Bearer

router = Router(tags=["orders"], auth=Bearer())
