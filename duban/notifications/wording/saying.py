"""Who is spoken to, and how a sentence is marked."""

from __future__ import annotations

from enum import StrEnum


def _(sentence: str) -> str:
    """Mark a sentence for extraction; it is translated when it is filled in."""
    return sentence


class Audience(StrEnum):
    """Who is spoken to."""

    PETITIONER = "petitioner"
    UNIT = "unit"  # the one that holds the matter after the event, or whom the event concerns
    OFFICE = "office"
    VOTERS = "voters"  # of a ballot: each is told their own code
    COSIGNER = "cosigner"  # whoever asked for a code
    APPELLANT = "appellant"  # whoever appealed against an entry of a ledger
