"""What becomes of a decision's follow-up: the unit reports what it did, the supervision office looks whether it is so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.refusal import Forbidden, Refused, Unknown
from duban.core.rights import Actor, Verb, may
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Matter
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form

from ..models import Decision, FollowUpReport


@transaction.atomic
def report_follow_up(*, decision: int, text: str, actor: Actor, now: datetime) -> FollowUpReport:
    """The unit a decision asks something of says what it has done; also late, also more than once, until it is reviewed.

    The unit need not be the one that holds the matter. Raises Invalid (text); Refused: follow_up_none; Forbidden;
    Unknown (decision_none) for any other unit.
    """
    held, row = _held(decision, now)
    if row.follow_up_unit_id is None or not may(actor, Verb.REPORT_FOLLOW_UP, unit=row.follow_up_unit_id):
        raise Forbidden("no_right") if may(actor, Verb.SEE_MEETING) else Unknown("decision_none")
    _require_open(row)
    form = Form()
    text = form.note("text", text, missing="follow_up_report_missing")
    form.check()
    report = FollowUpReport.objects.create(decision=row, text=text, by_id=staff_id(actor), at=now)
    if row.follow_up_reported_at is None:
        row.follow_up_reported_at = now
        row.save(update_fields=["follow_up_reported_at"])
    facts = {"decision": row.pk, "report": report.pk, "text": digest_of_text(text)}
    write(held, Entry(Kind.FOLLOW_UP_REPORTED, facts), actor=actor, at=now)
    keep(held)
    return report


@transaction.atomic
def review_follow_up(*, decision: int, done: bool, note: str, actor: Actor, now: datetime) -> Decision:
    """The supervision office notes what became of a decision's follow-up, once, whether it was reported or not.

    Raises Invalid (note); Refused: follow_up_none; Forbidden; Unknown.
    """
    held, row = _held(decision, now)
    permit(actor, Verb.CONVENE, held)
    _require_open(row)
    form = Form()
    note = form.note("note", note)
    form.check()
    row.follow_up_done, row.follow_up_note, row.followed_up_at = done, note, now
    row.save(update_fields=["follow_up_done", "follow_up_note", "followed_up_at"])
    facts = {"decision": row.pk, "done": done, "note": digest_of_text(note)}
    write(held, Entry(Kind.DECISION_REVIEWED, facts), actor=actor, at=now)
    keep(held)
    return row


def _held(decision: int, now: datetime) -> tuple[Matter, Decision]:
    """The matter, and then the decision, both locked. Raises Unknown (decision_none)."""
    number = Decision.objects.filter(pk=decision).values_list("item__matter__number", flat=True).first()
    if number is None:
        raise Unknown("decision_none")
    held = lock(number, now)
    rows = Decision.objects.select_for_update(of=("self",)).select_related("remark", "item__matter")
    return held, rows.get(pk=decision)


def _require_open(row: Decision) -> None:
    if row.follow_up_due_on is None or row.followed_up_at is not None:
        raise Refused("follow_up_none")
