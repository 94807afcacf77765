"""Decisions of the joint meeting: binding, and executed in the transaction that records them (domain rule 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from duban.core.disclosing import holds_name, holds_personal_figures
from duban.core.docket import DecisionKind
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Matter, Remark
from duban.matters.verbs import deciding
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form
from duban.people.units import serves

from ..models import Decision, Deferral, DocketItem
from ..reviewing import end_deferrals
from .docketing import number_of, open_item
from .holding import open_meeting, require_chair


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What must be seen to after a decision: by whom, until when, and what."""

    unit: str = ""
    due_on: date | None = None
    demand: str = ""

    @property
    def given(self) -> bool:
        """Whether anything of it was filled in."""
        return bool(self.unit or self.due_on or self.demand.strip())


NO_FOLLOW_UP = FollowUp()
READ_BY_OTHERS = frozenset({DecisionKind.CLOSE, DecisionKind.REFER})
"""Decisions whose reason others than petitioner and staff read: everyone, or the inspectors."""


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
) -> Decision:
    """A member who is there enters what the meeting decided about an item; it is done at once, or not at all.

    `unit` is for `reassign`, `due_on` for `extend`, `review_on` for `defer`. The reason of a `close` is read by
    everyone: `confirmed` says that it holds no personal data, and numbers of persons in it are refused.
    Raises Invalid (kind, reason, unit, due_on, review_on, confirmed, follow_up); Refused: docket_settled,
    agenda_other, meeting_over, meeting_not_yet, already_closed, wrong_state, collective_needs_ballot,
    decision_same_unit, decision_day_past, extension_not_later, due_not_workday, unit_unknown, unit_inactive,
    unit_is_office, calendar_missing, docket_follows_lead, meeting_nobody, meeting_absent; Forbidden; Unknown.
    """
    held = lock(number_of(item), now)
    permit(actor, Verb.DECIDE, held)
    if held.state == State.CLOSED:
        raise Refused("already_closed")
    if held.lead_id is not None:
        raise Refused("docket_follows_lead")
    row = open_item(item)
    sitting = open_meeting(meeting, now)
    if not sitting.agenda.filter(item=row).exists():
        raise Refused("agenda_other")
    by = staff_id(actor)
    require_chair(sitting)
    if not sitting.attendances.filter(staff=by, present=True).exists():
        raise Refused("meeting_absent")
    form = Form()
    chosen = form.choice("kind", kind, DecisionKind, "decision_kind")
    reason = form.note("reason", reason, missing="decision_reason")
    day = {DecisionKind.EXTEND: due_on, DecisionKind.DEFER: review_on}.get(chosen) if chosen else None
    _check(form, chosen, held, reason, unit=unit, day=day, confirmed=confirmed)
    demand = _check_follow_up(form, follow_up, now)
    form.check()
    assert chosen is not None  # noqa: S101 - the form has checked it
    if (
        chosen is not DecisionKind.CLOSE or not held.followers
    ):  # whoever goes on in its place is still put off
        end_deferrals(held, now)
    part = Remark.Part.REFERRAL if chosen is DecisionKind.REFER else Remark.Part.DECISION
    remark = Remark.objects.create(matter=held, part=part, text=reason, by_id=by, at=now)
    row.state, row.settled_at = DocketItem.State.DECIDED, now
    row.save(update_fields=["state", "settled_at"])
    decision = Decision.objects.create(
        item=row,
        meeting=sitting,
        kind=chosen.value,
        remark=remark,
        unit_id={DecisionKind.REASSIGN: unit, DecisionKind.REFER: held.unit_id}.get(chosen),
        day=day,
        by_id=by,
        at=now,
        follow_up_unit_id=follow_up.unit or None,
        follow_up_due_on=follow_up.due_on,
        follow_up_demand=demand,
    )
    facts: dict[str, object] = {
        "decision": decision.pk,
        "item": row.pk,
        "kind": chosen.value,
        "meeting": sitting.pk,
        "remark": remark.pk,
        "text": digest_of_text(reason),
    }
    if follow_up.given:
        facts["follow_up"] = {
            "unit": follow_up.unit,
            "due_on": str(follow_up.due_on),
            "demand": digest_of_text(demand),
        }
    _execute(held, decision, Entry(Kind.DECISION_MADE, facts), unit=unit, actor=actor, now=now)
    return decision


def _check(
    form: Form,
    kind: DecisionKind | None,
    held: Matter,
    reason: str,
    *,
    unit: str,
    day: date | None,
    confirmed: bool,
) -> None:
    """What a kind of decision needs besides its reason."""
    match kind:
        case DecisionKind.REASSIGN if not unit:
            form.wrong("unit", "decision_unit_missing")
        case DecisionKind.REASSIGN if not serves(unit):
            form.wrong("unit", "unit_unknown")
        case DecisionKind.EXTEND if day is None:
            form.wrong("due_on", "decision_day_missing")
        case DecisionKind.DEFER if day is None:
            form.wrong("review_on", "decision_day_missing")
        case DecisionKind.CLOSE:
            if not confirmed:
                form.wrong("confirmed", "decision_unconfirmed")
        case _:
            pass
    if kind in READ_BY_OTHERS and _is_personal(reason, held):
        form.wrong("reason", "decision_personal")


def _check_follow_up(form: Form, follow_up: FollowUp, now: datetime) -> str:
    """What is to be seen to, as clean text; by whom and until when go with it."""
    if not follow_up.given:
        return ""
    if not follow_up.unit or follow_up.due_on is None:
        form.wrong("follow_up", "follow_up_incomplete")
    elif not serves(follow_up.unit):
        form.wrong("follow_up", "unit_unknown")
    elif follow_up.due_on < day_of(now):
        form.wrong("follow_up", "follow_up_past")
    return form.note("follow_up", follow_up.demand, missing=None)


def _is_personal(text: str, held: Matter) -> bool:
    """Whether figures that tell who somebody is stand in the text, or the name of anybody whose matter it decides."""
    merged = Matter.objects.filter(lead=held).select_related("petitioner")
    people = [one.petitioner for one in (held, *merged) if one.petitioner is not None]
    return holds_personal_figures(text) or any(holds_name(text, person.name) for person in people)


def _execute(
    held: Matter, decision: Decision, ground: Entry, *, unit: str, actor: Actor, now: datetime
) -> None:
    """Do what was decided; the decision's own event comes first."""
    match DecisionKind(decision.kind):
        case DecisionKind.REASSIGN:
            deciding.reassign(held, ground, unit=unit, actor=actor, now=now)
        case DecisionKind.EXTEND if decision.day is not None:
            deciding.extend(held, ground, due_on=decision.day, actor=actor, now=now)
        case DecisionKind.DEFER if decision.day is not None:
            deciding.defer(held, ground, review_on=decision.day, actor=actor, now=now)
            Deferral.objects.create(matter=held, decision=decision, review_on=decision.day)
        case DecisionKind.CLOSE:
            deciding.close_by_decision(held, ground, actor=actor, now=now)
        case DecisionKind.REFER:
            referred = Entry(Kind.MATTER_REFERRED, {"decision": decision.pk, "on": day_of(now).isoformat()})
            write(held, ground, referred, actor=actor, at=now)
            keep(held)
        case _:
            write(held, ground, actor=actor, at=now)
            keep(held)
