"""Closing (销号), reopening (复号) and withdrawing. No closing without a basis (domain rule 9).

`close` and `reopen` are steps inside a verb of `evaluation`, which brings the basis; the petitioner's
withdrawal is its own basis.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.lifecycle import Basis, State, Step
from duban.core.refusal import Refused
from duban.core.rights import SYSTEM, Actor, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry

from ..models import Commitment, Matter, Remark
from ..reckoning import Reckoner
from .assisting import lapse_assists
from .deed import advance, keep, moved, permit, place_of, write
from .following import go_alone, leave, lock_with_lead
from .forms import Form
from .requests import lapse

CLOSED_BY = {Basis.WITHDRAWN: "withdrawal", Basis.DECISION: "decision"}
"""What a request can still wait for a ruling on: every other basis comes after completion."""


def close(held: Matter, taken: Step, basis: Basis, ground: Entry, *, actor: Actor, now: datetime) -> Matter:
    """Close a locked matter on the ground of an event, recorded before the closing. What waits for a ruling lapses.

    Raises Refused.
    """
    closing = closed(held, taken, basis, now)
    return settle(held, basis, ground, closing, actor=actor, now=now)


def closed(held: Matter, taken: Step, basis: Basis, now: datetime) -> Entry:
    """Bring a matter to its end, in hand only: nothing is stored. Returns what is to be recorded. Raises Refused."""
    was = place_of(held)
    advance(held, taken)
    held.clock_stopped_at = held.clock_stopped_at or now
    held.look_at, held.closed_at, held.basis = None, now, basis
    return moved(Kind.MATTER_CLOSED, was, held, basis=str(basis))


def settle(
    held: Matter, basis: Basis, ground: Entry, closing: Entry, *, actor: Actor, now: datetime
) -> Matter:
    """Store a closing that was worked out: its ground comes first, and what still waits lapses."""
    lapsed = [*lapse(held, now, CLOSED_BY.get(basis, "")), *lapse_assists(held, now)]
    held.basis_event = write(held, ground, *lapsed, closing, actor=actor, at=now)[0]
    leave(held)
    return keep(held)


def reopen(held: Matter, ground: Entry, *, actor: Actor, now: datetime) -> Matter:
    """Reopen a locked matter on the ground of a negative verdict: next round, the same promise counted anew.

    A merged matter reopens its lead, and with it every other one merged into that. When the lead is closed already, or
    is a collective matter, on which no one person decides, it goes on alone.
    """
    lead = held.lead
    if lead is None:
        return _again(held, ground, actor=actor, now=now)
    write(held, ground, actor=actor, at=now)
    if lead.state == State.CLOSED or lead.collective:
        leave(held)
        go_alone(held, lead, actor=SYSTEM, at=now, because=Kind.MATTER_REOPENED.value)
        return _again(held, actor=actor, now=now)
    keep(held)
    _again(lead, actor=actor, now=now, merged=held.number)  # each told on their own stream
    held.refresh_from_db()
    return held


def _again(held: Matter, *before: Entry, actor: Actor, now: datetime, **facts: object) -> Matter:
    was = place_of(held)
    advance(held, Step.REOPEN)
    held.round += 1
    promised = Commitment.objects.filter(matter=held).latest("id").promised_workdays
    Reckoner(book()).completion(held, now, promised)
    write(held, *before, moved(Kind.MATTER_REOPENED, was, held, **facts), actor=actor, at=now)
    return keep(held)


@transaction.atomic
def withdraw(*, matter: str, reason: str, actor: Actor, now: datetime) -> Matter:
    """The petitioner takes the matter back; it is closed on that basis. Pending requests lapse.

    A collective matter concerns others too and cannot be withdrawn by one. Raises Invalid (reason); Refused:
    collective_no_withdrawal, already_closed; Unknown; Forbidden.
    """
    held = lock_with_lead(matter, now)
    permit(actor, Verb.WITHDRAW, held)
    if held.collective:
        raise Refused("collective_no_withdrawal")
    form = Form()
    reason = form.note("reason", reason, missing=None)
    form.check()
    facts: dict[str, object] = {}
    if reason:
        remark = Remark.objects.create(matter=held, part=Remark.Part.WITHDRAWAL, text=reason, at=now)
        facts = {"remark": remark.pk, "text": digest_of_text(reason)}
    ground = Entry(Kind.WITHDRAWAL_MADE, facts)
    return close(held, Step.WITHDRAW, Basis.WITHDRAWN, ground, actor=actor, now=now)
