"""Decisions of the joint meeting: binding, and executed in the transaction that records them (domain rule 13)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from duban.core.docket import DecisionKind
from duban.core.events import Kind
from duban.core.refusal import Refused
from duban.core.rights import Actor
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Remark
from duban.matters.verbs import deciding
from duban.matters.verbs.deed import lock

from ..models import Decision, Deferral, DocketItem
from ..reviewing import end_deferrals
from .docketing import number_of
from .foreseeing import foresee
from .proposing import NO_FOLLOW_UP, FollowUp, Proposal, propose


@transaction.atomic
def decide(
    *,
    item: int,
    meeting: int,
    kind: str,
    reason: str,
    actor: Actor,
    now: datetime,
    unit: str = "",
    due_on: date | None = None,
    review_on: date | None = None,
    confirmed: bool = False,
    follow_up: FollowUp = NO_FOLLOW_UP,
    shown: str | None = None,
) -> Decision:
    """A member who is there enters what the meeting decided about an item; it is done at once, or not at all.

    `unit` is for `reassign`, `due_on` for `extend`, `review_on` for `defer`. The reason of a `close` is read by
    everyone: `confirmed` says that it holds no personal data, and numbers of persons in it are refused. `shown` is the
    mark of what the member was shown (`foresee_decision`): anything else is not done.

    Raises Invalid (kind, reason, unit, due_on, review_on, confirmed, follow_up); Refused: docket_settled,
    agenda_other, meeting_over, meeting_not_yet, already_closed, decision_not_handling, decision_completed,
    collective_needs_ballot, decision_same_unit, decision_day_past, extension_not_later, due_not_workday, unit_unknown,
    unit_inactive, unit_is_office, calendar_missing, docket_follows_lead, meeting_nobody, meeting_absent,
    decision_changed; Forbidden; Unknown.
    """
    held = lock(number_of(item), now)
    proposal = propose(
        held,
        item=item,
        meeting=meeting,
        kind=kind,
        reason=reason,
        actor=actor,
        now=now,
        unit=unit,
        due_on=due_on,
        review_on=review_on,
        confirmed=confirmed,
        follow_up=follow_up,
    )
    if not proposal.keeps_deferrals:
        end_deferrals(held, now)  # before the matter moves: one whose review day has begun comes back first
    ahead = foresee(proposal, now)
    if shown is not None and shown != ahead.mark:
        raise Refused("decision_changed")
    decision = _enter(proposal, now)
    deciding.carry_out(
        held,
        proposal.kind,
        _ground(decision, proposal),
        _moving(ahead.moving, decision),
        actor=actor,
        now=now,
    )
    if proposal.kind is DecisionKind.DEFER and proposal.day is not None:
        Deferral.objects.create(matter=held, decision=decision, review_on=proposal.day)
    return decision


def _enter(proposal: Proposal, now: datetime) -> Decision:
    """The item is settled, and what was decided about it stands beside it."""
    held, kind, row = proposal.held, proposal.kind, proposal.item
    part = Remark.Part.REFERRAL if kind is DecisionKind.REFER else Remark.Part.DECISION
    remark = Remark.objects.create(matter=held, part=part, text=proposal.reason, by_id=proposal.by, at=now)
    row.state, row.settled_at = DocketItem.State.DECIDED, now
    row.save(update_fields=["state", "settled_at"])
    return Decision.objects.create(
        item=row,
        meeting=proposal.meeting,
        kind=kind.value,
        remark=remark,
        unit_id={DecisionKind.REASSIGN: proposal.unit, DecisionKind.REFER: held.unit_id}.get(kind),
        day=proposal.day,
        by_id=proposal.by,
        at=now,
        follow_up_unit_id=proposal.follow_up.unit or None,
        follow_up_due_on=proposal.follow_up.due_on,
        follow_up_demand=proposal.follow_up.demand,
    )


def _ground(decision: Decision, proposal: Proposal) -> Entry:
    """The decision's own event, which comes first."""
    facts: dict[str, object] = {
        "decision": decision.pk,
        "item": decision.item_id,
        "kind": decision.kind,
        "meeting": decision.meeting_id,
        "remark": decision.remark_id,
        "text": digest_of_text(proposal.reason),
    }
    follow_up = proposal.follow_up
    if follow_up.given:
        facts["follow_up"] = {
            "unit": follow_up.unit,
            "due_on": str(follow_up.due_on),
            "demand": digest_of_text(follow_up.demand),
        }
    return Entry(Kind.DECISION_MADE, facts)


def _moving(moving: Entry | None, decision: Decision) -> Entry | None:
    """What is recorded after it: where the matter goes; of a referral, that it was handed over."""
    if decision.kind != DecisionKind.REFER:
        return moving
    return Entry(Kind.MATTER_REFERRED, {"decision": decision.pk, "on": day_of(decision.at).isoformat()})
