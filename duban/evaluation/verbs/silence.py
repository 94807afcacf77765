"""Silence is not satisfaction: remind, call back, and at last close as unrated (domain rule 9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.kinds import CallbackResult
from duban.core.lifecycle import Basis, Step
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Matter, Remark
from duban.matters.verbs.closing import close
from duban.matters.verbs.deed import advance, keep, lock, permit, staff_id, write
from duban.matters.verbs.following import lock_with_lead
from duban.matters.verbs.forms import Form

from ..models import Callback


@transaction.atomic
def call_back(*, matter: str, result: str, note: str, actor: Actor, now: datetime) -> Callback:
    """The office rang the petitioner, n days (policy: 7) after completion at the earliest, and notes what came of it.

    Whatever was said on the telephone, the verdict stays the petitioner's to give. Raises Invalid (result,
    note); Refused: callback_too_early, collective_needs_ballot, wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.CALL_BACK, held)
    if held.collective:
        raise Refused("collective_needs_ballot")
    advance(held, Step.CALL_BACK)
    days = book().policy.callback_days
    _require_silence(held, days, now, "callback_too_early")
    form = Form()
    form.choice("result", result, CallbackResult, "callback_result")
    note = form.note("note", note)
    form.check()
    remark = Remark.objects.create(
        matter=held, part=Remark.Part.CALLBACK, text=note, by_id=staff_id(actor), at=now
    )
    row = Callback.objects.create(
        matter=held, round=held.round, result=result, remark=remark, by_id=staff_id(actor), at=now
    )
    facts = {"callback": row.pk, "result": result, "remark": remark.pk, "text": digest_of_text(note)}
    write(held, Entry(Kind.CALLBACK_MADE, facts), actor=actor, at=now)
    keep(held)
    return row


@transaction.atomic
def close_unrated(*, matter: str, actor: Actor, now: datetime) -> Matter:
    """The office closes a matter nobody judged, after a callback; it stays outside every satisfaction figure.

    Raises Refused: unrated_too_early, callback_first, collective_needs_ballot, wrong_state; Forbidden; Unknown.
    """
    held = lock_with_lead(matter, now)
    permit(actor, Verb.CLOSE_UNRATED, held)
    if held.collective:
        raise Refused("collective_needs_ballot")
    if held.completed_at is not None and not held.closed_at:
        _require_silence(held, book().policy.callback_days, now, "unrated_too_early")
        if not Callback.objects.filter(matter=held, round=held.round).exists():
            raise Refused("callback_first")
    ground = Entry(Kind.UNRATED_DECIDED, {"round": held.round})
    return close(held, Step.CLOSE_UNRATED, Basis.UNRATED, ground, actor=actor, now=now)


def _require_silence(held: Matter, days: int, now: datetime, code: str) -> None:
    completed_at = held.completed_at
    if completed_at is None:
        return
    earliest = completed_at + timedelta(days=days)
    if now < earliest:
        raise Refused(code, days=days, on=earliest)
