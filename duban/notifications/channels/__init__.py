"""The channels by name. SMS and WeChat come through the same interface."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..message import Channel
from . import console, email

CHANNELS: Mapping[str, Channel] = MappingProxyType({"console": console, "email": email})
CITIZENS = "console"  # stands in for SMS
STAFF = "email"
