"""Supervision orders, as people are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from duban.core.events import Kind

from .saying import Audience, _

_U, _O = Audience.UNIT, Audience.OFFICE

SENTENCES: Mapping[str, Mapping[Audience, str]] = MappingProxyType(
    {
        Kind.ORDER_ISSUED: {
            _U: _("收到%(order)s（%(number)s），请签收，并于 %(due)s 前回复。%(link)s"),
        },
        Kind.ORDER_REPLIED: {_O: _("%(unit)s已回复%(order)s（%(number)s），请审核。%(link)s")},
        Kind.ORDER_ACCEPTED: {_U: _("对%(order)s（%(number)s）的回复已获认可，本件了结。%(link)s")},
        Kind.ORDER_SENT_BACK: {
            _U: _("对%(order)s（%(number)s）的回复被退回，请于 %(due)s 前重新回复。%(link)s"),
        },
        Kind.ORDER_RECALLED: {_U: _("督查室已收回%(order)s（%(number)s），不用再办。%(link)s")},
    }
)
"""By kind of event, and by audience."""
