"""A channel that keeps what it is given, and fails when told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from duban.notifications.message import Channel, Message


@dataclass
class Post:
    """What went out, in order: (key, address, text). An address in `broken` raises, as a gateway would."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def send(self, message: Message, key: str) -> None:
        if message.address in self.broken:
            raise ConnectionError(f"550 {message.address} unknown")
        self.sent.append((key, message.address, message.text))

    def to(self, address: str) -> list[str]:
        """The texts one address got."""
        return [text for _, known, text in self.sent if known == address]

    @property
    def channels(self) -> Mapping[str, Channel]:
        """Every channel is this one."""
        return {"console": self, "email": self}
