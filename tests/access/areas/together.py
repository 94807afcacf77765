"""Merging matters and asking units to assist: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PAGES = """
"""

CALLS = """
"""

FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {}
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {}
"""JSON of its calls: see `bodies.CALLS`."""

GROWN: dict[str, Callable[..., object]] = {}
"""Situations its rows ask for: see `scene`."""

PLACES: dict[str, Callable[[Any, str], object]] = {}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.places`."""
