"""The five checks."""

from __future__ import annotations

from ninja import Router

from .keys import Bearer

router = Router(tags=["checks"], auth=Bearer())
