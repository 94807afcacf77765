"""Assigning (交办), handing over inside a unit, and returning (退单) (domain rules 1 and 6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.lifecycle import Step
from duban.core.lights import late_from
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.people.models import Staff
from duban.people.units import handling_unit, office_code, serves

from ..models import Ask, Matter, ReturnRequest
from ..reckoning import Reckoner, calendar_refusals
from .assisting import lapse_assists
from .deed import advance, keep, lock, moved, permit, place_of, staff_id, write
from .forms import Form
from .requests import pending, rule, sign


@transaction.atomic
def assign(*, matter: str, unit: str, actor: Actor, now: datetime, urgent: bool | None = None) -> Matter:
    """The supervision office gives a registered matter to a unit; the unit's acceptance clock starts.

    `urgent` sets or clears the urgent class (two hours round the clock). Raises Invalid (unit); Refused: unit_unknown,
    unit_inactive, unit_is_office, wrong_state, already_closed; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.ASSIGN, held)
    if not unit:
        raise Invalid({"unit": ("unit_missing", {})})
    entry = _give(held, unit, now, urgent)
    write(held, entry, actor=actor, at=now)
    return keep(held)


@transaction.atomic
def hand_over(*, matter: str, handler: str, actor: Actor, now: datetime) -> Matter:
    """The department head gives the matter to a handler of the same unit. No clock is touched.

    `handler` is a user name. Raises Refused: handler_not_of_unit, wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.HAND_OVER, held)
    advance(held, Step.HAND_OVER)
    person = Staff.objects.filter(username=handler, unit__code=held.unit_id, is_active=True).first()
    if person is None or not {"handler", "head"} & set(person.roles):
        raise Refused("handler_not_of_unit", field="handler")
    held.handler = person
    write(held, Entry(Kind.MATTER_HANDED_OVER, {"handler": person.pk}), actor=actor, at=now)
    return keep(held)


@transaction.atomic
def request_return(*, matter: str, reason: str, suggested: str, actor: Actor, now: datetime) -> ReturnRequest:
    """A unit says the matter is not its own. The clock runs on until the return is granted.

    Within 1 workday of the assignment (policy); not on a designation, which is the assignment after the second
    granted return, or one by the joint meeting. The supervision office handles nothing, so it cannot be suggested. Raises
    Invalid (reason, suggested); Refused: return_too_late, return_not_allowed, return_pending, wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.REQUEST_RETURN, held)
    advance(held, Step.REQUEST_RETURN)
    rules = book()
    if held.designated or held.returns_granted >= rules.policy.returns_granted_at_most:
        raise Refused("return_not_allowed", count=held.assignments)
    if held.asks == Ask.RETURN:
        raise Refused("return_pending")
    window = rules.policy.return_window_workdays
    with calendar_refusals():
        until = rules.calendar.due_at(held.assigned_at or held.registered_at, window)
    if now >= late_from(until):
        raise Refused("return_too_late", limit=window, until=until)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    if not suggested:
        form.wrong("suggested", "suggested_unit_missing")
    elif suggested == held.unit_id:
        form.wrong("suggested", "suggested_own_unit")
    elif not serves(suggested):
        form.wrong("suggested", "unit_unknown")
    elif suggested == office_code():
        form.wrong("suggested", "unit_is_office")
    form.check()
    request = ReturnRequest.objects.create(
        matter=held,
        unit_id=held.unit_id,
        suggested_id=suggested,
        requested_by_id=staff_id(actor),
        requested_at=now,
        reason=reason,
    )
    held.asks = Ask.RETURN
    facts = {"request": request.pk, "suggested": suggested, "reason": digest_of_text(reason)}
    write(held, Entry(Kind.RETURN_REQUESTED, facts), actor=actor, at=now)
    keep(held)
    return request


@transaction.atomic
def sign_return(*, matter: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The department head signs the unit's pending return request. Raises Refused: return_none, already_signed."""
    held = lock(matter, now)
    permit(actor, Verb.SIGN_RETURN, held)
    advance(held, Step.SIGN_RETURN)
    request = _pending(held)
    sign(request, actor=actor, now=now)
    write(held, Entry(Kind.RETURN_SIGNED, {"request": request.pk}), actor=actor, at=now)
    keep(held)
    return request


@transaction.atomic
def rule_return(
    *, matter: str, granted: bool, note: str, actor: Actor, now: datetime, unit: str = ""
) -> Matter:
    """The supervision office rules. Granted: back to `registered`, and on to `unit` at once when one is named.

    Refused: a reason is needed, and the unit's clock has run on. Raises Invalid (note); Refused: return_none,
    signature_needed, unit_unknown, unit_inactive, unit_is_office, wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.RULE_RETURN, held)
    advance(held, Step.GRANT_RETURN if granted else Step.REFUSE_RETURN)
    request = _pending(held)
    rules = book()
    facts = rule(request, granted=granted, note=note, policy=rules.policy, actor=actor, now=now)
    held.asks = ""
    if not granted:
        write(held, Entry(Kind.RETURN_REFUSED, facts), actor=actor, at=now)
        return keep(held)
    was = {**place_of(held), "state": "assigned"}
    held.returns_granted += 1
    held.unit_id, held.handler, held.assigned_at = office_code(), None, None
    Reckoner(rules).assigning(held, now)
    entries = [*lapse_assists(held, now), moved(Kind.RETURN_GRANTED, was, held, **facts)]
    if unit:
        entries.append(_give(held, unit, now, None))
    write(held, *entries, actor=actor, at=now)
    return keep(held)


def _give(held: Matter, unit: str, now: datetime, urgent: bool | None) -> Entry:
    was = place_of(held)
    advance(held, Step.ASSIGN)
    held.unit, held.handler, held.assigned_at = handling_unit(unit), None, now
    held.assignments += 1
    if urgent is not None:
        held.urgent = urgent
    Reckoner(book()).acceptance(held, now)
    return moved(
        Kind.MATTER_ASSIGNED, was, held, by="office", urgent=held.urgent, assignment=held.assignments
    )


def _pending(held: Matter) -> ReturnRequest:
    return pending(ReturnRequest.objects.filter(matter=held), "return_none")
