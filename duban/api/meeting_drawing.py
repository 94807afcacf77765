"""Drawing docket and joint meeting as JSON."""

from __future__ import annotations

from datetime import datetime

from duban.core.rights import Actor, Verb, may
from duban.core.zone import day_of
from duban.supervision import meetings
from duban.supervision.models import AgendaItem, Decision, DocketItem, Meeting, Seat

from .answers import Json, day, moment
from .drawing import unit_of


def row(item: DocketItem, now: datetime) -> dict[str, object]:
    """An item of the docket in a list."""
    sitting = meetings.sitting_of(item)
    return {
        "id": item.pk,
        "number": item.matter.number,
        "title": item.matter.title,
        "unit": unit_of(item.matter.unit),
        "light": item.matter.light(now).value,
        "status": item.matter.status(now).value,
        "state": item.state,
        "since": moment(item.since),
        "settled_at": moment(item.settled_at),
        "days": meetings.age_days(item, now),
        "grounds": [
            {
                "ground": one.ground,
                "since": moment(one.since),
                "note": one.note,
                "by": one.by.display_name if one.by else None,
            }
            for one in item.grounds.all()
        ],
        "meeting": sitting.pk if sitting else None,
    }


def item(one: DocketItem, actor: Actor, now: datetime) -> Json:
    """An item with its papers; its decision for whom the meeting's affairs are."""
    decided = one.decided if may(actor, Verb.SEE_MEETING) else None
    return {
        **row(one, now),
        "dropped_reason": one.dropped_reason,
        "papers": [
            {"kind": paper.kind, "text": paper.text, "unit": unit_of(paper.unit), "at": moment(paper.at)}
            for paper in one.papers.all()
        ],
        "decision": decision(decided, actor) if decided else None,
    }


def decision(one: Decision, actor: Actor) -> dict[str, object]:
    """A decision; its reason for whoever may read it."""
    return {
        "id": one.pk,
        "kind": one.kind,
        "reason": one.reason if meetings.reads_reason(one, actor) else None,
        "meeting": one.meeting_id,
        "unit": unit_of(one.unit) if one.unit else None,
        "day": day(one.day),
        "by": one.by.display_name,
        "at": moment(one.at),
        "follow_up_unit": unit_of(one.follow_up_unit) if one.follow_up_unit else None,
        "follow_up_due_on": day(one.follow_up_due_on),
        "follow_up_demand": one.follow_up_demand,
        "follow_up_reports": [
            {"text": report.text, "by": report.by.display_name, "at": moment(report.at)}
            for report in one.reports.all()
        ],
        "followed_up_at": moment(one.followed_up_at),
        "follow_up_done": one.follow_up_done,
        "follow_up_note": one.follow_up_note,
    }


def follow_up(one: Decision, actor: Actor, now: datetime) -> Json:
    """A follow-up that waits to be reviewed."""
    light = one.follow_up_light(day_of(now))
    return {
        "item": one.item_id,
        "number": one.item.matter.number,
        "title": one.item.matter.title,
        "light": light.value if light else None,
        "decision": decision(one, actor),
    }


def referral(one: Decision) -> Json:
    """What was referred to discipline inspection."""
    return {
        "number": one.item.matter.number,
        "unit": unit_of(one.unit) if one.unit else None,
        "text": one.reason,
        "at": moment(one.at),
    }


def meeting_row(one: Meeting) -> dict[str, object]:
    """A meeting in a list."""
    return {
        "id": one.pk,
        "year": one.year,
        "serial": one.serial,
        "held_on": day(one.held_on),
        "place": one.venue,
        "state": one.state,
        "items": [entry.item_id for entry in one.agenda.all()],
    }


def meeting(one: Meeting, actor: Actor) -> dict[str, object]:
    """A meeting with everything on its page, as `meeting_of` reads it."""
    return {
        **meeting_row(one),
        "chair": one.chair_id,
        "present": [
            {
                "seat": there.seat_id,
                "title": there.seat.title,
                "username": there.staff.username,
                "display_name": there.staff.display_name,
            }
            for there in one.attendances.all()
        ],
        "agenda": [_entry(entry, actor) for entry in one.agenda.all()],
        "minutes": one.minutes,
        "called_off_reason": one.called_off_reason,
        "convened_at": moment(one.convened_at),
        "closed_at": moment(one.closed_at),
    }


def seats(rows: list[Seat]) -> dict[str, object]:
    """The seats and who sits there."""
    drawn = [
        {
            "id": one.pk,
            "title": one.title,
            "place": one.place,
            "username": one.staff.username if one.staff else None,
            "display_name": one.staff.display_name if one.staff else None,
            "since": moment(one.since) if one.staff else None,
        }
        for one in rows
    ]
    return {"items": drawn, "next": None}


def _entry(one: AgendaItem, actor: Actor) -> Json:
    decided = None if one.carried else one.item.decided
    return {
        "place": one.place,
        "item": one.item_id,
        "number": one.item.matter.number,
        "title": one.item.matter.title,
        "state": one.item.state,
        "carried": one.carried,
        "decision": decision(decided, actor) if decided else None,
    }
