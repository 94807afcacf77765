"""Writes each message as one line of the log: what stands in for SMS until a gateway is set up.

The mobile is masked: a log is no place for it.
"""

from __future__ import annotations

import structlog

from duban.core.identity import masked_mobile

from ...message import Message


def send(message: Message, key: str) -> None:
    """One line: to whom (masked), what, and the idempotency key."""
    structlog.get_logger("duban.notices").info(
        "message", to=masked_mobile(message.address), text=message.text, key=key
    )
