"""What happened, told from the journal for whoever reads it: petitioner, staff, or the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from duban.core.events import INTERNAL, Kind
from duban.core.rights import SYSTEM
from duban.journal.models import Event
from duban.journal.recording import Entry
from duban.people.models import Staff, Unit

from . import telling
from .models import Attachment, Commitment, Extension, Matter, Remark, ReturnRequest, Statement


class Audience(StrEnum):
    """Who reads. The public is told what was done and never shown a free text or a photo."""

    PETITIONER = "petitioner"
    STAFF = "staff"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened: its instant, kind, heading, sentence, who did it, and photos."""

    at: datetime
    kind: str
    title: str
    text: str
    by: str
    photos: Sequence[Attachment] = ()


@dataclass(frozen=True)
class Material:
    """The rows the events of one matter point at, by id, read once."""

    matter: Matter
    audience: Audience
    remarks: Mapping[int, Remark]
    returns: Mapping[int, ReturnRequest]
    extensions: Mapping[int, Extension]
    commitments: Mapping[int, Commitment]
    statements: Mapping[int, Statement]
    photos: Mapping[str, Attachment]
    units: Mapping[str, str]
    staff: Mapping[int, Staff] = field(default_factory=dict)

    def unit(self, code: object) -> str:
        """A unit's name by its code."""
        return self.units.get(str(code), str(code))

    def remark(self, facts: Mapping[str, object]) -> str:
        """The free text an event points at; nothing of it for the public, nothing once it was erased."""
        found = self.remarks.get(int(str(facts.get("remark", 0))))
        return "" if found is None or self.audience is Audience.PUBLIC else found.text

    def actor(self, key: str) -> str:
        """Who did it, in words: 诉求人, 系统, or a unit and a masked name."""
        who, _sep, number = key.partition(":")
        if who == "citizen" or who == "anyone":
            return _("诉求人")
        person = self.staff.get(int(number)) if who == "staff" else None
        if person is None:
            return _("系统")
        return f"{person.unit.name} {person.masked_name}"


def timeline(matter: Matter, *, audience: str = Audience.PETITIONER) -> list[TimelineEntry]:
    """The story of a matter, oldest first, in the reader's language. A constant number of statements (10)."""
    reader = Audience(audience)
    events = [
        event
        for event in Event.objects.filter(stream=matter.stream).order_by("seq")
        if reader is Audience.STAFF or Kind(event.kind) not in INTERNAL
    ]
    material = _material(matter, reader, events)
    return [entry for event in events if (entry := _entry(event, material)) is not None]


def told_ahead(
    matter: Matter, entries: Sequence[Entry], words: str, at: datetime, *, audience: str = Audience.PETITIONER
) -> list[TimelineEntry]:
    """How entries will be told that are not written yet; `words` is the free text their `remark` 0 points at."""
    reader = Audience(audience)
    events = [
        Event(kind=entry.kind.value, facts=dict(entry.facts), at=at)
        for entry in entries
        if reader is Audience.STAFF or entry.kind not in INTERNAL
    ]
    material = replace(_material(matter, reader, []), remarks={0: Remark(text=words)})
    return [entry for event in events if (entry := _entry(event, material)) is not None]


def _entry(event: Event, material: Material) -> TimelineEntry | None:
    teller = telling.TELLERS.get(Kind(event.kind))
    told = teller(event, material) if teller is not None else None
    if told is None:
        return None
    title, text = told
    shown = [] if material.audience is Audience.PUBLIC else event.facts.get("photos", [])
    photos = [material.photos[digest] for digest in shown if digest in material.photos]
    # Whoever registered set the rules going; it was not they who assigned.
    by_rule = event.kind == Kind.MATTER_ASSIGNED and event.facts.get("by") != "office"
    by = material.actor(SYSTEM.key if by_rule else event.actor)
    return TimelineEntry(event.at, event.kind, title, text, by, photos)


def _material(matter: Matter, audience: Audience, events: Sequence[Event]) -> Material:
    people = {int(key) for event in events if (key := event.actor.removeprefix("staff:")).isdigit()}
    return Material(
        matter=matter,
        audience=audience,
        remarks={row.pk: row for row in matter.remarks.all()},
        returns={row.pk: row for row in matter.return_requests.all()},
        extensions={row.pk: row for row in matter.extensions.all()},
        commitments={row.pk: row for row in matter.commitments.all()},
        statements={row.pk: row for row in matter.statements.all()},
        photos={row.digest: row for row in matter.attachments.all()},
        units=dict(Unit.objects.values_list("code", "name")),
        staff={row.pk: row for row in Staff.objects.select_related("unit").filter(pk__in=people)},
    )
