"""What a lead's deed brings its followers to read: promise, progress, completion statement, photos, a decision's reason.

Each gets copies of its own, so that a matter can go on by itself at any time with everything that belongs to it.
Nobody learns from them who else asked.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from duban.core.events import Kind
from duban.core.kinds import ContactMethod
from duban.journal.chain import digest_of_text
from duban.journal.models import Event

from ..models import Attachment, Commitment, Matter, Remark, Statement
from ..unnaming import unnamed


def carried(because: Event, lead: Matter, follower: Matter, at: datetime) -> dict[str, object]:
    """Copies of what an event of the lead brought about, and the facts that point at them."""
    match because.kind:
        case Kind.MATTER_ACCEPTED:
            return {"commitment": copy_promise(lead, follower), "late": because.facts["late"]}
        case Kind.PROGRESS_REPORTED:
            return _said(because, lead, follower, Remark.Part.PROGRESS, at)
        case Kind.MATTER_COMPLETED:
            return _statement(because, lead, follower, at)
        case Kind.MATTER_REASSIGNED | Kind.MATTER_EXTENDED | Kind.MATTER_DEFERRED:
            return _said(because, lead, follower, Remark.Part.DECISION, at)
        case _:
            return {}


def copy_promise(lead: Matter, follower: Matter) -> int | None:
    """The lead's promise in force as one to the follower's petitioner too; its id, or None where there is none yet.

    What was said to the other petitioner when it was made stays between those two.
    """
    promise = Commitment.objects.filter(matter=lead).order_by("-id").first()
    if promise is None:
        return None
    promise.pk, promise.matter = None, follower
    promise.contact_method, promise.contact_note = ContactMethod.SYSTEM.value, ""
    promise._state.adding = True
    promise.save()
    return promise.pk


def promise_of(held: Matter, lead: Matter) -> None:
    """A later day the lead was granted counts as granted to the follower that goes on alone, too."""
    promises = [Commitment.objects.filter(matter=one).order_by("-id").first() for one in (held, lead)]
    mine, theirs = promises
    if mine and theirs and mine.accepted_at == theirs.accepted_at:
        mine.extensions_granted = theirs.extensions_granted
        mine.save(update_fields=["extensions_granted"])


def _said(
    because: Event, lead: Matter, follower: Matter, part: Remark.Part, at: datetime
) -> dict[str, object]:
    said = Remark.objects.get(pk=because.facts["remark"])
    text = unnamed(said.text, lead)
    remark = Remark.objects.create(matter=follower, part=part, text=text, by_id=said.by_id, at=at)
    return {
        "remark": remark.pk,
        "text": digest_of_text(text),
        "photos": _photos(because.facts.get("photos", []), lead, follower),
    }


def _statement(because: Event, lead: Matter, follower: Matter, at: datetime) -> dict[str, object]:
    row = Statement.objects.get(pk=because.facts["statement"])
    row.pk, row.matter, row.round = None, follower, follower.round
    row.text, row.why, row.public_reply = (
        unnamed(one, lead) for one in (row.text, row.why, row.public_reply)
    )
    row._state.adding = True
    row.save()
    return {
        "statement": row.pk,
        "outcome": row.outcome,
        "text": digest_of_text("\n".join([row.text, row.why, row.public_reply])),
        "photos": _photos(because.facts.get("photos", []), lead, follower),
        "late": because.facts["late"],
    }


def _photos(digests: Sequence[str], lead: Matter, follower: Matter) -> list[str]:
    """The lead's photos at private addresses of the follower's own: the same files."""
    if not digests:
        return []
    rows = list(Attachment.objects.filter(matter=lead, digest__in=digests))
    for row in rows:
        row.pk, row.matter, row.token = None, follower, secrets.token_urlsafe(32)
        row._state.adding = True
    Attachment.objects.bulk_create(rows)
    return list(digests)
