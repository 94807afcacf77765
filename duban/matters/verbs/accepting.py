"""Accepting (受理): contact the petitioner, pick a listed standard, promise a day (domain rule 3)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from duban.catalogue.book import Book, StandardEntry, book
from duban.core.events import Kind
from duban.core.kinds import ContactMethod
from duban.core.lifecycle import Step
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.people.units import unit_name

from ..models import Commitment
from ..reckoning import Reckoner, calendar_refusals
from .deed import advance, keep, lock, moved, permit, place_of, staff_id, write
from .forms import Form
from .requests import lapse


@transaction.atomic
def accept(
    *,
    matter: str,
    contact_method: str,
    contact_note: str,
    standard: int | None,
    actor: Actor,
    now: datetime,
    due_on: date | None = None,
) -> Commitment:
    """Accept a matter and commit to a standard of the unit's own list in the published catalogue.

    `due_on` promises an earlier day than the listed limit; equal passes, one day more is refused. The chosen
    edition is frozen into the commitment. A pending return request lapses. Raises Invalid (contact_method,
    contact_note); Refused: standard_missing, standard_unknown, standard_other_unit, standard_superseded,
    due_too_late, due_too_early, due_not_workday, confidential_contact, wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.ACCEPT, held)
    was = place_of(held)
    advance(held, Step.ACCEPT)
    form = Form()
    method = form.choice("contact_method", contact_method, ContactMethod, "contact_method")
    contact_note = form.note("contact_note", contact_note, missing="contact_missing")
    form.check()
    if held.confidential and method is not ContactMethod.SYSTEM:
        raise Refused("confidential_contact", field="contact_method")
    rules = book()
    chosen = _own_standard(rules, standard, held.unit_id)
    workdays = _promised_workdays(rules, chosen, now, due_on)

    acceptance = held.reading.stop(now)
    lapsed = lapse(held, now, "acceptance")
    held.handler_id = staff_id(actor)
    Reckoner(rules).completion(held, now, workdays)
    commitment = Commitment.objects.create(
        matter=held,
        unit_id=held.unit_id,
        handler_id=staff_id(actor),
        standard_id=chosen.id,
        edition=chosen.since,
        standard_title=chosen.title,
        limit_workdays=chosen.limit_workdays,
        promised_workdays=workdays,
        contact_method=contact_method,
        contact_note=contact_note,
        accepted_at=now,
        due_at=held.clock_due_at,
        acceptance_started_at=acceptance.started_at,
        acceptance_warn_at=acceptance.warn_at,
        acceptance_due_at=acceptance.due_at,
    )
    entry = moved(
        Kind.MATTER_ACCEPTED,
        was,
        held,
        commitment=commitment.pk,
        standard=chosen.id,
        edition=chosen.since,
        limit_workdays=chosen.limit_workdays,
        promised_workdays=workdays,
        contact=contact_method,
        contact_note=digest_of_text(contact_note),
        late=acceptance.is_late(now),
    )
    write(held, *lapsed, entry, actor=actor, at=now)
    keep(held)
    return commitment


def _own_standard(rules: Book, standard: int | None, unit: str) -> StandardEntry:
    """The chosen entry, if it is current and of the unit's own list. Free text has no way in. Raises Refused."""
    if standard is None:
        raise Refused("standard_missing", field="standard")
    entry = rules.standards.get(standard)
    if entry is None:
        raise Refused("standard_unknown", field="standard")
    if entry.unit_code != unit:
        raise Refused("standard_other_unit", field="standard", unit=unit_name(entry.unit_code))
    if not entry.is_current:
        raise Refused("standard_superseded", field="standard")
    return entry


def _promised_workdays(rules: Book, chosen: StandardEntry, now: datetime, due_on: date | None) -> int:
    """The limit, or the workdays up to an earlier promised day. Raises Refused."""
    if due_on is None:
        return chosen.limit_workdays
    today = day_of(now)
    with calendar_refusals():
        latest = rules.calendar.nth_workday(today, chosen.limit_workdays)
        if due_on > latest:
            raise Refused("due_too_late", field="due_on", limit=chosen.limit_workdays, latest=latest)
        if due_on <= today:
            raise Refused("due_too_early", field="due_on")
        if not rules.calendar.is_workday(due_on):
            raise Refused("due_not_workday", field="due_on", day=due_on)
        return rules.calendar.workdays_between(today, due_on)
