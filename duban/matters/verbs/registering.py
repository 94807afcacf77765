"""Registering a matter (挂号): it gets a number at once, and by routing rule a unit at once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from duban.catalogue.book import Book, book
from duban.core import numbers
from duban.core.events import Kind
from duban.core.kinds import Channel, MatterKind
from duban.core.lifecycle import State, Step
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Role, Verb, require
from duban.core.routing import route
from duban.core.texts import BODY_LIMIT, PLACE_LIMIT, TITLE_LIMIT, clean, one_line
from duban.core.zone import day_of
from duban.journal.models import Event
from duban.journal.verifying import receipt_of
from duban.people.citizens import checked, identify
from duban.people.models import Citizen
from duban.people.units import office_code, serves

from ..models import Attachment, Matter
from ..numbering import next_serial
from ..photos import Photo
from ..rationing import rationed
from ..reckoning import Reckoner
from .attaching import attach
from .deed import advance, moved, place_of, staff_id, write
from .forms import Form


@dataclass(frozen=True, slots=True)
class Petitioner:
    """Who asks, as typed: real name, 18-character ID number, mobile."""

    name: str
    id_number: str
    mobile: str


@dataclass(frozen=True, slots=True)
class Registered:
    """The answer to a registration. `created` is false when the same matter had been registered before."""

    matter: Matter
    query_code: str
    receipt: dict[str, object]
    created: bool


@transaction.atomic
def register(
    *,
    kind: str,
    title: str,
    body: str,
    petitioner: Petitioner | None,
    actor: Actor,
    now: datetime,
    place: str = "",
    unit: str = "",
    channel: Channel = Channel.WEB,
    confidential: bool = False,
    publish: bool = False,
    collective: bool = False,
    previous: str = "",
    photos: Sequence[Photo] = (),
    idempotency_key: str | None = None,
    client: str = "",
) -> Registered:
    """Give a matter its number and start its clock; assign it at once where a rule or the petitioner names a unit.

    A directive has no petitioner: its issuer is the leader who registers it. The same key, or the same matter
    by the same person within 24 h (policy), is answered with the first one (domain rule 18). `client` is the address of a
    caller nobody vouches for, who may register so many new matters an hour. Raises Invalid by field; Refused: key_reused,
    calendar_missing; TooMany(`too_many_registrations`); Forbidden.
    """
    directive = kind == MatterKind.DIRECTIVE
    if directive and not actor.has(Role.LEADER):
        raise Refused("directive_needs_leader", field="kind")
    require(actor, Verb.REGISTER_DIRECTIVE if directive else Verb.REGISTER)
    form = Form()
    form.choice("kind", kind, MatterKind, "kind_unknown")
    title = (
        form.take(
            "title", lambda: one_line(title, limit=TITLE_LIMIT, missing="title_missing", long="title_long")
        )
        or ""
    )
    body = (
        form.take("body", lambda: clean(body, limit=BODY_LIMIT, missing="body_missing", long="body_long"))
        or ""
    )
    place = (
        form.take("place", lambda: one_line(place, limit=PLACE_LIMIT, missing=None, long="place_long")) or ""
    )
    if not directive:
        _check_identity(form, petitioner, now)
    elif collective:  # a ballot would judge it, and not the office it comes from
        form.wrong("collective", "directive_not_collective")
    if unit and not serves(unit):
        form.wrong("unit", "unit_unknown")
    earlier = _previous(form, previous)
    form.check()

    citizen = None
    if petitioner is not None and not directive:
        citizen = identify(
            name=petitioner.name,
            id_number=petitioner.id_number,
            mobile=petitioner.mobile,
            now=now,
            in_person=actor.has(Role.CLERK),
        )
    rules = book()
    fingerprint = hashlib.sha256("\x00".join([kind, title, body]).encode()).hexdigest()
    key = hashlib.sha256(idempotency_key.encode()).hexdigest() if idempotency_key else None
    first = _same(citizen, fingerprint, key, now - timedelta(hours=rules.policy.repeat_window_hours))
    if first is not None:
        return first
    most = settings.DUBAN_REGISTRATIONS_PER_HOUR
    rationed("registrations", client, now, most=most, refusal="too_many_registrations")

    serial = next_serial()
    matter = Matter(
        id=serial,
        number=numbers.number_of(day_of(now), serial),
        registered_at=now,
        kind=kind,
        title=title,
        body=body,
        place=place,
        channel=channel,
        petitioner=citizen,
        issuer_id=staff_id(actor) if directive else None,
        issuer_unit_id=actor.unit if directive else None,
        registered_by_id=staff_id(actor) if actor.has(Role.CLERK) and not directive else None,
        confidential=confidential,
        publish=publish,
        collective=collective,
        previous=earlier,
        fingerprint=fingerprint,
        idempotency_key=key,
        query_code=f"{secrets.randbelow(10**10):010d}",
        state=State.REGISTERED,
        unit_id=office_code(),
    )
    reckoner = Reckoner(rules)
    reckoner.assigning(matter, now)
    who = Actor(f"citizen:{citizen.pk}", actor.roles) if citizen and not actor.has(Role.CLERK) else actor
    facts: dict[str, object] = {
        "kind": kind,
        "channel": str(channel),
        "photos": [photo.digest for photo in photos],
    }
    if directive:
        facts["issuer_unit"] = matter.issuer_unit_id
    entries = [moved(Kind.MATTER_REGISTERED, None, matter, **facts)]
    wanted = unit or _routed(rules, matter)
    if wanted != matter.unit_id:
        was = place_of(matter)
        advance(matter, Step.ASSIGN)
        matter.unit_id, matter.assigned_at, matter.assignments = wanted, now, 1
        reckoner.acceptance(matter, now)
        entries.append(moved(Kind.MATTER_ASSIGNED, was, matter, by="wish" if unit else "rule"))
    events = write(matter, *entries, actor=who, at=now)
    try:
        matter.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused("key_reused") from clash
    attach(matter, photos, part=Attachment.Part.REGISTRATION, by=matter.registered_by_id, at=now)
    return Registered(matter, matter.query_code, receipt_of(matter.number, events[0]), created=True)


def _check_identity(form: Form, petitioner: Petitioner | None, now: datetime) -> None:
    typed = petitioner or Petitioner("", "", "")
    try:
        checked(name=typed.name, id_number=typed.id_number, mobile=typed.mobile, now=now)
    except Invalid as wrong:
        form.errors.update(wrong.errors)


def _routed(rules: Book, matter: Matter) -> str:
    """The code of the unit a rule sends the matter to; the supervision office's where none does."""
    found = route(rules.routes, kind=matter.kind, place=matter.place, title=matter.title, body=matter.body)
    return found.unit if found and serves(found.unit) else office_code()


def _previous(form: Form, typed: str) -> Matter | None:
    """The earlier matter a new one refers to. Its number says nothing to who does not own it, so any may be named."""
    if not typed.strip():
        return None
    number = numbers.normalise(typed)
    earlier = Matter.objects.only("id").filter(number=number).first() if number else None
    if earlier is None:
        form.wrong("previous", "previous_unknown")
    return earlier


def _same(citizen: Citizen | None, fingerprint: str, key: str | None, since: datetime) -> Registered | None:
    """The first registration, if this is one of it again. Raises Refused(`key_reused`)."""
    found = _first_id(citizen, fingerprint, key, since)
    if found is None:
        return None
    first = Matter.objects.select_related("unit").get(pk=found)
    if first.fingerprint != fingerprint or (citizen and first.petitioner_id != citizen.pk):
        raise Refused("key_reused")
    event = Event.objects.get(stream=first.stream, seq=1)
    return Registered(first, first.query_code, receipt_of(first.number, event), created=False)


def _first_id(citizen: Citizen | None, fingerprint: str, key: str | None, since: datetime) -> int | None:
    """The id of the first matter that is this one again; nearly always there is none.

    Two look-ups in an index, spelled here: composing the query anew cost a fifth of a registration's processor
    time, and an OR with an order invites the planner to walk the table. What is NULL equals nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM matters_matter WHERE petitioner_id = %s AND fingerprint = %s AND registered_at > %s"
            " UNION SELECT id FROM matters_matter WHERE idempotency_key = %s",
            [
                citizen.pk if citizen else None,
                fingerprint,
                connection.ops.adapt_datetimefield_value(since),
                key,
            ],
        )
        return min((row[0] for row in cursor.fetchall()), default=None)
