"""Seating and convening the joint meeting (domain rule 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Role, Verb, require
from duban.core.texts import PLACE_LIMIT, one_line
from duban.core.zone import day_of
from duban.journal.recording import Entry, record
from duban.matters.verbs.deed import staff_id
from duban.matters.verbs.forms import Form
from duban.people.models import Staff

from ..models import AgendaItem, DocketItem, Meeting, Seat

SEATS = "seats"
"""The stream of who sits where."""


@transaction.atomic
def seat_people(*, seats: Mapping[int, str], actor: Actor, now: datetime) -> list[Seat]:
    """The office seats people: user names by seat, blank for nobody. Only members of the joint meeting can sit.

    Raises Refused: seat_unknown, seat_not_member, seat_taken_twice; Forbidden.
    """
    require(actor, Verb.CONVENE)
    rows = {seat.pk: seat for seat in _seats()}
    if not seats.keys() <= rows.keys():
        raise Refused("seat_unknown")
    wanted = {seat: _member(name) if name else None for seat, name in seats.items()}
    after = {pk: wanted.get(pk, row.staff) for pk, row in rows.items()}
    seated = [person.pk for person in after.values() if person is not None]
    if len(seated) != len(set(seated)):
        raise Refused("seat_taken_twice")
    changed = [row for pk, row in rows.items() if row.staff != after[pk]]
    for row in changed:  # first everybody up: two may change places
        row.staff, row.since = None, now
        row.save(update_fields=["staff", "since"])
    for row in changed:
        row.staff = after[row.pk]
        row.save(update_fields=["staff"])
    if changed:
        facts = {"seats": {str(row.pk): row.staff.pk if row.staff else None for row in changed}}
        record(SEATS, Entry(Kind.SEATS_AMENDED, facts), actor=actor, at=now)
    return list(rows.values())


@transaction.atomic
def convene(
    *, held_on: date | None, place: str, items: Sequence[int], actor: Actor, now: datetime
) -> Meeting:
    """The office convenes a meeting on a day (today or later) with open items of the docket as its agenda.

    Raises Invalid (held_on, place, items); Refused: docket_none, docket_settled, agenda_taken, already_closed,
    docket_follows_lead; Forbidden.
    """
    require(actor, Verb.CONVENE)
    _seats()  # one meeting is numbered at a time
    form = Form()
    if held_on is None:
        form.wrong("held_on", "day_missing")
    elif held_on < day_of(now):
        form.wrong("held_on", "meeting_day_past")
    venue = form.take("place", lambda: _venue(place))
    if not items:
        form.wrong("items", "agenda_empty")
    form.check()
    assert held_on is not None  # noqa: S101 - the form has checked it
    assert venue is not None  # noqa: S101 - and this
    wanted = list(dict.fromkeys(items))
    rows = {
        row.pk: row
        for row in DocketItem.objects.select_for_update(of=("self",))
        .select_related("matter")
        .filter(pk__in=wanted)
        .order_by("pk")
    }
    for item in wanted:
        _may_be_listed(rows.get(item))
    last = Meeting.objects.filter(year=held_on.year).aggregate(last=Max("serial"))["last"]
    meeting = Meeting.objects.create(
        year=held_on.year,
        serial=(last or 0) + 1,
        held_on=held_on,
        venue=venue,
        convened_by_id=staff_id(actor),
        convened_at=now,
    )
    AgendaItem.objects.bulk_create(
        [AgendaItem(meeting=meeting, item=rows[item], place=place) for place, item in enumerate(wanted, 1)]
    )
    facts = {"held_on": held_on.isoformat(), "items": wanted}
    record(meeting.stream, Entry(Kind.MEETING_CONVENED, facts), actor=actor, at=now)
    return meeting


def _seats() -> list[Seat]:
    """The seats, locked: they serialise seating and the numbering of meetings.

    Who sits there is read after the lock: joined to it, a seat that changed hands meanwhile would look empty.
    """
    return list(Seat.objects.select_for_update().prefetch_related("staff").order_by("place"))


def _member(username: str) -> Staff:
    person = Staff.objects.filter(username=username, is_active=True).first()
    if person is None or Role.MEMBER.value not in person.roles:
        raise Refused("seat_not_member", person=person.display_name if person else username)
    return person


def _venue(place: str) -> str:
    return one_line(place, limit=PLACE_LIMIT, missing="meeting_place_missing", long="place_long")


def _may_be_listed(item: DocketItem | None) -> None:
    if item is None:
        raise Refused("docket_none", field="items")
    if item.state != DocketItem.State.OPEN:
        raise Refused("docket_settled", field="items")
    if item.matter.state == State.CLOSED:
        raise Refused("already_closed", field="items")
    if item.matter.lead_id is not None:
        raise Refused("docket_follows_lead", field="items")
    taken = item.agenda.filter(meeting__state=Meeting.State.CONVENED).select_related("meeting").first()
    if taken is not None:
        raise Refused("agenda_taken", field="items", number=item.matter.number, meeting=str(taken.meeting))
