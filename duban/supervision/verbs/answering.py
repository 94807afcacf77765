"""Answering an alarm with a note (domain rule 5: a warning is a demand, and somebody must answer it)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Remark
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form

from ..models import Alarm, Answer
from ..settling import settle


@transaction.atomic
def answer_alarm(*, alarm: int, note: str, actor: Actor, now: datetime) -> Alarm:
    """The office looked into one alarm and says, inside, what it did. Answers that one and no other.

    Also after the matter was closed: who looked away must still say so. Raises Invalid (note); Refused:
    alarm_answered; Forbidden; Unknown (alarm_unknown).
    """
    number = Alarm.objects.filter(pk=alarm).values_list("matter__number", flat=True).first()
    if number is None:
        raise Unknown("alarm_unknown")
    held = lock(number, now)
    permit(actor, Verb.ANSWER_ALARM, held)
    settle([held.pk])  # an answer the worker has not entered yet comes first
    one = Alarm.objects.select_for_update(of=("self",)).get(pk=alarm)
    if one.answer:
        raise Refused("alarm_answered")
    form = Form()
    note = form.note("note", note, missing="reason_missing")
    form.check()
    remark = Remark.objects.create(
        matter=held, part=Remark.Part.ALARM, text=note, by_id=staff_id(actor), at=now
    )
    facts = {
        "alarm": one.pk,
        "clock": one.clock,
        "run": one.run,
        "boundary": one.boundary,
        "remark": remark.pk,
        "text": digest_of_text(note),
    }
    (event,) = write(held, Entry(Kind.ALARM_ANSWERED, facts), actor=actor, at=now)
    keep(held)
    one.answer, one.answer_event, one.answered_at = Answer.NOTE, event, now
    one.save(update_fields=["answer", "answer_event", "answered_at"])
    return one
