"""The steps a decision of the joint meeting takes (domain rule 13). The verb itself is supervision's.

Each step has two halves. `foresee` brings the matter to where the decision takes it, in hand only, and says what is to
be recorded: all that can be said against it is said there. `carry_out` stores exactly that. A preview stops after the first half.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from duban.catalogue.book import book
from duban.core.docket import DecisionKind
from duban.core.events import Kind
from duban.core.lifecycle import Basis, State, Step, step
from duban.core.refusal import Refused
from duban.core.rights import Actor
from duban.core.zone import day_of
from duban.journal.recording import Entry
from duban.people.units import handling_unit

from ..models import Assist, Extension, Matter, ReturnRequest
from ..reckoning import Reckoner, calendar_refusals
from .assisting import lapse_assists, open_assists
from .closing import closed, settle
from .deed import advance, keep, moved, place_of, write
from .requests import lapse, waiting

STEPS: Mapping[DecisionKind, Step] = MappingProxyType(
    {
        DecisionKind.REASSIGN: Step.REASSIGN,
        DecisionKind.EXTEND: Step.EXTEND,
        DecisionKind.DEFER: Step.DEFER,
        DecisionKind.CLOSE: Step.CLOSE_BY_DECISION,
    }
)
"""The step a decision takes; the others leave the matter where it is."""
NO_WAY: Mapping[DecisionKind, str] = MappingProxyType(
    {
        DecisionKind.REASSIGN: "decision_completed",
        DecisionKind.EXTEND: "decision_not_handling",
        DecisionKind.DEFER: "decision_not_handling",
    }
)
"""What is said where the lifecycle has no such way from the state the matter is in."""
ENDS_ASSISTS = frozenset({DecisionKind.REASSIGN, DecisionKind.CLOSE})


def require_way(held: Matter, kind: DecisionKind) -> None:
    """Raise unless this kind of decision can be made about the matter as it stands, whatever else is filled in.

    Raises Refused: decision_completed, decision_not_handling, collective_needs_ballot, already_closed.
    """
    if kind is DecisionKind.CLOSE and held.collective:
        raise Refused("collective_needs_ballot")
    if kind not in STEPS:
        return
    try:
        step(held.lifecycle_state, STEPS[kind])
    except Refused as no:
        if no.code != "wrong_state":
            raise
        raise Refused(NO_WAY[kind]) from no


def no_way(held: Matter, kind: DecisionKind) -> Refused | None:
    """What `require_way` says against a kind; None where there is a way."""
    try:
        require_way(held, kind)
    except Refused as no:
        return no
    return None


def foresee(
    held: Matter, kind: DecisionKind, *, unit: str = "", day: date | None = None, now: datetime
) -> Entry | None:
    """Bring the matter to where the decision takes it, in hand only: nothing is stored.

    Returns what is to be recorded of it; None where the matter stays as it is. Raises Refused: unit_unknown,
    unit_inactive, unit_is_office, decision_same_unit, extension_not_later, decision_day_past, due_not_workday,
    calendar_missing, decision_completed, decision_not_handling, collective_needs_ballot, already_closed.
    """
    require_way(held, kind)
    match kind:
        case DecisionKind.REASSIGN:
            return _reassigned(held, unit, now)
        case DecisionKind.EXTEND if day is not None:
            return _later(held, Step.EXTEND, Kind.MATTER_EXTENDED, day, "due_on", now)
        case DecisionKind.DEFER if day is not None:
            facts = {"review_on": day.isoformat()}
            return _later(held, Step.DEFER, Kind.MATTER_DEFERRED, day, "review_on", now, **facts)
        case DecisionKind.CLOSE:
            return closed(held, Step.CLOSE_BY_DECISION, Basis.DECISION, now)
        case _:
            return None


def lapsing(held: Matter, kind: DecisionKind) -> tuple[ReturnRequest | Extension | None, list[Assist]]:
    """What will lapse with the decision: the request nobody has ruled on, and what other units were asked."""
    request = waiting(held) if kind in STEPS else None
    asked = open_assists(held).select_related("unit").order_by("id") if kind in ENDS_ASSISTS else []
    return request, list(asked)


def carry_out(
    held: Matter, kind: DecisionKind, ground: Entry, moving: Entry | None, *, actor: Actor, now: datetime
) -> Matter:
    """Store what was worked out on a locked matter. A request that waits for a ruling lapses, for the meeting has ruled."""
    if moving is None or kind not in STEPS:
        write(held, ground, *([moving] if moving else []), actor=actor, at=now)
        return keep(held)
    if kind is DecisionKind.CLOSE:
        return settle(held, Basis.DECISION, ground, moving, actor=actor, now=now)
    lapsed = lapse(held, now, "decision")
    if kind in ENDS_ASSISTS:
        lapsed += lapse_assists(held, now)
    # Where the reason is kept, for the petitioners of merged matters to read it, too.
    why = {name: ground.facts[name] for name in ("remark", "text")}
    write(held, ground, *lapsed, Entry(moving.kind, {**moving.facts, **why}), actor=actor, at=now)
    return keep(held)


def _reassigned(held: Matter, unit: str, now: datetime) -> Entry:
    """To another unit, by designation: it cannot be returned, and its acceptance clock starts afresh."""
    was = place_of(held)
    advance(held, Step.REASSIGN)
    if unit == held.unit_id and was["state"] != State.REGISTERED:
        raise Refused("decision_same_unit", field="unit")
    held.unit, held.handler, held.assigned_at = handling_unit(unit), None, now
    held.designated, held.assignments = True, held.assignments + 1
    Reckoner(book()).acceptance(held, now)
    return moved(Kind.MATTER_REASSIGNED, was, held, assignment=held.assignments)


def _later(
    held: Matter, taken: Step, kind: Kind, day: date, field: str, now: datetime, **facts: object
) -> Entry:
    """The completion clock is set to a workday after today and after the day promised: a decision takes no day away.

    It stands beside the one extension a commitment has of its own.
    """
    was, due = place_of(held), held.clock_due_at
    advance(held, taken)
    today, rules = day_of(now), book()
    if day <= day_of(due):
        raise Refused("extension_not_later", field=field, due=day_of(due))
    if day <= today:
        raise Refused("decision_day_past", field=field)
    with calendar_refusals():
        if not rules.calendar.is_workday(day):
            raise Refused("due_not_workday", field=field, day=day)
        workdays = rules.calendar.workdays_between(today, day)
    Reckoner(rules).completion(held, now, workdays)
    return moved(kind, was, held, original_due_at=due.isoformat(), **facts)
