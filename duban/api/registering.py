"""Registering, by anyone or by staff: the one call of the verb, and its answer."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone

from duban.core.kinds import Channel
from duban.core.rights import Actor
from duban.matters.models import ClockName
from duban.matters.photos import Photo
from duban.matters.verbs.registering import Petitioner, register
from duban.people.units import unit_name

from .answers import answer, moment
from .forms import DeskRegistrationForm


def registered(
    form: DeskRegistrationForm,
    photos: Sequence[Photo],
    *,
    channel: Channel,
    actor: Actor,
    key: str | None,
    client: str = "",
) -> HttpResponse:
    """Register and answer 201; a retry gets the first matter. `client` is the address of who has no token. Raises what the verb raises."""
    now = timezone.now()
    person = form.petitioner
    given = register(
        kind=form.kind,
        title=form.title,
        body=form.body,
        petitioner=Petitioner(person.name, person.id_number, person.mobile) if person else None,
        place=form.place,
        unit=form.unit,
        channel=channel,
        confidential=form.confidential,
        publish=form.publish,
        collective=form.collective,
        previous=form.previous,
        photos=photos,
        idempotency_key=key,
        client=client,
        actor=actor,
        now=now,
    )
    matter = given.matter
    accepted = matter.clock == ClockName.COMPLETION
    body = {
        "number": matter.number,
        "query_code": given.query_code,
        "status": matter.status(now).value,
        "light": matter.light(now).value,
        "unit": {"code": matter.unit_id, "name": unit_name(matter.unit_id)},
        "acceptance_due_at": None if accepted else moment(matter.clock_due_at),
        "receipt": given.receipt,
    }
    return answer(body, 201, replayed=not given.created)
