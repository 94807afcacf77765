"""Matters that go on by themselves with a clock that the joint meeting set on the matter they were merged into.

When a lead is withdrawn or closed its oldest follower goes on in its place, and one that is separated goes on alone;
each with the lead's deadline. Where it comes from is read from the journal: the matter's own stream names its leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from duban.core.events import Kind
from duban.journal.models import Event
from duban.matters.models import ClockName, Matter

from .models import Decision

LED = (Kind.MATTER_MERGED.value, Kind.MATTER_FOLLOWED.value, Kind.MATTER_SEPARATED.value)


def leads_of(matter: int) -> set[int]:
    """The matters this one has ever followed, and those that they had followed: two statements a step."""
    found: set[int] = set()
    ahead = {matter}
    while ahead:
        events = Event.objects.filter(stream__in=[f"matter:{pk}" for pk in ahead], kind__in=LED)
        numbers = {str(facts["lead"]) for facts in events.values_list("facts", flat=True)}
        ahead = set(Matter.objects.filter(number__in=numbers).values_list("pk", flat=True)) - found - {matter}
        found |= ahead
    return found


def heirs_of(decision: Decision) -> Iterator[Matter]:
    """The matters that have the clock this decision set on another one, running or stopped; merged ones among them."""
    case = decision.item.matter_id
    having = Matter.objects.filter(
        clock=ClockName.COMPLETION, clock_started_at=decision.at, clock_taken_at__isnull=False, closed_at=None
    )
    for matter in having.exclude(pk=case).order_by("pk"):
        if case in leads_of(matter.pk):
            yield matter
