"""What an inspector found at a sampled matter: recorded once and for good; later words stand beside it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from duban.core.checks import Answer, Result, contradicts
from duban.core.events import Kind
from duban.core.refusal import Refused
from duban.core.rights import Actor
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry, record
from duban.matters.photos import Photo, store
from duban.matters.verbs.deed import staff_id
from duban.matters.verbs.forms import Form

from ..models import Annotation, CheckEvidence, CheckItem, Finding
from .check_deed import lock_item


@transaction.atomic
def record_finding(
    *,
    run: int,
    item: int,
    answers: Sequence[str],
    result: str,
    note: str,
    actor: Actor,
    now: datetime,
    photos: Sequence[Photo] = (),
) -> Finding:
    """Record the answers to every question, the result, and with a problem the note that says what was seen.

    Any account of the office may, not only the inspector it fell to: the record says who. It is final. Raises
    Invalid (answers, result, note); Refused: finding_contradicts, finding_final, check_already_closed; Forbidden;
    Unknown.
    """
    held = lock_item(run, item, actor)
    if hasattr(held, "finding"):
        raise Refused("finding_final")
    form = Form()
    given = _answers(form, answers, len(held.run.checklist.items))
    found = form.choice("result", result, Result, "finding_result")
    missing = "finding_note_missing" if found is Result.PROBLEM else None
    note = form.note("note", note, missing=missing)
    form.check()
    assert found is not None  # noqa: S101 - the form has checked it
    if contradicts(found, given):
        raise Refused("finding_contradicts", field="result")
    finding = Finding.objects.create(
        item=held,
        result=found.value,
        answers=[one.value for one in given],
        note=note,
        by_id=staff_id(actor),
        at=now,
    )
    facts = {
        "run": held.run_id,
        "item": held.pk,
        "finding": finding.pk,
        "matter": held.matter.number,
        "result": found.value,
        "answers": finding.answers,
        "unit": held.unit_id,
        "handler": held.handler_id,
        "note": digest_of_text(note),
        "photos": _evidence(finding, photos),
    }
    record(held.run.stream, Entry(Kind.FINDING_RECORDED, facts), actor=actor, at=now)
    return finding


@transaction.atomic
def annotate_finding(*, run: int, item: int, text: str, actor: Actor, now: datetime) -> Annotation:
    """Add a word to a finding, also after the check has ended. The finding stays as it was recorded.

    Raises Invalid (text); Refused: finding_none; Forbidden; Unknown.
    """
    held = lock_item(run, item, actor, closed_too=True)
    finding = finding_of(held)
    form = Form()
    text = form.note("text", text)
    form.check()
    word = Annotation.objects.create(finding=finding, text=text, by_id=staff_id(actor), at=now)
    facts = {
        "run": held.run_id,
        "item": held.pk,
        "finding": finding.pk,
        "annotation": word.pk,
        "text": digest_of_text(text),
    }
    record(held.run.stream, Entry(Kind.FINDING_ANNOTATED, facts), actor=actor, at=now)
    return word


def finding_of(item: CheckItem) -> Finding:
    """The finding of an item read with it. Raises Refused(`finding_none`)."""
    if not hasattr(item, "finding"):
        raise Refused("finding_none")
    return item.finding


def _answers(form: Form, answers: Sequence[str], asked: int) -> list[Answer]:
    try:
        given = [Answer(one) for one in answers]
    except ValueError:
        given = []
    if len(given) != asked:
        form.wrong("answers", "finding_answers")
    return given


def _evidence(finding: Finding, photos: Sequence[Photo]) -> list[str]:
    """Store prepared photos with the finding; their digests. A failed transaction leaves files nobody can reach."""
    rows = [
        CheckEvidence(
            finding=finding,
            token=secrets.token_urlsafe(32),
            file=store(photo),
            width=photo.width,
            height=photo.height,
            size=len(photo.content),
            digest=photo.digest,
            by_id=finding.by_id,
            at=finding.at,
        )
        for photo in photos
    ]
    CheckEvidence.objects.bulk_create(rows)
    return [row.digest for row in rows]
