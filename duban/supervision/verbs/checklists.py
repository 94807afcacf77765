"""Amending the five checklists. A version is never edited: the next one holds from its moment on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from duban.core.checks import PURPOSE_LIMIT, TITLE_LIMIT, Key, questions
from duban.core.events import Kind
from duban.core.identity import Unacceptable
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb, require
from duban.core.texts import one_line
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry, record
from duban.matters.verbs.forms import Form

from ..models import Checklist


def latest(key: str) -> Checklist:
    """The version of a checklist that is in force. Raises Unknown(`checklist_unknown`)."""
    found = Checklist.objects.filter(key=key).order_by("-version").first() if key in set(Key) else None
    if found is None:
        raise Unknown("checklist_unknown")
    return found


@transaction.atomic
def amend_checklist(
    *, key: str, title: str, purpose: str, items: Sequence[str], actor: Actor, now: datetime
) -> Checklist:
    """A new version of a checklist: a title of at most 20 characters, its purpose, 1 to 12 questions (domain rule 12).

    Runs that have begun keep the version they began with. Raises Invalid (title, purpose, items); Refused:
    checklist_unchanged, changed_meanwhile; Forbidden; Unknown.
    """
    require(actor, Verb.RUN_CHECK)
    before = latest(key)
    form = Form()
    title = _line(form, "title", title, TITLE_LIMIT, "checklist_title")
    purpose = _line(form, "purpose", purpose, PURPOSE_LIMIT, "checklist_purpose")
    asked = form.take("items", lambda: questions(items)) or ()
    form.check()
    if (title, purpose, list(asked)) == (before.title, before.purpose, before.items):
        raise Refused("checklist_unchanged")
    try:
        with transaction.atomic():
            after = Checklist.objects.create(
                key=before.key,
                place=before.place,
                title=title,
                purpose=purpose,
                items=list(asked),
                version=before.version + 1,
                since=now,
                by=actor.key,
            )
    except IntegrityError:  # two of the office amended at once; the other one was first
        raise Refused("changed_meanwhile") from None
    facts = {
        "checklist": after.key,
        "version": after.version,
        "questions": len(asked),
        "text": digest_of_text("\n".join((title, purpose, *asked))),
    }
    record(f"checklist:{after.key}", Entry(Kind.CHECKLIST_AMENDED, facts), actor=actor, at=now)
    return after


def _line(form: Form, field: str, text: str, limit: int, code: str) -> str:
    """One line that must be there and must fit; one sentence says both."""
    try:
        return one_line(text, limit=limit, missing=code, long=code)
    except Unacceptable as problem:
        form.wrong(field, problem.code, **{"limit": limit, **problem.params})
        return ""
