"""Holding a joint meeting that was convened: who is there, its closing with minutes, or calling it off (domain rule 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb, require
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry, record
from duban.matters.verbs.forms import Form
from duban.people.models import Staff

from ..models import DocketItem, Meeting, Seat


@transaction.atomic
def record_attendance(
    *, meeting: int, chair: int | None, present: Sequence[int], actor: Actor, now: datetime
) -> Meeting:
    """Who is there and who is in the chair; may be mended until the meeting is closed.

    Only then can its members decide, and whoever has decided was there. Nothing is deleted: who turns out not to be
    there is marked so. Raises Refused: meeting_not_yet, meeting_over, seat_unknown, seat_empty, seat_taken_twice,
    chair_absent, attendance_decided; Forbidden; Unknown.
    """
    require(actor, Verb.CONVENE)
    held = open_meeting(meeting, now)
    seats = {seat.pk: seat for seat in Seat.objects.select_related("staff").all()}
    if not set(present) <= seats.keys():
        raise Refused("seat_unknown")
    if chair not in present:
        raise Refused("chair_absent", field="chair")
    before = _facts(held, _there(held))
    sitting = _sitting(held, sorted((seats[seat] for seat in set(present)), key=lambda seat: seat.place))
    for seat, person in sitting.items():
        held.attendances.update_or_create(seat_id=seat, defaults={"staff_id": person, "present": True})
    held.attendances.exclude(seat__in=sitting).update(present=False)
    held.chair = seats[chair] if chair is not None else None
    held.save(update_fields=["chair"])
    if (facts := _facts(held, sitting)) != before:
        record(held.stream, Entry(Kind.ATTENDANCE_RECORDED, facts), actor=actor, at=now)
    return held


@transaction.atomic
def close_meeting(*, meeting: int, minutes: str, actor: Actor, now: datetime) -> Meeting:
    """Close the meeting with its minutes. What was not decided is carried over and stays open on the docket.

    Raises Invalid (minutes); Refused: meeting_not_yet, meeting_over, meeting_nobody; Forbidden; Unknown.
    """
    require(actor, Verb.CONVENE)
    held = open_meeting(meeting, now)
    require_chair(held)
    form = Form()
    minutes = form.note("minutes", minutes, missing="minutes_missing")
    form.check()
    carried = held.agenda.filter(item__state=DocketItem.State.OPEN)
    carried_items = list(carried.order_by("place").values_list("item", flat=True))
    carried.update(carried=True)
    held.minutes, held.state, held.closed_at = minutes, Meeting.State.CLOSED, now
    held.save(update_fields=["minutes", "state", "closed_at"])
    facts = {
        "minutes": digest_of_text(minutes),
        "carried": carried_items,
        **_facts(held, _there(held)),
    }
    record(held.stream, Entry(Kind.MEETING_CLOSED, facts), actor=actor, at=now)
    return held


@transaction.atomic
def call_off_meeting(*, meeting: int, reason: str, actor: Actor, now: datetime) -> Meeting:
    """Call off a meeting nothing was decided at, before or on its day or after; its items are free for another.

    Raises Invalid (reason); Refused: meeting_over, meeting_decided; Forbidden; Unknown.
    """
    require(actor, Verb.CONVENE)
    held = convened_meeting(meeting)
    if held.decisions.exists():
        raise Refused("meeting_decided")
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    held.called_off_reason, held.state, held.closed_at = reason, Meeting.State.CALLED_OFF, now
    held.save(update_fields=["called_off_reason", "state", "closed_at"])
    record(
        held.stream,
        Entry(Kind.MEETING_CALLED_OFF, {"called_off": digest_of_text(reason)}),
        actor=actor,
        at=now,
    )
    return held


def open_meeting(meeting: int, now: datetime, *, locked: bool = True) -> Meeting:
    """A convened meeting whose day has come, locked. Raises Unknown; Refused: meeting_over, meeting_not_yet."""
    held = convened_meeting(meeting, locked=locked)
    if day_of(now) < held.held_on:
        raise Refused("meeting_not_yet", day=held.held_on)
    return held


def convened_meeting(meeting: int, *, locked: bool = True) -> Meeting:
    """A meeting neither closed nor called off, locked; only to look at it, not. Raises Unknown; Refused: meeting_over."""
    rows = Meeting.objects.filter(pk=meeting)
    held = (rows.select_for_update() if locked else rows).first()
    if held is None:
        raise Unknown("meeting_none")
    if held.state != Meeting.State.CONVENED:
        raise Refused("meeting_over")
    return held


def require_chair(held: Meeting) -> None:
    """Raise Refused(`meeting_nobody`) until it is noted who is there and who is in the chair."""
    if held.chair_id is None:
        raise Refused("meeting_nobody")


def _there(held: Meeting) -> dict[int, int]:
    """Who is noted as present, by seat, in the order of the table."""
    return dict(held.attendances.filter(present=True).order_by("seat__place").values_list("seat", "staff"))


def _sitting(held: Meeting, seats: Sequence[Seat]) -> dict[int, int]:
    """Who sits on these seats; where somebody sat who has decided since, that one, whoever holds the seat by now."""
    noted, decided = _there(held), set(held.decisions.values_list("by", flat=True))
    sitting: dict[int, int] = {}
    for seat in seats:
        person = noted[seat.pk] if noted.get(seat.pk) in decided else seat.staff_id
        if person is None:
            raise Refused("seat_empty", seat=seat.title)
        sitting[seat.pk] = person
    if len(sitting) != len(set(sitting.values())):
        raise Refused("seat_taken_twice")
    if missing := decided - set(sitting.values()):
        raise Refused("attendance_decided", person=Staff.objects.get(pk=min(missing)).display_name)
    return sitting


def _facts(held: Meeting, present: Mapping[int, int]) -> dict[str, object]:
    """Who is in the chair and who is there, seat by seat, as facts."""
    return {"chair": held.chair_id, "present": [[seat, staff] for seat, staff in present.items()]}
