"""A message on its way out, and what every channel can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to whom. `address` is a mobile or an e-mail address; it is never logged or stored."""

    address: str
    subject: str
    text: str


class Channel(Protocol):
    """A way to reach people. One folder a channel, each with this one function."""

    def send(self, message: Message, key: str) -> None:
        """Hand the message over. `key` is the same when it is sent again. Raises whatever went wrong."""
