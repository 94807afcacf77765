"""Extensions (延期, domain rule 7), and running clocks after the calendar was amended (rule 2)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.lifecycle import Step
from duban.core.refusal import Refused
from duban.core.rights import SYSTEM, Actor, Verb
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry

from ..models import Ask, Commitment, Extension, Matter
from ..reckoning import Reckoner, calendar_refusals
from .deed import advance, keep, lock, moved, permit, place_of, staff_id, write
from .forms import Form
from .requests import pending, rule, sign


@transaction.atomic
def request_extension(
    *, matter: str, reason: str, due_on: date | None, actor: Actor, now: datetime
) -> Extension:
    """Ask for a later day, before the promise is due: due itself passes, one second later is refused.

    As often per commitment as policy allows (once). Raises Invalid (reason, due_on); Refused:
    extension_too_late, extension_pending, extension_used_up, extension_not_later, due_not_workday,
    wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.REQUEST_EXTENSION, held)
    advance(held, Step.REQUEST_EXTENSION)
    due_at = held.clock_due_at
    if held.reading.is_late(now):
        raise Refused("extension_too_late", due=due_at)
    if held.asks == Ask.EXTENSION:
        raise Refused("extension_pending")
    rules = book()
    commitment = _commitment(held)
    if commitment.extensions_granted >= rules.policy.extensions_per_commitment:
        raise Refused("extension_used_up", limit=rules.policy.extensions_per_commitment)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    if due_on is None:
        form.wrong("due_on", "day_missing")
    form.check()
    assert due_on is not None  # noqa: S101 - the form has checked it
    if due_on <= day_of(due_at):
        raise Refused("extension_not_later", field="due_on", due=day_of(due_at))
    with calendar_refusals():
        if not rules.calendar.is_workday(due_on):
            raise Refused("due_not_workday", field="due_on", day=due_on)
    request = Extension.objects.create(
        matter=held,
        commitment=commitment,
        requested_by_id=staff_id(actor),
        requested_at=now,
        reason=reason,
        original_due_at=due_at,
        wanted_due_on=due_on,
    )
    held.asks = Ask.EXTENSION
    facts = {"request": request.pk, "due_on": due_on.isoformat(), "reason": digest_of_text(reason)}
    write(held, Entry(Kind.EXTENSION_REQUESTED, facts), actor=actor, at=now)
    keep(held)
    return request


@transaction.atomic
def sign_extension(*, matter: str, actor: Actor, now: datetime) -> Extension:
    """The department head signs the pending extension request. Raises Refused: extension_none, already_signed."""
    held = lock(matter, now)
    permit(actor, Verb.SIGN_EXTENSION, held)
    advance(held, Step.SIGN_EXTENSION)
    request = _pending(held)
    sign(request, actor=actor, now=now)
    write(held, Entry(Kind.EXTENSION_SIGNED, {"request": request.pk}), actor=actor, at=now)
    keep(held)
    return request


@transaction.atomic
def rule_extension(*, matter: str, granted: bool, note: str, actor: Actor, now: datetime) -> Matter:
    """The supervision office rules. Granted: the clock is set anew to the wanted day; the original due stays.

    The petitioner is told either way. Raises Invalid (note); Refused: extension_none, signature_needed,
    due_too_early (the wanted day has passed), wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.RULE_EXTENSION, held)
    advance(held, Step.RULE_EXTENSION)
    request = _pending(held)
    rules = book()
    today = day_of(now)
    if granted and request.wanted_due_on <= today:
        raise Refused("due_too_early")
    facts = rule(request, granted=granted, note=note, policy=rules.policy, actor=actor, now=now)
    held.asks = ""
    if not granted:
        write(held, Entry(Kind.EXTENSION_REFUSED, facts), actor=actor, at=now)
        return keep(held)
    commitment = request.commitment
    commitment.extensions_granted += 1
    commitment.save(update_fields=["extensions_granted"])
    was = place_of(held)
    with calendar_refusals():
        workdays = rules.calendar.workdays_between(today, request.wanted_due_on)
    Reckoner(rules).completion(held, now, workdays)
    original = request.original_due_at.isoformat()
    write(
        held, moved(Kind.EXTENSION_GRANTED, was, held, original_due_at=original, **facts), actor=actor, at=now
    )
    return keep(held)


@transaction.atomic
def recompute(*, matter: str, now: datetime) -> bool:
    """Reckon one matter's running clock by the calendar in force. Returns whether its due moment moved.

    A moved clock is a journal event the petitioner sees, and a new run, so its alarms are armed again, once.
    """
    held = lock(matter, now)
    if held.clock_stopped_at is not None or held.clock_revision >= book().revision or held.lead_id:
        return False
    was, before = place_of(held), held.clock_due_at.isoformat()
    if Reckoner(book()).again(held, now):
        write(held, moved(Kind.CLOCK_RECOMPUTED, was, held, original_due_at=before), actor=SYSTEM, at=now)
        keep(held)
        return True
    keep(held)
    return False


def _commitment(held: Matter) -> Commitment:
    return Commitment.objects.filter(matter=held).latest("id")


def _pending(held: Matter) -> Extension:
    return pending(Extension.objects.select_related("commitment").filter(matter=held), "extension_none")
