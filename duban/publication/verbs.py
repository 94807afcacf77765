"""Approving what is published, and taking it down again (domain rule 15)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb
from duban.core.texts import NOTE_LIMIT, TITLE_LIMIT, clean, one_line
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Matter
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form
from duban.people.models import Citizen

from .models import Publication
from .redaction import NOBODY, Known, find_personal


@transaction.atomic
def approve(*, matter: str, title: str, summary: str, reply: str, actor: Actor, now: datetime) -> Publication:
    """Publish a completed or closed matter under redacted texts. What was taken down may be approved anew.

    Raises Invalid (title, summary, reply); Refused: publication_not_allowed (the petitioner did not agree),
    publication_too_early, publication_exists, personal_data_left (with its field); Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.PUBLISH, held)
    if not held.publish:
        raise Refused("publication_not_allowed")
    if held.state not in (State.COMPLETED, State.CLOSED):
        raise Refused("publication_too_early")
    row = Publication.objects.filter(matter=held).first() or Publication(matter=held)
    if row.pk is not None and row.is_up:
        raise Refused("publication_exists")
    form = Form()
    shown_title = form.take(
        "title", lambda: one_line(title, limit=TITLE_LIMIT, missing="title_missing", long="title_long")
    )
    row.title = shown_title or ""
    row.summary = form.take("summary", lambda: clean(summary, limit=NOTE_LIMIT, missing="text_missing")) or ""
    row.reply = form.note("reply", reply, missing=None)
    form.check()
    known = known_of(held)
    for field, text in (("title", row.title), ("summary", row.summary), ("reply", row.reply)):
        if left := find_personal(text, known):
            raise Refused("personal_data_left", field=field, found="、".join(left))
    row.approved_by_id, row.approved_at = staff_id(actor), now
    row.taken_down_by, row.taken_down_at, row.takedown_reason = None, None, ""
    row.save()
    facts = {"publication": row.pk, "text": digest_of_text("\n".join([row.title, row.summary, row.reply]))}
    write(held, Entry(Kind.PUBLICATION_APPROVED, facts), actor=actor, at=now)
    keep(held)
    return row


@transaction.atomic
def take_down(*, matter: str, reason: str, actor: Actor, now: datetime) -> Publication:
    """Take a published matter down; a stub with the reason stays. The reason is public, so it is checked too.

    Raises Invalid (reason); Refused: publication_none, personal_data_left; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.PUBLISH, held)
    row = Publication.objects.filter(matter=held, taken_down_at=None).first()
    if row is None:
        raise Refused("publication_none")
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    if left := find_personal(reason, known_of(held)):
        raise Refused("personal_data_left", field="reason", found="、".join(left))
    row.taken_down_by_id, row.taken_down_at, row.takedown_reason = staff_id(actor), now, reason
    row.save(update_fields=["taken_down_by", "taken_down_at", "takedown_reason"])
    facts = {"publication": row.pk, "reason": digest_of_text(reason)}
    write(held, Entry(Kind.PUBLICATION_TAKEN_DOWN, facts), actor=actor, at=now)
    keep(held)
    return row


def known_of(matter: Matter) -> Known:
    """What must not stand in this matter's published texts: its petitioner's own data."""
    person = Citizen.objects.filter(pk=matter.petitioner_id or 0).first()
    if person is None:
        return NOBODY
    return Known(names=(person.name,), ids=(person.id_number,), mobiles=(person.mobile,))
