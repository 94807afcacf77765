"""Units that assist (协办): asked by the office or the unit that holds the matter, with a task and a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from duban.catalogue.book import Book, book
from duban.core.events import Kind
from duban.core.lifecycle import State, Step
from duban.core.lights import Clock, completion_clock
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb, may, require
from duban.core.zone import day_of, end_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.people.units import unit_in_service

from ..models import Assist, Matter
from ..reckoning import calendar_refusals
from .deed import advance, keep, lock, permit, staff_id, write
from .forms import Form


@transaction.atomic
def ask_assist(
    *, matter: str, unit: str, task: str, actor: Actor, now: datetime, due_on: date | None = None
) -> Assist:
    """Ask a second unit to do something for a matter, until a workday; without one, policy's count of workdays.

    While a promise runs and is not late, the assisting unit's day never lies behind the promised one. Raises Invalid
    (task); Refused: assist_own_unit, assist_already, assist_after_lead, due_too_early, due_not_workday, unit_unknown,
    unit_inactive, merged_follows, wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.ASK_ASSIST, held)
    advance(held, Step.ASK_ASSIST)
    form = Form()
    task = form.note("task", task, missing="assist_task_missing")
    form.check()
    asked = unit_in_service(unit)
    if asked.code == held.unit_id or asked.is_office:
        raise Refused("assist_own_unit", field="unit")
    if open_assists(held).filter(unit=asked).exists():
        raise Refused("assist_already", field="unit", unit=asked.name)
    clock = _clock(book(), held, now, due_on)
    row = Assist.objects.create(
        matter=held,
        unit=asked,
        task=task,
        asked_by_id=staff_id(actor),
        asked_at=now,
        warn_at=clock.warn_at,
        due_at=clock.due_at,
    )
    facts = {
        "assist": row.pk,
        "unit": asked.code,
        "due_at": clock.due_at.isoformat(),
        "text": digest_of_text(task),
    }
    write(held, Entry(Kind.ASSIST_ASKED, facts), actor=actor, at=now)
    keep(held)
    return row


@transaction.atomic
def reply_assist(*, matter: str, text: str, actor: Actor, now: datetime) -> Assist:
    """The assisting unit says what it has done. Raises Invalid (text); Refused: assist_none; Forbidden; Unknown."""
    held = lock(matter, now)
    row = Assist.objects.filter(matter=held, unit_id=actor.unit or "").order_by("-id").first()
    if row is None and not may(actor, Verb.SEE_MATTER, unit=held.unit_id, matter=held.pk):
        raise Unknown("not_yours")
    require(actor, Verb.REPLY_ASSIST, unit=actor.unit, matter=held.pk)
    if row is None or not row.is_open:
        raise Refused("assist_none")
    form = Form()
    row.reply = form.note("text", text)
    form.check()
    row.replied_by_id, row.replied_at = staff_id(actor), now
    row.save(update_fields=["reply", "replied_by", "replied_at"])
    facts = {
        "assist": row.pk,
        "unit": row.unit_id,
        "handler": staff_id(actor),
        "late": row.reading.is_late(now),
        "text": digest_of_text(row.reply),
    }
    write(held, Entry(Kind.ASSIST_REPLIED, facts), actor=actor, at=now)
    keep(held)
    return row


@transaction.atomic
def recall_assist(*, matter: str, unit: str, reason: str, actor: Actor, now: datetime) -> Assist:
    """Whoever may ask takes it back, with a reason. Raises Invalid (reason); Refused: assist_none; Forbidden; Unknown."""
    held = lock(matter, now)
    permit(actor, Verb.RECALL_ASSIST, held)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    row = open_assists(held).filter(unit_id=unit).first()
    if row is None:
        raise Refused("assist_none", field="unit")
    row.recalled_by_id, row.recall_reason = staff_id(actor), reason
    row.recalled_at = now
    row.save(update_fields=["recalled_by", "recall_reason", "recalled_at"])
    facts = {"assist": row.pk, "unit": row.unit_id, "by": "recall", "text": digest_of_text(reason)}
    write(held, Entry(Kind.ASSIST_RECALLED, facts), actor=actor, at=now)
    keep(held)
    return row


def lapse_assists(held: Matter, now: datetime) -> list[Entry]:
    """Open assists lapse because the matter moved on (completed, closed, returned, merged); the entries to record."""
    entries = []
    for row in open_assists(held).order_by("id"):
        row.recalled_at = now
        row.save(update_fields=["recalled_at"])
        entries.append(Entry(Kind.ASSIST_RECALLED, {"assist": row.pk, "unit": row.unit_id, "by": "lapse"}))
    return entries


def open_assists(held: Matter) -> QuerySet[Assist]:
    """What units were asked to do for a matter and is neither done nor taken back: what lapses when it moves on."""
    return Assist.objects.filter(matter=held, replied_at=None, recalled_at=None)


def _clock(rules: Book, held: Matter, now: datetime, due_on: date | None) -> Clock:
    """From now to the end of the day. Raises Refused."""
    today = day_of(now)
    binds = held.state == State.HANDLING and not held.reading.is_late(now)
    latest = held.clock_due_at if binds else None
    with calendar_refusals():
        if due_on is None:
            due_at = rules.calendar.due_at(now, rules.policy.assist_workdays)
            due_at = min(due_at, latest) if latest else due_at
            return completion_clock(rules.calendar, now, due_at)
        if due_on <= today:
            raise Refused("due_too_early", field="due_on")
        if not rules.calendar.is_workday(due_on):
            raise Refused("due_not_workday", field="due_on", day=due_on)
        if latest and due_on > day_of(latest):
            raise Refused("assist_after_lead", field="due_on", due=day_of(latest))
        return completion_clock(rules.calendar, now, end_of(due_on))
