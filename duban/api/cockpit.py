"""The cockpit: the city for its leaders."""

from __future__ import annotations

from ninja import Router

from .keys import Bearer

router = Router(tags=["cockpit"], auth=Bearer())
