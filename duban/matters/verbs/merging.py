"""Merging duplicates (并案), and separating them again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.core import numbers
from duban.core.events import Kind
from duban.core.kinds import MatterKind
from duban.core.lifecycle import State, Step
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb
from duban.journal.chain import digest_of_text
from duban.people.models import Unit

from ..models import Matter, Remark
from .assisting import lapse_assists
from .carrying import copy_promise
from .deed import advance, keep, lock, moved, permit, place_of, staff_id, write
from .following import follow, followers_of, go_alone, leave, lock_with_lead, take_over
from .forms import Form
from .requests import lapse

MERGEABLE = (State.REGISTERED, State.ASSIGNED, State.HANDLING)


@transaction.atomic
def merge(*, matter: str, lead: str, reason: str, actor: Actor, now: datetime) -> Matter:
    """The office merges a duplicate into the matter that leads from here on; it goes the lead's way.

    Requests that wait for a ruling and open assists of the duplicate lapse; matters merged into it follow the new
    lead. Its petitioner keeps a verdict of their own. Raises Invalid (lead, reason); Refused: merge_lead_unknown,
    merge_itself, merge_already, merge_lead_follows, merge_lead_state, merge_collective, merge_directive,
    merge_promise_made, wrong_state, already_closed; Forbidden; Unknown.
    """
    ids = _who(matter, numbers.normalise(lead) or lead.strip(), actor)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    if not lead.strip():
        form.wrong("lead", "merge_lead_missing")
    form.check()
    if len(ids) < 2:
        same = matter == numbers.normalise(lead)
        raise Refused("merge_itself" if same else "merge_lead_unknown", field="lead")
    held, into = _locked(ids, matter, now)
    _fit(held, into)
    entries = [*lapse(held, now, "merging"), *lapse_assists(held, now)]
    remark = Remark.objects.create(
        matter=held, part=Remark.Part.MERGING, text=reason, by_id=staff_id(actor), at=now
    )
    brought, was = followers_of(held) if held.followers else [], place_of(held)
    held.lead, held.followers = into, 0
    into.followers += 1 + len(brought)
    take_over(held, into, now)
    commitment = copy_promise(into, held) if into.state == State.HANDLING else None
    entry = moved(
        Kind.MATTER_MERGED, was, held,
        lead=into.number, remark=remark.pk, text=digest_of_text(reason), commitment=commitment,
    )  # fmt: skip
    because = write(held, *entries, entry, actor=actor, at=now)[-1]
    keep(held)
    for other in brought:
        other.lead = into
        if into.state == State.HANDLING:
            copy_promise(into, other)
        follow(other, into, because, actor=actor, at=now)
    into.save(update_fields=["followers"])
    return held


@transaction.atomic
def separate(*, matter: str, reason: str, actor: Actor, now: datetime) -> Matter:
    """The office takes a matter out again; it goes on alone from where it stands, with the lead's promise.

    Boundaries its clock has passed meanwhile raised their alarms on the lead and raise none again. Raises Invalid
    (reason); Refused: merge_not_merged, already_closed; Forbidden; Unknown.
    """
    held = lock_with_lead(matter, now)
    permit(actor, Verb.SEPARATE, held)
    advance(held, Step.SEPARATE)
    lead = held.lead
    if lead is None:
        raise Refused("merge_not_merged")
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    remark = Remark.objects.create(
        matter=held, part=Remark.Part.MERGING, text=reason, by_id=staff_id(actor), at=now
    )
    leave(held)
    go_alone(held, lead, actor=actor, at=now, remark=remark.pk, text=digest_of_text(reason))
    return held


def _who(matter: str, lead: str, actor: Actor) -> dict[str, int]:
    """The ids of the two numbers, if the actor may merge the first. Raises Forbidden; Unknown."""
    found = {
        one.number: one for one in Matter.objects.select_related("unit").filter(number__in=[matter, lead])
    }
    if matter not in found:
        raise Unknown("not_yours")
    permit(actor, Verb.MERGE, found[matter])
    return {number: one.pk for number, one in found.items()}


def _locked(ids: dict[str, int], matter: str, now: datetime) -> tuple[Matter, Matter]:
    """The duplicate and the lead, both locked, the smaller id first.

    One merging at a time in the whole city, and what is merged already is refused before its row is locked: so
    nobody who locks a lead and then its followers is ever met the other way round. Raises Refused.
    """
    list(Unit.objects.select_for_update(no_key=True).filter(is_office=True))
    for one in Matter.objects.select_related("lead").filter(pk__in=ids.values()):
        if one.lead is not None and one.closed_at is None:
            own = one.number == matter
            raise Refused(
                "merge_already" if own else "merge_lead_follows",
                field=None if own else "lead",
                lead=one.lead.number,
            )
    rows = {number: lock(number, now) for number in sorted(ids, key=ids.__getitem__)}
    held = rows.pop(matter)
    return held, next(iter(rows.values()))


def _fit(held: Matter, into: Matter) -> None:
    """Whether the two may become one. Raises Refused."""
    advance(held, Step.MERGE)
    if into.state not in MERGEABLE:
        raise Refused("merge_lead_state", field="lead")
    if held.collective:
        raise Refused("merge_collective")
    if (held.kind == MatterKind.DIRECTIVE) != (into.kind == MatterKind.DIRECTIVE):
        raise Refused("merge_directive", field="lead")
    if held.state == State.HANDLING and into.state != State.HANDLING:
        raise Refused("merge_promise_made", field="lead")
