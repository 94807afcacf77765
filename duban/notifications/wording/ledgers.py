"""The ledgers, as people are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from duban.core.events import Kind

from .saying import Audience, _

UPHELD, REFUSED = _("申诉成立，这笔账已冲销"), _("申诉不成立，这笔账照旧")

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType(
    {
        Kind.APPEAL_RULED: {
            Audience.APPELLANT: _("您对一笔作风账（%(number)s）的申诉已裁定：%(outcome)s。理由见 %(link)s")
        }
    }
)
"""By kind of event, and by audience."""
