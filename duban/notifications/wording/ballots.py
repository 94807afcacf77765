"""Co-signing and ballots, as people are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .saying import Audience

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType({})
