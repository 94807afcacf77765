"""The steps a decision of the joint meeting takes (domain rule 13). The verb itself is supervision's.

Each gets a locked matter and the decision's own entry, which is recorded just before the step; a request that
waits for a ruling lapses, for the meeting has ruled.
"""

from __future__ import annotations

from datetime import date, datetime

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.lifecycle import Basis, State, Step
from duban.core.refusal import Refused
from duban.core.rights import Actor
from duban.core.zone import day_of
from duban.journal.recording import Entry
from duban.people.units import handling_unit

from ..models import Matter
from ..reckoning import Reckoner, calendar_refusals
from .assisting import lapse_assists
from .closing import close
from .deed import advance, keep, moved, place_of, write
from .requests import lapse


def reassign(held: Matter, ground: Entry, *, unit: str, actor: Actor, now: datetime) -> Matter:
    """To another unit, by designation: it cannot be returned, its acceptance clock starts afresh, open assists lapse.

    Raises Refused: unit_unknown, unit_inactive, unit_is_office, decision_same_unit, wrong_state, already_closed.
    """
    was = place_of(held)
    advance(held, Step.REASSIGN)
    if unit == held.unit_id and was["state"] != State.REGISTERED:
        raise Refused("decision_same_unit", field="unit")
    lapsed = [*lapse(held, now, "decision"), *lapse_assists(held, now)]
    held.unit, held.handler, held.assigned_at = handling_unit(unit), None, now
    held.designated, held.assignments = True, held.assignments + 1
    Reckoner(book()).acceptance(held, now)
    moving = moved(Kind.MATTER_REASSIGNED, was, held, assignment=held.assignments, **_why(ground))
    write(held, ground, *lapsed, moving, actor=actor, at=now)
    return keep(held)


def extend(held: Matter, ground: Entry, *, due_on: date, actor: Actor, now: datetime) -> Matter:
    """A later due day, beside the one extension a commitment has of its own.

    Raises Refused: extension_not_later, decision_day_past, due_not_workday, calendar_missing, wrong_state.
    """
    was, original = place_of(held), held.clock_due_at
    advance(held, Step.EXTEND)
    _until(held, due_on, "due_on", now)
    lapsed = lapse(held, now, "decision")
    moving = moved(Kind.MATTER_EXTENDED, was, held, original_due_at=original.isoformat(), **_why(ground))
    write(held, ground, *lapsed, moving, actor=actor, at=now)
    return keep(held)


def defer(held: Matter, ground: Entry, *, review_on: date, actor: Actor, now: datetime) -> Matter:
    """Put off (挂账) until a review day: the clock is set to that day, on which the meeting looks at it again.

    Raises Refused: extension_not_later, decision_day_past, due_not_workday, calendar_missing, wrong_state.
    """
    was, original = place_of(held), held.clock_due_at
    advance(held, Step.DEFER)
    _until(held, review_on, "review_on", now)
    lapsed = lapse(held, now, "decision")
    moving = moved(
        Kind.MATTER_DEFERRED,
        was,
        held,
        review_on=review_on.isoformat(),
        original_due_at=original.isoformat(),
        **_why(ground),
    )
    write(held, ground, *lapsed, moving, actor=actor, at=now)
    return keep(held)


def close_by_decision(held: Matter, ground: Entry, *, actor: Actor, now: datetime) -> Matter:
    """Close on the ground of the decision. Raises Refused: collective_needs_ballot, already_closed."""
    if held.collective:
        raise Refused("collective_needs_ballot")
    return close(held, Step.CLOSE_BY_DECISION, Basis.DECISION, ground, actor=actor, now=now)


def _why(ground: Entry) -> dict[str, object]:
    """Where the decision's reason is kept, for the petitioners of merged matters to read it, too."""
    return {"remark": ground.facts["remark"], "text": ground.facts["text"]}


def _until(held: Matter, day: date, field: str, now: datetime) -> None:
    """Set the completion clock to a workday after today and after the day promised: a decision takes no day away."""
    today, rules, due = day_of(now), book(), held.clock_due_at
    if day <= day_of(due):
        raise Refused("extension_not_later", field=field, due=day_of(due))
    if day <= today:
        raise Refused("decision_day_past", field=field)
    with calendar_refusals():
        if not rules.calendar.is_workday(day):
            raise Refused("due_not_workday", field=field, day=day)
        workdays = rules.calendar.workdays_between(today, day)
    Reckoner(rules).completion(held, now, workdays)
