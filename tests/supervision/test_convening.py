"""Seats, convening, attendance, closing a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.core.events import Kind
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.chain import digest_of_text
from duban.journal.models import Event
from duban.supervision.meetings import convenable, docket_item, meeting_of, meetings, sitting_of
from duban.supervision.models import AgendaItem, Alarm, Attendance, Meeting, Paper, Seat
from duban.supervision.proving import altered
from duban.supervision.sweep import sweep
from duban.supervision.verbs.convening import convene, seat_people
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.docketing import file_paper
from duban.supervision.verbs.holding import call_off_meeting, close_meeting, record_attendance
from tests.city import at
from tests.stage import Stage

from .hard import MORNING, convened, docketed, settled, sitting

pytestmark = pytest.mark.django_db
NOW = at(MORNING)


def seats() -> list[int]:
    return list(Seat.objects.order_by("place").values_list("pk", flat=True))


def seated(stage: Stage) -> int:
    first = seats()[0]
    seat_people(seats={first: "member"}, actor=stage["office"], now=NOW)
    return first


def test_five_seats_are_there(stage: Stage) -> None:
    assert [seat.title for seat in Seat.objects.all()] == [
        "市委专职副书记",
        "常务副市长",
        "组织部长",
        "纪委书记",
        "市委办主任",
    ]


def test_seating(stage: Stage) -> None:
    first, second = seats()[:2]
    office = stage["office"]
    seat_people(seats={first: "member"}, actor=office, now=NOW)
    with pytest.raises(Refused, match="seat_taken_twice"):
        seat_people(seats={second: "member"}, actor=office, now=NOW)
    seat_people(seats={first: "", second: "member"}, actor=office, now=NOW)
    with pytest.raises(Refused, match="seat_not_member"):
        seat_people(seats={first: "leader"}, actor=office, now=NOW)
    with pytest.raises(Refused, match="seat_not_member"):
        seat_people(seats={first: "nobody"}, actor=office, now=NOW)
    with pytest.raises(Refused, match="seat_unknown"):
        seat_people(seats={0: ""}, actor=office, now=NOW)
    with pytest.raises(Forbidden):
        seat_people(seats={}, actor=stage["member"], now=NOW)
    assert Event.objects.filter(kind=Kind.SEATS_AMENDED).count() == 2
    assert Seat.objects.get(staff__username="member").pk == second


def test_who_sits_there_is_read_after_the_lock(stage: Stage) -> None:
    """Joined to the lock, PostgreSQL would show a seat that changed hands meanwhile as empty."""
    with CaptureQueriesContext(connection) as queries:
        seat_people(seats={}, actor=stage["office"], now=NOW)
    seats = [one["sql"] for one in queries if '"supervision_seat"' in one["sql"]]
    assert seats
    assert not [one for one in seats if "JOIN" in one]


def test_convening(stage: Stage) -> None:
    item, other = docketed(stage, stage.assigned()), docketed(stage, stage.assigned(title="另一件"))
    meeting = convened(stage, item)
    again = convened(stage, other, held_on=date(2014, 2, 20))
    assert [(one.year, one.serial) for one in (meeting, again)] == [(2014, 1), (2014, 2)]
    assert convenable() == []
    assert [one.pk for one in meetings().items] == [again.pk, meeting.pk]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"held_on": None}, "day_missing"),
        ({"held_on": date(2014, 2, 11)}, "meeting_day_past"),
        ({"place": " "}, "meeting_place_missing"),
        ({"items": []}, "agenda_empty"),
        ({"items": [0]}, "docket_none"),
    ],
)
def test_convening_refusals(stage: Stage, fields: dict[str, Any], code: str) -> None:
    item = docketed(stage, stage.assigned())
    given = {"held_on": NOW.date(), "place": "会议室", "items": [item.pk], **fields}
    with pytest.raises((Invalid, Refused), match=code):
        convene(**given, actor=stage["office"], now=NOW)
    with pytest.raises(Forbidden):
        convene(**given, actor=stage["member"], now=NOW)


def test_an_item_is_on_one_agenda_at_a_time(stage: Stage) -> None:
    item = docketed(stage, stage.completed(), "2014-02-08 17:00")
    convened(stage, item, now="2014-02-08 17:00")
    with pytest.raises(Refused, match="agenda_taken"):
        convened(stage, item)
    closed = docketed(stage, stage.completed(title="另一件"), "2014-02-08 17:00")
    stage.judge(closed.matter, 5)
    with pytest.raises(Refused, match="already_closed"):
        convened(stage, closed)


def test_closing_carries_over(stage: Stage) -> None:
    first, second = docketed(stage, stage.handling()), docketed(stage, stage.handling(title="另一件"))
    meeting, seat, office = convened(stage, first, second), seated(stage), stage["office"]
    with pytest.raises(Refused, match="meeting_nobody"):
        close_meeting(meeting=meeting.pk, minutes="议定", actor=office, now=NOW)
    record_attendance(meeting=meeting.pk, chair=seat, present=[seat], actor=office, now=NOW)
    decide(item=first.pk, meeting=meeting.pk, kind="keep", reason="继续办", actor=stage["member"], now=NOW)
    with pytest.raises(Invalid, match="minutes_missing"):
        close_meeting(meeting=meeting.pk, minutes=" ", actor=office, now=NOW)
    close_meeting(meeting=meeting.pk, minutes="议定一件。", actor=office, now=NOW)
    held = meeting_of(meeting.pk)
    assert [one.carried for one in held.agenda.all()] == [False, True]
    second.refresh_from_db()
    assert second.state == "open"
    assert [one.pk for one in convenable()] == [second.pk]
    with pytest.raises(Refused, match="meeting_over"):
        close_meeting(meeting=meeting.pk, minutes="x", actor=office, now=NOW)
    with pytest.raises(Refused, match="meeting_over"):
        decide(item=second.pk, meeting=meeting.pk, kind="keep", reason="x", actor=stage["member"], now=NOW)
    with pytest.raises(Forbidden):
        close_meeting(meeting=meeting.pk, minutes="x", actor=stage["member"], now=NOW)


def test_attendance_refusals(stage: Stage) -> None:
    meeting, seat, office = convened(stage, docketed(stage, stage.assigned())), seated(stage), stage["office"]
    empty = seats()[1]
    given: dict[str, Any] = {"meeting": meeting.pk, "actor": office, "now": NOW}
    with pytest.raises(Refused, match="seat_unknown"):
        record_attendance(chair=0, present=[0], **given)
    with pytest.raises(Refused, match="chair_absent"):
        record_attendance(chair=None, present=[seat], **given)
    with pytest.raises(Refused, match="seat_empty"):
        record_attendance(chair=empty, present=[empty], **given)
    with pytest.raises(Unknown):
        record_attendance(chair=seat, present=[seat], **{**given, "meeting": 0})
    record_attendance(chair=seat, present=[seat], **given)
    record_attendance(chair=seat, present=[seat], **given)
    assert meeting.attendances.count() == 1


def test_nothing_before_its_day(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    meeting, seat = convened(stage, item, held_on=date(2014, 2, 20)), seated(stage)
    with pytest.raises(Refused, match="meeting_not_yet"):
        record_attendance(meeting=meeting.pk, chair=seat, present=[seat], actor=stage["office"], now=NOW)
    with pytest.raises(Refused, match="meeting_not_yet"):
        decide(item=item.pk, meeting=meeting.pk, kind="keep", reason="x", actor=stage["member"], now=NOW)


def test_only_who_is_there_decides(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    meeting, (first, second) = convened(stage, item), seats()[:2]
    stage.staff["leader"].roles = ["leader", "member"]
    stage.staff["leader"].save()
    seat_people(seats={first: "member", second: "leader"}, actor=stage["office"], now=NOW)
    entered: dict[str, Any] = {"item": item.pk, "meeting": meeting.pk, "kind": "keep", "reason": "继续办"}
    with pytest.raises(Refused, match="meeting_nobody"):
        decide(**entered, actor=stage["member"], now=NOW)
    noted: dict[str, Any] = {"meeting": meeting.pk, "actor": stage["office"], "now": NOW}
    record_attendance(chair=second, present=[second], **noted)
    with pytest.raises(Refused, match="meeting_absent"):
        decide(**entered, actor=stage["member"], now=NOW)
    record_attendance(chair=second, present=[first, second], **noted)
    record_attendance(chair=second, present=[second], **noted)
    assert [(one.seat_id, one.present) for one in meeting.attendances.order_by("seat__place")] == [
        (first, False),
        (second, True),
    ]
    assert [one.seat_id for one in meeting_of(meeting.pk).attendances.all()] == [second]
    with pytest.raises(Refused, match="meeting_absent"):
        decide(**entered, actor=stage["member"], now=NOW)
    record_attendance(chair=second, present=[first, second], **noted)
    decide(**entered, actor=stage["member"], now=NOW)
    with pytest.raises(Refused, match="attendance_decided"):
        record_attendance(chair=second, present=[second], **noted)


def test_who_has_decided_was_there_whoever_holds_the_seat_by_now(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    meeting, (first, second) = sitting(stage, item), seats()[:2]
    settled(stage, item, meeting, "keep")
    stage.staff["leader"].roles = ["leader", "member"]
    stage.staff["leader"].save()
    seat_people(seats={first: "leader", second: "member"}, actor=stage["office"], now=NOW)
    noted: dict[str, Any] = {"meeting": meeting.pk, "actor": stage["office"], "now": NOW}
    with pytest.raises(Refused, match="seat_taken_twice"):
        record_attendance(chair=first, present=[first, second], **noted)
    record_attendance(chair=first, present=[first], **noted)
    assert [one.staff.username for one in meeting_of(meeting.pk).attendances.all()] == ["member"]


def test_every_change_of_attendance_is_on_record(stage: Stage) -> None:
    meeting = convened(stage, docketed(stage, stage.handling()))
    first, second = seats()[:2]
    stage.staff["leader"].roles = ["leader", "member"]
    stage.staff["leader"].save()
    seat_people(seats={first: "member", second: "leader"}, actor=stage["office"], now=NOW)
    for chair, present in ((first, [first]), (first, [first]), (second, [second, first]), (first, [first])):
        record_attendance(meeting=meeting.pk, chair=chair, present=present, actor=stage["office"], now=NOW)
    one, two = stage.staff["member"].pk, stage.staff["leader"].pk
    found = Event.objects.filter(stream=meeting.stream, kind=Kind.ATTENDANCE_RECORDED).order_by("seq")
    assert [event.facts for event in found] == [
        {"chair": first, "present": [[first, one]]},
        {"chair": second, "present": [[first, one], [second, two]]},
        {"chair": first, "present": [[first, one]]},
    ]


def test_nothing_of_a_meeting_can_be_deleted(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    file_paper(item=item.pk, kind="option", text="由水利局牵头。", actor=stage["office"], now=NOW)
    sitting(stage, item)
    sweep(NOW)
    for model in (Paper, Attendance, AgendaItem, Alarm, Seat):
        assert model.objects.exists()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def called_off(stage: Stage, meeting: Meeting, reason: str = "日子定错了", who: str = "office") -> Meeting:
    return call_off_meeting(meeting=meeting.pk, reason=reason, actor=stage[who], now=NOW)


def test_a_meeting_called_off_frees_its_items_and_keeps_its_number(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    wrong = convened(stage, item, held_on=date(2024, 2, 12))
    assert convenable() == []
    called_off(stage, wrong)
    assert [one.pk for one in convenable()] == [item.pk]
    again = convened(stage, item)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.closed_at, wrong.called_off_reason) == ("off", NOW, "日子定错了")
    assert (again.year, again.serial, sitting_of(docket_item(item.pk, stage["office"]))) == (2014, 1, again)
    (event,) = Event.objects.filter(stream=wrong.stream, kind=Kind.MEETING_CALLED_OFF)
    assert event.facts == {"called_off": digest_of_text("日子定错了")}
    assert list(altered()) == []
    Meeting.objects.filter(pk=wrong.pk).update(called_off_reason="别的")
    assert list(altered()) == [f"{wrong.stream}: called_off is not what the journal says"]


def test_what_cannot_be_called_off(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    meeting = sitting(stage, item)
    with pytest.raises(Invalid, match="reason_missing"):
        called_off(stage, meeting, " ")
    with pytest.raises(Forbidden):
        called_off(stage, meeting, who="member")
    with pytest.raises(Unknown):
        call_off_meeting(meeting=0, reason="x", actor=stage["office"], now=NOW)
    settled(stage, item, meeting, "keep")
    with pytest.raises(Refused, match="meeting_decided"):
        called_off(stage, meeting)
    close_meeting(meeting=meeting.pk, minutes="议定一件。", actor=stage["office"], now=NOW)
    with pytest.raises(Refused, match="meeting_over"):
        called_off(stage, meeting)


def test_nothing_is_done_at_a_meeting_called_off(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    meeting = sitting(stage, item)
    called_off(stage, meeting)
    with pytest.raises(Refused, match="meeting_over"):
        settled(stage, item, meeting, "keep")
    with pytest.raises(Refused, match="meeting_over"):
        close_meeting(meeting=meeting.pk, minutes="x", actor=stage["office"], now=NOW)
