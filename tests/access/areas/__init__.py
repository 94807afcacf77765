"""The access table of each later area, with what its rows need; put together by `table`, `bodies` and `scene`."""

from __future__ import annotations

from . import ballots, checks, cockpit, ledgers, meeting, orders, together

AREAS = (together, ballots, orders, checks, meeting, ledgers, cockpit)
