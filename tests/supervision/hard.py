"""Hard matters on the stage: shortcuts to docket, meeting and decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from duban.core.events import Consumer, Kind
from duban.core.rights import SYSTEM
from duban.journal.models import Event, Outbox
from duban.journal.recording import Entry
from duban.matters.models import Matter
from duban.matters.verbs.assigning import request_return, rule_return
from duban.matters.verbs.deed import keep, lock, write
from duban.supervision.models import Decision, DocketItem, Meeting, Seat
from duban.supervision.verbs.convening import convene, seat_people
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.docketing import put_on_docket
from duban.supervision.verbs.holding import record_attendance
from tests.city import at
from tests.stage import Stage

MORNING = "2014-02-12 09:00"


def docketed(stage: Stage, matter: Matter, now: str = MORNING) -> DocketItem:
    """Put on the docket by hand."""
    return put_on_docket(matter=matter.number, reason="各方意见不一", actor=stage["office"], now=at(now))


def convened(stage: Stage, *items: DocketItem, held_on: date | None = None, now: str = MORNING) -> Meeting:
    """A meeting on the day itself."""
    return convene(
        held_on=held_on or at(now).date(),
        place="市委二楼会议室",
        items=[item.pk for item in items],
        actor=stage["office"],
        now=at(now),
    )


def attended(stage: Stage, meeting: Meeting, now: str = MORNING) -> Meeting:
    """The member sits on the first seat, is there, and has the chair."""
    return attend(stage, meeting.pk, at(now))


def attend(stage: Stage, meeting: int, now: datetime) -> Meeting:
    """The same, by the meeting's id and at an instant."""
    office, seat = stage["office"], Seat.objects.earliest("place").pk
    seat_people(seats={seat: "member"}, actor=office, now=now)
    return record_attendance(meeting=meeting, chair=seat, present=[seat], actor=office, now=now)


def sitting(stage: Stage, *items: DocketItem, now: str = MORNING) -> Meeting:
    """Convened for the day itself, and the member is there."""
    return attended(stage, convened(stage, *items, now=now), now)


def settled(
    stage: Stage, item: DocketItem, meeting: Meeting, kind: str, now: str = MORNING, **fields: Any
) -> Decision:
    """Decided by the member at a meeting."""
    given: dict[str, Any] = {
        "reason": "管网改造须由主管部门统筹。",
        "actor": stage["member"],
        "now": at(now),
        **fields,
    }
    return decide(item=item.pk, meeting=meeting.pk, kind=kind, **given)


def decided(stage: Stage, matter: Matter, kind: str, now: str = MORNING, **fields: Any) -> Decision:
    """Docketed, convened, held and decided within the hour."""
    item = docketed(stage, matter, now)
    return settled(stage, item, sitting(stage, item, now=now), kind, now, **fields)


def returned(stage: Stage, matter: Matter, now: str, unit: str) -> None:
    """The unit's return is granted, and the matter goes on to another at once."""
    actor = stage["handler"] if matter.unit_id == "zhaiyang" else stage["handler2"]
    request_return(matter=matter.number, reason="不属本单位", suggested=unit, actor=actor, now=at(now))
    rule_return(matter=matter.number, granted=True, note="", unit=unit, actor=stage["office"], now=at(now))


def ballot_closed(matter: Matter, outcome: str, now: str) -> Event:
    """As the ballots' own verb records it."""
    held = lock(matter.number, at(now))
    facts = {"ballot": 1, "round": 1, "roll": 9, "votes": 3, "dissatisfied": 2, "outcome": outcome}
    (event,) = write(held, Entry(Kind.BALLOT_CLOSED, facts), actor=SYSTEM, at=at(now))
    keep(held)
    return event


def owe_again(event: Event) -> None:
    """The docket is owed an event once more, as after a restored backup."""
    Outbox.objects.create(event=event, consumer=Consumer.DOCKET.value, next_at=event.at)


def events_of(matter: Matter, *kinds: Kind) -> list[Event]:
    """The matter's events of some kinds, oldest first."""
    found = Event.objects.filter(stream=matter.stream).order_by("seq")
    return list(found.filter(kind__in=[kind.value for kind in kinds]) if kinds else found)
