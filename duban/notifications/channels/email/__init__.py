"""E-mail, through Django's backend (SMTP when DUBAN_SMTP_HOST is set)."""

from __future__ import annotations

from django.core.mail import EmailMessage

from ...message import Message


def send(message: Message, key: str) -> None:
    """One mail; its Message-ID comes from the key, so a mail server can tell a second copy. Raises on refusal."""
    EmailMessage(
        subject=message.subject,
        body=message.text,
        to=[message.address],
        headers={"Message-ID": f"<{key}@duban>", "Auto-Submitted": "auto-generated"},
    ).send()
