"""Looking at a petitioner's real data: a logged act with a reason (domain rule 17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.refusal import Forbidden, Refused
from duban.core.rights import Actor, Role, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry

from ..models import Matter, Remark
from .deed import keep, lock, permit, staff_id, write
from .forms import Form


@dataclass(frozen=True, slots=True)
class RealData:
    """What was shown. It goes onto one page and nowhere else."""

    name: str
    id_number: str
    mobile: str


@transaction.atomic
def unmask(*, matter: str, reason: str, actor: Actor, now: datetime) -> RealData:
    """The petitioner's name, ID number and mobile, after the look has been written down with its reason.

    Hidden from the handling unit when the petitioner asked for it (保密). Raises Invalid (reason); Forbidden;
    Unknown; Refused(`not_yours`) for a directive, which has no petitioner.
    """
    held = lock(matter, now)
    permit(actor, Verb.UNMASK, held)
    if held.confidential and not actor.has(Role.OFFICE):
        raise Forbidden("confidential_contact")
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    person = Matter.objects.select_related("petitioner").get(pk=held.pk).petitioner
    if person is None:
        raise Refused("not_yours")
    remark = Remark.objects.create(
        matter=held, part=Remark.Part.UNMASKING, text=reason, by_id=staff_id(actor), at=now
    )
    facts = {"citizen": person.pk, "remark": remark.pk, "text": digest_of_text(reason)}
    write(held, Entry(Kind.CITIZEN_UNMASKED, facts), actor=actor, at=now)
    keep(held)
    return RealData(person.name, person.id_number, person.mobile)
