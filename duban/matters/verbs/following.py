"""A merged matter goes the way of its lead (并案): what is done to the lead is done to it, in the same transaction.

Whoever needs both locks the lead first; several matters are locked leads first, each by id (`hold`). So no two
transactions wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from duban.catalogue.book import book
from duban.core.boundaries import crossings, first
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import SYSTEM, Actor
from duban.journal.models import Event

from ..models import Matter
from .carrying import carried, promise_of
from .deed import Place, keep, lock, moved, place_of, write

TAKEN = (
    *("state", "unit_id", "handler_id", "assigned_at", "designated", "clock_started_at", "clock_warn_at"),
    *("clock", "clock_due_at", "clock_stopped_at", "clock_workdays", "clock_revision"),
)
"""What a merged matter takes over. Its round, its runs and its requests stay its own."""

TOLD = ("original_due_at", "review_on")
"""Facts of a lead's event its followers are told, too."""


def lock_with_lead(number: str, now: datetime) -> Matter:
    """The matter of a number, locked after its lead, if it is merged into one.

    Merged into another while it was waited for, its lead is not locked yet. Waiting for it now would be the wrong way
    round, so it is taken only if nobody holds it. Raises Refused(`changed_meanwhile`) if somebody does; Unknown.
    """
    lead = lead_of(number)
    locked = lock(lead, now).pk if lead else None
    held = lock(number, now)
    if held.lead_id in (None, locked):
        return held
    free = Matter.objects.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(
        pk=held.lead_id
    )
    for matter in free:
        lock(matter.number, now)
        return lock(number, now)
    raise Refused("changed_meanwhile")


def lead_of(number: str) -> str | None:
    """The number of the matter another one is merged into, as it stood a moment ago; None where there is none."""
    return (
        Matter.objects.filter(number=number, lead__isnull=False)
        .values_list("lead__number", flat=True)
        .first()
    )


def bring_along(lead: Matter, events: Sequence[Event], *, actor: Actor, at: datetime) -> None:
    """Take every open follower of a locked lead to where it stands now, because of what just happened to it.

    Each gets one event on its own stream, with what its petitioner should read: the promise, the progress, the
    statement. When the lead is closed before it was completed, its oldest follower goes on in its place.
    """
    if events[-1].kind == Kind.MATTER_HANDED_OVER:  # inside the unit: nobody outside is told
        open_ones = Matter.objects.filter(lead=lead).exclude(state=State.CLOSED)
        open_ones.update(handler_id=lead.handler_id)
        return
    moving = [one for one in events if "now" in one.facts or one.kind == Kind.PROGRESS_REPORTED]
    if not moving:
        return
    followers = followers_of(lead)
    if lead.state == State.CLOSED:
        succeed(lead, left_behind(followers), actor=actor, at=at)
        return
    for follower in followers:
        follow(follower, lead, moving[-1], actor=actor, at=at)


def followers_of(lead: Matter) -> list[Matter]:
    """The open matters merged into a locked one, oldest first, locked too."""
    return list(open_followers(lead).select_for_update(no_key=True, of=("self",)))


def open_followers(lead: Matter) -> QuerySet[Matter]:
    """The open matters merged into another, oldest first."""
    return Matter.objects.filter(lead=lead).exclude(state=State.CLOSED).order_by("pk")


def left_behind(followers: Sequence[Matter]) -> list[Matter]:
    """Which of them go on when their lead is closed, the first of them leading: those not completed with it."""
    return [one for one in followers if one.state != State.COMPLETED]


def hold(matters: Collection[int]) -> list[int]:
    """Lock matters of any number by id, in the order every verb locks in: leads first. Returns them in that order."""
    rows = Matter.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=matters)
    follows = ExpressionWrapper(Q(lead__isnull=False), output_field=BooleanField())
    return list(rows.annotate(follows=follows).order_by("follows", "pk").values_list("pk", flat=True))


def follow(follower: Matter, lead: Matter, because: Event, *, actor: Actor, at: datetime) -> None:
    """Bring one follower along, with an event of its own. A petitioner is named only on their own stream."""
    was = place_of(follower)
    again = follower.state == State.COMPLETED and lead.state == State.HANDLING
    follower.round += again
    take_over(follower, lead, at)
    facts = {"because": because.kind, "lead": lead.number, **carried(because, lead, follower, at)}
    facts |= {name: because.facts[name] for name in TOLD if name in because.facts}
    if because.facts.get("merged") == follower.number:
        facts["judged"] = True  # it is by its own verdict that all of them were reopened
    petitioners = actor.key.startswith("citizen:") and actor.key != f"citizen:{follower.petitioner_id}"
    write(
        follower,
        moved(Kind.MATTER_FOLLOWED, was, follower, **facts),
        actor=SYSTEM if petitioners else actor,
        at=at,
    )
    keep(follower)


def take_over(follower: Matter, lead: Matter, at: datetime) -> None:
    """Put a follower where its lead stands. Only the silence after completion is a follower's own to be looked at."""
    before = (follower.state, follower.clock, follower.clock_started_at, follower.clock_due_at)
    for name in TAKEN:
        setattr(follower, name, getattr(lead, name))
    follower.clock_taken_at = at
    after = (follower.state, follower.clock, follower.clock_started_at, follower.clock_due_at)
    if before[1:] != after[1:]:
        follower.clock_run += 1
    if follower.state != State.COMPLETED:
        follower.look_at = None
    elif before[0] != follower.state:
        follower.look_at = first(State.COMPLETED, None, follower.completed_at, book().policy)


def succeed(lead: Matter, left: Sequence[Matter], *, actor: Actor, at: datetime) -> None:
    """The lead was closed before completion: the oldest of those left behind leads the others from here on."""
    if not left:
        return
    heir, others = left[0], left[1:]
    Matter.objects.filter(pk__in=[one.pk for one in others]).update(lead=heir)
    lead.followers -= len(left)
    heir.followers += len(others)
    petitioners = actor.key.startswith("citizen:")
    go_alone(heir, lead, actor=SYSTEM if petitioners else actor, at=at, because=Kind.MATTER_CLOSED.value)


def go_alone(
    held: Matter, lead: Matter, *, actor: Actor, at: datetime, was: Place | None = None, **facts: object
) -> None:
    """A locked follower goes on by itself as it stands: its clock is looked at again, boundaries behind it are not."""
    was = was or place_of(held)
    held.lead, held.clock_taken_at = None, at
    promise_of(held, lead)
    ahead = crossings(held.lifecycle_state, held.reading, held.completed_at, book().policy)
    if held.state != State.COMPLETED:
        held.look_at = next((one.at for one in ahead if one.at > at), None)
    entry = moved(Kind.MATTER_SEPARATED, was, held, lead=lead.number, **facts)
    write(held, entry, actor=actor, at=at)
    keep(held)


def leave(held: Matter) -> None:
    """A follower, locked with its lead, was closed or goes on by itself: its lead has one open follower less."""
    if held.lead_id is not None:
        Matter.objects.filter(pk=held.lead_id).update(followers=F("followers") - 1)
