"""Handling: progress, additions by the petitioner, and the completion statement (domain rule 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from duban.catalogue.book import book
from duban.core.events import Kind
from duban.core.kinds import Outcome
from duban.core.lifecycle import Step
from duban.core.rights import Actor, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry

from ..models import Attachment, Matter, Remark, Statement
from ..photos import Photo
from .assisting import lapse_assists
from .attaching import attach
from .deed import advance, keep, lock, moved, permit, place_of, staff_id, write
from .forms import Form
from .requests import lapse


@transaction.atomic
def report_progress(
    *, matter: str, note: str, actor: Actor, now: datetime, photos: Sequence[Photo] = ()
) -> Remark:
    """Tell the petitioner how it stands. Touches no clock. Raises Invalid (note); Refused; Forbidden; Unknown."""
    held = lock(matter, now)
    permit(actor, Verb.REPORT_PROGRESS, held)
    advance(held, Step.REPORT_PROGRESS)
    return _remark(
        held, Remark.Part.PROGRESS, Kind.PROGRESS_REPORTED, "note", note, actor=actor, now=now,
        by=staff_id(actor), photos=photos, shown=Attachment.Part.PROGRESS,
    )  # fmt: skip


@transaction.atomic
def add(*, matter: str, text: str, actor: Actor, now: datetime, photos: Sequence[Photo] = ()) -> Remark:
    """The petitioner adds to an open matter. Touches no clock. Raises Invalid (text); Refused; Unknown."""
    held = lock(matter, now)
    permit(actor, Verb.ADD, held)
    advance(held, Step.ADD)
    return _remark(
        held, Remark.Part.ADDITION, Kind.ADDITION_MADE, "text", text, actor=actor, now=now,
        by=None, photos=photos, shown=Attachment.Part.ADDITION,
    )  # fmt: skip


@transaction.atomic
def complete(
    *,
    matter: str,
    outcome: str,
    statement: str,
    actor: Actor,
    now: datetime,
    why: str = "",
    public_reply: str = "",
    photos: Sequence[Photo] = (),
) -> Statement:
    """File the completion statement; the completion clock stops and the petitioner is asked for the verdict.

    `why` is needed when the outcome is partly or cannot. A pending extension request and open
    assists lapse. Raises Invalid (outcome, statement, why); Refused: wrong_state; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.COMPLETE, held)
    was = place_of(held)
    advance(held, Step.COMPLETE)
    form = Form()
    chosen = form.choice("outcome", outcome, Outcome, "outcome_unknown")
    statement = form.note("statement", statement, missing="statement_missing")
    why = form.note("why", why, missing="why_missing" if chosen and chosen.needs_why else None)
    public_reply = form.note("public_reply", public_reply, missing=None)
    form.check()
    late = held.reading.is_late(now)
    lapsed = [*lapse(held, now, "completion"), *lapse_assists(held, now)]
    row = Statement.objects.create(
        matter=held,
        round=held.round,
        unit_id=held.unit_id,
        by_id=staff_id(actor),
        at=now,
        outcome=outcome,
        text=statement,
        why=why,
        public_reply=public_reply,
        clock_started_at=held.clock_started_at,
        clock_warn_at=held.clock_warn_at,
        clock_due_at=held.clock_due_at,
    )
    held.stop_clock(now, book().policy)
    digests = attach(held, photos, part=Attachment.Part.COMPLETION, by=staff_id(actor), at=now)
    entry = moved(
        Kind.MATTER_COMPLETED,
        was,
        held,
        statement=row.pk,
        outcome=outcome,
        text=digest_of_text("\n".join([statement, why, public_reply])),
        photos=digests,
        late=late,
    )
    write(held, *lapsed, entry, actor=actor, at=now)
    keep(held)
    return row


def _remark(
    held: Matter,
    part: Remark.Part,
    kind: Kind,
    field: str,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    by: int | None,
    photos: Sequence[Photo],
    shown: Attachment.Part,
) -> Remark:
    form = Form()
    text = form.note(field, text)
    form.check()
    remark = Remark.objects.create(matter=held, part=part, text=text, by_id=by, at=now)
    digests = attach(held, photos, part=shown, by=by, at=now)
    facts = {"remark": remark.pk, "text": digest_of_text(text), "photos": digests}
    write(held, Entry(kind, facts), actor=actor, at=now)
    keep(held)
    return remark
