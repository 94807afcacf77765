"""What a decision would do, worked out before anything is written (domain rule 13).

`propose` has made sure that this member may decide this here and that what was filled in can be; `foresee` brings the
matter to where the decision takes it, in hand only. `decide` takes the same two and stores what came of them, so that
a preview cannot show anything else than what is done.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from duban.catalogue.book import book
from duban.core.docket import DecisionKind
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.rights import Actor
from duban.journal.recording import Entry
from duban.matters.models import Assist, Extension, Matter, ReturnRequest
from duban.matters.verbs import deciding
from duban.matters.verbs.following import left_behind, open_followers

from ..models import Alarm
from ..settling import ANSWERS
from .docketing import number_of
from .proposing import NO_FOLLOW_UP, FollowUp, Proposal, propose


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a decision does. `matter` stands where it will stand, in hand; `…_was` say where it stands."""

    proposal: Proposal
    matter: Matter
    moving: Entry | None
    unit_was: str
    state_was: State
    due_was: datetime | None
    within_hours: int | None
    request: ReturnRequest | Extension | None
    assists: Sequence[Assist]
    merged: Sequence[Matter]
    answers: Sequence[int]  # ids of the alarms nobody has answered yet

    @property
    def kind(self) -> DecisionKind:
        """Which of the six."""
        return self.proposal.kind

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What will be recorded and told of it, its reason not kept anywhere yet."""
        ground = Entry(Kind.DECISION_MADE, {"kind": self.kind.value, "remark": 0})
        return (ground, self.moving) if self.moving else (ground,)

    @property
    def mark(self) -> str:
        """A digest of everything it does: two previews with one mark say the same.

        An urgent clock's moment goes with the second the decision is made in, so its hours stand here instead.
        """
        proposal, due = self.proposal, self.matter.clock_due_at if self.moving else None
        does = {
            "item": proposal.item.pk,
            "meeting": proposal.meeting.pk,
            "kind": self.kind.value,
            "reason": proposal.reason,
            "unit": [self.unit_was, self.matter.unit_id],
            "state": [self.state_was.value, str(self.matter.state)],
            "due": [_spelled(self.due_was), self.within_hours or _spelled(due)],
            "workdays": self.matter.clock_workdays,
            "ends": [one.pk for one in proposal.ends],
            "request": self.request and [self.request._meta.label, self.request.pk],
            "assists": [one.pk for one in self.assists],
            "merged": [one.pk for one in self.merged],
            "answers": list(self.answers),
            "follow_up": [proposal.follow_up.unit, str(proposal.follow_up.due_on), proposal.follow_up.demand],
        }
        return sha256(json.dumps(does, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def foresee_decision(
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
) -> Foreseen:
    """What `decide` would do with the same arguments at this moment. Locks nothing, writes nothing; raises the same."""
    held = Matter.objects.get(number=number_of(item))
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
        locked=False,
    )
    return foresee(proposal, now)


def foresee(proposal: Proposal, now: datetime) -> Foreseen:
    """Where the decision takes the matter, in hand; and what ends or goes along with it. Raises Refused."""
    held, kind = proposal.held, proposal.kind
    unit_was, state_was = held.unit_id, held.lifecycle_state
    due_was = held.clock_due_at if held.clock_stopped_at is None else None
    request, assists = deciding.lapsing(held, kind)
    merged = list(open_followers(held)) if held.followers else []
    moving = deciding.foresee(held, kind, unit=proposal.unit, day=proposal.day, now=now)
    urgent = kind is DecisionKind.REASSIGN and held.urgent
    return Foreseen(
        proposal=proposal,
        matter=held,
        moving=moving,
        unit_was=unit_was,
        state_was=state_was,
        due_was=due_was,
        within_hours=book().policy.urgent_acceptance_hours if urgent else None,
        request=request,
        assists=assists,
        merged=left_behind(merged) if kind is DecisionKind.CLOSE else merged if moving else [],
        answers=_answers(held, moving),
    )


def _answers(held: Matter, moving: Entry | None) -> list[int]:
    """The open alarms that what is recorded will answer."""
    if moving is None or moving.kind not in ANSWERS:
        return []
    return list(Alarm.objects.filter(matter=held, answer="").order_by("id").values_list("pk", flat=True))


def _spelled(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
