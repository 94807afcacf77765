"""The right of reply, the appeal, and the office's ruling (domain rule 16)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.ledger import APPEAL_WORKDAYS
from duban.core.lights import late_from
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb, may, require
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry, record
from duban.matters.reckoning import calendar_refusals
from duban.matters.verbs.deed import staff_id
from duban.matters.verbs.forms import Form

from .models import Appeal, EntryAnswer, LedgerEntry
from .striking import is_recalled, order_of


@transaction.atomic
def answer_entry(*, entry: int, text: str, actor: Actor, now: datetime) -> EntryAnswer:
    """The official's own words beside an entry of the own conduct ledger, once; the head's, where the unit alone
    answers for it. No figure changes.

    Raises Invalid (text); Refused: entry_answered, entry_no_conduct, entry_taken_back; Forbidden; Unknown.
    """
    line = _answerable(entry, actor)
    form = Form()
    text = form.note("text", text)
    form.check()
    answer = EntryAnswer.objects.create(entry=line, text=text, at=now)
    facts = {"entry": line.pk, "event": line.event_id, "item": line.item, "text": digest_of_text(text)}
    record(line.stream, Entry(Kind.ENTRY_ANSWERED, facts), actor=actor, at=now)
    return answer


@transaction.atomic
def appeal_entry(*, entry: int, reason: str, actor: Actor, now: datetime) -> Appeal:
    """Appeal against an entry of the own conduct ledger, once, within 10 workdays of the event it follows from.

    The unit's head appeals where the unit alone answers for it.

    Raises Invalid (reason); Refused: appeal_made, appeal_too_late, entry_no_conduct, entry_taken_back,
    calendar_missing; Forbidden; Unknown.
    """
    line = _appealable(entry, actor, now)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    appeal = Appeal.objects.create(entry=line, by_id=staff_id(actor), reason=reason, at=now)
    facts = {"entry": line.pk, "event": line.event_id, "item": line.item, "reason": digest_of_text(reason)}
    record(line.stream, Entry(Kind.ENTRY_APPEALED, facts), actor=actor, at=now)
    return appeal


@transaction.atomic
def rule_appeal(*, entry: int, upheld: bool, note: str, actor: Actor, now: datetime) -> Appeal:
    """The office rules, with its reason. Upheld, a counter-entry in the entry's month takes it back; it stays, struck.

    Nobody rules on an entry or an appeal of their own. Raises Invalid (note); Refused: own_appeal, appeal_none, appeal_ruled,
    entry_taken_back; Forbidden; Unknown.
    """
    require(actor, Verb.RULE_APPEAL)
    line = _locked(entry)
    if actor.key == f"staff:{line.staff_id}":
        raise Refused("own_appeal")
    try:
        appeal = line.appeal
    except ObjectDoesNotExist:
        raise Refused("appeal_none") from None
    if actor.key == f"staff:{appeal.by_id}":
        raise Refused("own_appeal")
    if not appeal.is_pending:
        raise Refused("appeal_ruled")
    if upheld and is_recalled(line):  # since the appeal: taken back twice would be one too many
        raise Refused("entry_taken_back")
    form = Form()
    note = form.note("note", note, missing="reason_missing")
    form.check()
    appeal.ruling = Appeal.Ruling.UPHELD if upheld else Appeal.Ruling.REFUSED
    appeal.note, appeal.ruled_by_id, appeal.ruled_at = note, staff_id(actor), now
    appeal.save(update_fields=["ruling", "note", "ruled_by", "ruled_at"])
    facts = {
        "entry": line.pk,
        "event": line.event_id,
        "item": line.item,
        "unit": line.unit,
        "staff": line.staff_id,
        "month": line.month,
        "number": line.number,
        "upheld": upheld,
        "matter": line.matter.number if line.matter else None,
        "order": order_of(line),
        "by": appeal.by_id,
        "note": digest_of_text(note),
    }
    record(line.stream, Entry(Kind.APPEAL_RULED, facts), actor=actor, at=now)
    return appeal


def appeal_until(line: LedgerEntry) -> datetime:
    """The last counted second in which an entry can be appealed against. Raises Refused (calendar_missing)."""
    with calendar_refusals():
        return book().calendar.due_at(line.at, APPEAL_WORKDAYS)


def speaks_for(actor: Actor, line: LedgerEntry) -> bool:
    """Whether the actor is who may answer and appeal: the official, or the head where no official answers for it."""
    if line.staff_id is None:
        return may(actor, Verb.ANSWER_FOR_UNIT, unit=line.unit)
    return actor.key == f"staff:{line.staff_id}"


@transaction.atomic
def check_saying(*, entry: int, appeal: bool, actor: Actor, now: datetime) -> None:
    """Raise what appealing against an entry (or answering it) would be refused for whatever the words: before they
    are typed. Raises as `appeal_entry` and `answer_entry`, but for Invalid."""
    if appeal:
        _appealable(entry, actor, now)
    else:
        _answerable(entry, actor)


def may_say(*, entry: int, appeal: bool, actor: Actor, now: datetime) -> bool:
    """Whether it would not be refused."""
    try:
        check_saying(entry=entry, appeal=appeal, actor=actor, now=now)
    except Refused:
        return False
    return True


def _answerable(entry: int, actor: Actor) -> LedgerEntry:
    line = _own(entry, actor)
    if hasattr(line, "answer"):
        raise Refused("entry_answered")
    return line


def _appealable(entry: int, actor: Actor, now: datetime) -> LedgerEntry:
    line = _own(entry, actor)
    if hasattr(line, "appeal"):
        raise Refused("appeal_made")
    until = appeal_until(line)
    if now >= late_from(until):
        raise Refused("appeal_too_late", workdays=APPEAL_WORKDAYS, until=day_of(until))
    return line


def _own(entry: int, actor: Actor) -> LedgerEntry:
    """A conduct entry of the actor's own, or of the unit whose head the actor is; one that stands, locked."""
    require(actor, Verb.ANSWER_ENTRY)
    line = _locked(entry)
    if not speaks_for(actor, line):
        raise Unknown("entry_unknown")
    if not line.is_conduct:
        raise Refused("entry_no_conduct")
    if line.number < 0 or is_recalled(line):
        raise Refused("entry_taken_back")
    return line


def _locked(entry: int) -> LedgerEntry:
    """The entry, locked until the transaction ends: what is said about it comes one after the other."""
    line = (
        LedgerEntry.objects.select_for_update(of=("self",))
        .select_related("event", "matter")
        .filter(pk=entry)
        .first()
    )
    if line is None:
        raise Unknown("entry_unknown")
    return line
