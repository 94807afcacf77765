"""The shape every verb shares: lock, permit, advance, write history, keep."""

from __future__ import annotations

from datetime import datetime

from duban.core.events import Kind
from duban.core.lifecycle import FOLLOWERS_OWN, Step, step
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Role, Verb, may, require
from duban.journal.models import Event
from duban.journal.recording import Entry, record

from ..boundaries import catch_up
from ..models import Matter

KEPT = (
    *("state", "round", "unit", "handler", "urgent", "assigned_at", "assignments", "returns_granted", "asks"),
    *("lead", "followers", "designated"),
    *("clock", "clock_run", "clock_started_at", "clock_warn_at", "clock_due_at", "clock_stopped_at"),
    *("clock_workdays", "clock_revision", "clock_taken_at", "look_at", "closed_at", "basis", "basis_event"),
    *("journal_seq", "journal_hash"),
)
"""The columns a verb may change. What the petitioner registered is not among them."""

Place = dict[str, str | None]


def lock(number: str, now: datetime) -> Matter:
    """The matter of a number, locked until the transaction ends. Raises Unknown.

    Read without a join: PostgreSQL, having waited for another's lock, looks again whether the row still fits, and one
    joined to the unit it was with before would be taken for gone.

    Without its key: whatever is written about it meanwhile elsewhere (an entry of a ledger, an item of a check) refers
    to it and need not wait.

    Boundaries it has crossed by `now` are recorded first, whoever comes: a verb that sets a clock anew must not
    lose an alarm (domain rule 5). Ordinarily there is none and it costs nothing.
    """
    matter = Matter.objects.select_for_update(no_key=True, of=("self",)).filter(number=number).first()
    if matter is None:
        raise Unknown("not_yours")
    catch_up(matter, now)
    return matter


def permit(actor: Actor, verb: Verb, matter: Matter) -> None:
    """Raise unless the actor may do the verb to this matter.

    Who may not even see the matter learns nothing of it (Unknown); who sees it is told (Forbidden).
    """
    if may(actor, verb, unit=matter.unit_id, matter=matter.pk):
        return
    sees = may(actor, Verb.SEE_MATTER, unit=matter.unit_id, matter=matter.pk)
    if not sees and verb is not Verb.GIVE_VERDICT and not actor.has(Role.SYSTEM):
        raise Unknown("not_yours")
    require(actor, verb, unit=matter.unit_id, matter=matter.pk)


def advance(matter: Matter, taken: Step) -> None:
    """Move the matter as the table of the lifecycle says. Raises Refused.

    `merged_follows` of a merged matter, to which only its petitioner's own steps can be done.
    """
    if taken not in FOLLOWERS_OWN:
        require_unmerged(matter)
    matter.state = step(matter.lifecycle_state, taken)


def require_unmerged(matter: Matter) -> None:
    """Raise Refused(`merged_follows`) for a merged matter that is still open: what is to be done is done to its lead."""
    if matter.lead is not None and matter.closed_at is None:
        raise Refused("merged_follows", lead=matter.lead.number)


def place_of(matter: Matter) -> Place:
    """Where the matter stands, as a fact: its unit, its state, and the running clock's due moment.

    `since` is there where the clock came over from another matter after that moment: late from then on, not before.
    """
    running = matter.clock_stopped_at is None
    due_at = matter.clock_due_at.isoformat() if running else None
    place: Place = {"unit": matter.unit_id, "state": str(matter.state), "due_at": due_at}
    taken_at = matter.clock_taken_at
    if running and taken_at is not None and taken_at > matter.clock_due_at:
        place["since"] = taken_at.isoformat()
    return place


def answerable(matter: Matter) -> dict[str, object]:
    """Who answers for the matter now, as facts: the unit and the handler (domain rule 1)."""
    return {"unit": matter.unit_id, "handler": matter.handler_id}


def moved(kind: Kind, was: Place | None, matter: Matter, /, **facts: object) -> Entry:
    """An entry for an event that moves the matter: where it was, where it is now, and further facts.

    Readers of the journal fold these two places into totals without asking anything else.
    """
    return Entry(
        kind,
        {**facts, "round": matter.round, "handler": matter.handler_id, "was": was, "now": place_of(matter)},
    )


def write(matter: Matter, *entries: Entry, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Record the entries in the matter's stream and remember its new end. `keep` must follow.

    Matters merged into it are brought along in the same breath; without any it costs nothing.
    """
    recorded = record(matter.stream, *entries, actor=actor, at=at, head=matter.head)
    matter.journal_seq, matter.journal_hash = recorded.head.seq, recorded.head.hash
    if matter.followers:
        from .following import bring_along  # the two need each other

        bring_along(matter, recorded.events, actor=actor, at=at)
    return recorded.events


def keep(matter: Matter) -> Matter:
    """Store what the verb changed, in one UPDATE."""
    matter.save(update_fields=KEPT)
    return matter


def staff_id(actor: Actor) -> int:
    """The account behind a staff actor. Raises Refused for anybody else."""
    kind, _, number = actor.key.partition(":")
    if kind != "staff":
        raise Refused("sign_in_needed")
    return int(number)
