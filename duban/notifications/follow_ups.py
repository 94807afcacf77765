"""Who is told of a decision's follow-up: the unit that is asked, and, once it has reported, the office.

Nothing is said of what was decided, so that a referral reads like a matter that was kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings

from duban.core.events import Kind
from duban.core.zone import end_of
from duban.journal.models import Event
from duban.matters.words import spelled_deadline
from duban.supervision.models import Decision

from . import recipients
from .recipients import Recipient
from .wording import Audience

FOLLOW_UPS = frozenset({Kind.DECISION_MADE, Kind.FOLLOW_UP_REPORTED})
"""What happens to a decision's follow-up; a decision without one owes nothing."""


def asks(event: Event) -> Decision | None:
    """The decision of the event, if it asks something of a unit."""
    rows = Decision.objects.filter(pk=event.facts["decision"], follow_up_unit__isnull=False)
    return rows.select_related("follow_up_unit", "item__matter__handler__unit").first()


def follow_up_recipients(audience: Audience, decision: Decision) -> Iterator[Recipient]:
    """The handler, if the unit holds the matter, or the heads of the unit asked; or the supervision office."""
    if audience is Audience.OFFICE:
        return recipients.office()
    return recipients.unit(decision.follow_up_unit_id or "", decision.item.matter.handler)


def follow_up_words(event: Event, decision: Decision) -> Mapping[str, str]:
    """What fills a sentence's places; the office is sent to the item, the unit to what it is asked."""
    of_office = event.kind == Kind.FOLLOW_UP_REPORTED
    unit, due_on = decision.follow_up_unit, decision.follow_up_due_on
    assert unit is not None and due_on is not None  # noqa: S101, PT018 - see `asks`
    page = f"office/docket/{decision.item_id}" if of_office else f"desk/follow-ups/{decision.pk}"
    return {
        "number": decision.item.matter.number,
        "unit": unit.name,
        "due": spelled_deadline(end_of(due_on)),
        "link": f"{settings.SITE_URL}/{page}",
    }
