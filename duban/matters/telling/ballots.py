"""Co-signing and ballots, told."""

from __future__ import annotations

from collections.abc import Mapping

from duban.core.events import Kind

from .saying import Teller

TELLERS: Mapping[Kind, Teller] = {}
