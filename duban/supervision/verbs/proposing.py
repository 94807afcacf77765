"""Whether a decision may be made: here, by this member, and as it was filled in (domain rule 13). Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from duban.core.disclosing import holds_name, holds_personal_figures
from duban.core.docket import DecisionKind
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb
from duban.core.zone import day_of
from duban.matters.models import Matter
from duban.matters.verbs import deciding
from duban.matters.verbs.deed import permit, staff_id
from duban.matters.verbs.forms import Form
from duban.people.units import serves

from ..models import Deferral, DocketItem, Meeting
from ..reviewing import running_deferrals
from .docketing import open_item
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


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision this member may make about this item now, its words clean; what it would do is not worked out yet."""

    held: Matter
    item: DocketItem
    meeting: Meeting
    by: int
    kind: DecisionKind
    reason: str
    unit: str
    day: date | None
    follow_up: FollowUp
    ends: Sequence[Deferral]

    @property
    def keeps_deferrals(self) -> bool:
        """Of a lead that is closed: whoever goes on in its place is still put off."""
        return self.kind is DecisionKind.CLOSE and bool(self.held.followers)


def propose(
    held: Matter,
    *,
    item: int,
    meeting: int,
    kind: str,
    reason: str,
    actor: Actor,
    now: datetime,
    unit: str,
    due_on: date | None,
    review_on: date | None,
    confirmed: bool,
    follow_up: FollowUp,
    locked: bool = True,
) -> Proposal:
    """Whether this may be decided here, by this member, as it was filled in. Raises what `decide` says."""
    permit(actor, Verb.DECIDE, held)
    if held.state == State.CLOSED:
        raise Refused("already_closed")
    if held.lead_id is not None:
        raise Refused("docket_follows_lead")
    row = open_item(item, locked=locked)
    sitting = open_meeting(meeting, now, locked=locked)
    if not sitting.agenda.filter(item=row).exists():
        raise Refused("agenda_other")
    by = staff_id(actor)
    require_chair(sitting)
    if not sitting.attendances.filter(staff=by, present=True).exists():
        raise Refused("meeting_absent")
    form = Form()
    chosen = form.choice("kind", kind, DecisionKind, "decision_kind")
    if chosen is not None:
        deciding.require_way(held, chosen)
    reason = form.note("reason", reason, missing="decision_reason")
    day = {DecisionKind.EXTEND: due_on, DecisionKind.DEFER: review_on}.get(chosen) if chosen else None
    _check(form, chosen, held, reason, unit=unit, day=day, confirmed=confirmed)
    demand = _check_follow_up(form, follow_up, now)
    form.check()
    assert chosen is not None  # noqa: S101 - the form has checked it
    proposal = Proposal(
        held=held,
        item=row,
        meeting=sitting,
        by=by,
        kind=chosen,
        reason=reason,
        unit=unit,
        day=day,
        follow_up=FollowUp(follow_up.unit, follow_up.due_on, demand) if follow_up.given else NO_FOLLOW_UP,
        ends=list(running_deferrals(held, now)),
    )
    return replace(proposal, ends=()) if proposal.keeps_deferrals else proposal


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
