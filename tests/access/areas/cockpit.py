"""The cockpit: the city for its leaders: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PAGES = """
# The cockpit, and the directives of a leader's office
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  cockpit                                   -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  directives                                -                  in   in   in    403  403  403  403  403  403  403   ok  403  403  403  403
"""

CALLS = """
# The cockpit, and the directives of a leader's office
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk/cockpit                              -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/directives                           -                 401  401  401    403  403  403  403  403  403  403   ok  403  403  403  403
"""

FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {}
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {}
"""JSON of its calls: see `bodies.CALLS`."""

GROWN: dict[str, Callable[..., object]] = {}
"""Situations its rows ask for: see `scene`."""

PLACES: dict[str, Callable[[Any, str], object]] = {}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.PLACES`."""
