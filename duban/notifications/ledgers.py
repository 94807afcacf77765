"""Who is told of a ruling on an appeal, and what fills the sentence: whoever appealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.translation import gettext

from duban.journal.models import Event
from duban.people.models import Staff

from . import recipients
from .recipients import Recipient
from .wording.ledgers import REFUSED, UPHELD


def appellant(event: Event) -> Iterator[Recipient]:
    """The official alone, whose own business it is; for a unit the head who spoke for it, or who is there now."""
    staff = Staff.objects.select_related("unit").filter(pk=event.facts["by"]).first()
    if event.facts["staff"] is None:
        return recipients.unit(str(event.facts["unit"]), staff)
    return recipients.official(staff)


def ruling_words(event: Event) -> Mapping[str, str]:
    """What fills the sentence's places. `number` is the matter's; where there is none it says which account."""
    upheld = event.facts["upheld"]
    return {
        "number": event.facts["matter"] or gettext("单位督办"),
        "outcome": gettext(UPHELD if upheld else REFUSED),
        "link": f"{settings.SITE_URL}/office/ledgers/entries/{event.facts['entry']}",
    }
