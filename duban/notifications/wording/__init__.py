"""What is said: one sentence for each kind of event and each audience, short enough for an SMS.

Sentences name the matter by its number and people by masked names; never a title or a free text, which may hold
what is nobody else's business. Times are Shanghai's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import ballots, handling, ledgers, meeting, orders, together
from .ballots import COLLECTIVE
from .saying import Audience, _

__all__ = ["COLLECTIVE", "SENTENCES", "SUBJECT", "Audience"]

SUBJECT = _("督办事项 %(number)s")

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType(
    {
        **handling.SENTENCES,
        **together.SENTENCES,
        **ballots.SENTENCES,
        **orders.SENTENCES,
        **meeting.SENTENCES,
        **ledgers.SENTENCES,
    }
)
"""By kind of event, and by audience. An alarm goes by its colour; what is said otherwise of a matter of many ends in .collective."""
