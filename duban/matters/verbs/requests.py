"""What return requests and extension requests have in common: found, signed, ruled on, lapsed (rules 6 and 7)."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from duban.core.events import Kind
from duban.core.policy import Policy
from duban.core.refusal import Refused
from duban.core.rights import Actor
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry

from ..models import Ask, Extension, Matter, Request, ReturnRequest, Ruling
from .deed import staff_id
from .forms import Form

R = TypeVar("R", bound=Request)


def pending(requests: QuerySet[R], none: str) -> R:
    """The one request that waits for a ruling. Raises Refused with the code `none` when there is none."""
    request = requests.filter(ruling=Ruling.PENDING).first()
    if request is None:
        raise Refused(none)
    return request


def sign(request: Request, *, actor: Actor, now: datetime) -> None:
    """The department head stands behind the request, once. Raises Refused: already_signed."""
    if request.signed_at is not None:
        raise Refused("already_signed")
    request.signed_by_id, request.signed_at = staff_id(actor), now
    request.save(update_fields=["signed_by", "signed_at"])


def rule(
    request: Request, *, granted: bool, note: str, policy: Policy, actor: Actor, now: datetime
) -> dict[str, object]:
    """The supervision office's ruling; the facts of its event. Against needs a reason.

    Raises Refused: signature_needed, where policy demands the head's; Invalid (note).
    """
    if policy.head_must_sign and request.signed_at is None:
        raise Refused("signature_needed")
    form = Form()
    note = form.note("note", note, missing=None if granted else "reason_missing")
    form.check()
    request.ruling = Ruling.GRANTED if granted else Ruling.REFUSED
    request.ruled_by_id, request.ruled_at, request.ruling_note = staff_id(actor), now, note
    request.save(update_fields=["ruling", "ruled_by", "ruled_at", "ruling_note"])
    return {"request": request.pk, "note": digest_of_text(note)}


def waiting(held: Matter) -> ReturnRequest | Extension | None:
    """The request of a matter's unit nobody has ruled on yet: what lapses when the matter moves on."""
    if held.asks == Ask.RETURN:
        return ReturnRequest.objects.filter(matter=held, ruling=Ruling.PENDING).first()
    if held.asks == Ask.EXTENSION:
        return Extension.objects.filter(matter=held, ruling=Ruling.PENDING).first()
    return None


def lapse(held: Matter, now: datetime, by: str) -> list[Entry]:
    """The matter moved on before anybody ruled on what its unit asks; the entry to record, if anything waited.

    `by` is what it moved on by: acceptance, completion, merging, withdrawal, decision.
    """
    request = waiting(held)
    held.asks = ""
    if request is None:
        return []
    kind = Kind.RETURN_LAPSED if isinstance(request, ReturnRequest) else Kind.EXTENSION_LAPSED
    request.ruling, request.ruled_at = Ruling.LAPSED, now
    request.save(update_fields=["ruling", "ruled_at"])
    return [Entry(kind, {"request": request.pk, "by": by})]
