"""The sweep (domain rule 5): exactly one alarm a boundary, dated to the boundary, held by who held it then."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.catalogue.book import book
from duban.catalogue.models import PolicyVersion
from duban.catalogue.revisions import bump
from duban.core.events import Consumer
from duban.core.lights import Light
from duban.core.refusal import Refused
from duban.journal.models import Event, Outbox
from duban.matters.boundaries import cross
from duban.matters.models import Matter
from duban.matters.verbs.assigning import assign, hand_over, request_return, rule_return
from duban.matters.verbs.timing import request_extension, rule_extension
from duban.supervision.models import Alarm
from duban.supervision.queries import recent_alarms
from duban.supervision.sweep import sweep
from tests.city import at
from tests.stage import Stage


def alarms(matter: Matter) -> list[tuple[str, int, str, object]]:
    rows = Alarm.objects.filter(matter=matter).order_by("at", "id")
    return [(row.clock, row.run, row.boundary, row.at) for row in rows]


def recorded(matter: Matter) -> list[tuple[str, object]]:
    """What the journal says happened by itself, in the order of the stream."""
    events = Event.objects.filter(stream=matter.stream, actor="system", kind__contains=".").order_by("seq")
    silence = {"alarm.raised", "verdict.reminded", "callback.fell_due"}
    return [(event.kind, event.at) for event in events if event.kind in silence]


def handling(stage: Stage) -> Matter:
    """Accepted before the acceptance clock warned, so that nothing has been crossed yet: due 2014-02-10."""
    return stage.accept(stage.assigned(), now="2014-01-30 07:30")


def completed(stage: Stage) -> Matter:
    """Completed on 2014-02-08 16:40, in time."""
    return stage.complete(handling(stage))


YELLOW, RED = at("2014-02-10 00:00:00"), at("2014-02-11 00:00:00")


@pytest.mark.parametrize(
    ("now", "raised"),
    [
        (YELLOW - timedelta(seconds=1), []),
        (YELLOW, ["yellow"]),
        (at("2014-02-10 23:59:59"), ["yellow"]),  # due still passes
        (RED, ["yellow", "red"]),
        (RED + timedelta(days=40), ["yellow", "red"]),
    ],
)
def test_a_boundary_is_crossed_to_the_second(stage: Stage, now: object, raised: list[str]) -> None:
    matter = handling(stage)
    assert stage.again(matter).light(now).value == (raised[-1] if raised else "green")  # type: ignore[arg-type]
    assert sweep(now) == len(raised)  # type: ignore[arg-type]
    assert [boundary for _, _, boundary, _ in alarms(matter)] == raised


def test_forty_days_of_downtime_raise_each_once_under_its_own_date(stage: Stage) -> None:
    matter = handling(stage)
    back = RED + timedelta(days=40)
    assert sweep(back) == 2
    run = matter.clock_run
    assert alarms(matter) == [("completion", run, "yellow", YELLOW), ("completion", run, "red", RED)]
    assert sweep(back) == 0
    assert sweep(back + timedelta(days=1)) == 0
    assert stage.again(matter).look_at is None
    assert recorded(matter) == [("alarm.raised", YELLOW), ("alarm.raised", RED)]


def test_after_red_nothing_is_looked_for_until_the_clock_is_set_anew(stage: Stage) -> None:
    matter = stage.assigned()
    assert sweep(at("2014-01-31 00:00:00")) == 2
    matter = stage.accept(stage.again(matter), now="2014-01-31 09:00")
    assert matter.look_at == matter.clock_warn_at
    assert sweep(matter.clock_warn_at) == 1
    assert [(clock, boundary) for clock, _, boundary, _ in alarms(matter)] == [
        ("acceptance", "yellow"),
        ("acceptance", "red"),
        ("completion", "yellow"),
    ]


def test_a_verb_that_moves_a_matter_first_records_what_it_had_crossed(stage: Stage) -> None:
    matter = stage.assigned()  # due 2014-01-30 23:59:59, and no worker runs
    accepted = stage.accept(matter, now="2014-02-07 09:00")
    assert recorded(accepted) == [
        ("alarm.raised", matter.clock_warn_at),
        ("alarm.raised", matter.reading.late_from),
    ]
    assert sweep(at("2014-02-07 09:01")) == 0  # recorded already; the sweep only enters them
    assert alarms(accepted) == [
        ("acceptance", matter.clock_run, "yellow", matter.clock_warn_at),
        ("acceptance", matter.clock_run, "red", matter.reading.late_from),
    ]


def test_a_refused_verb_leaves_the_boundary_to_the_sweep(stage: Stage) -> None:
    matter = stage.assigned()
    with pytest.raises(Refused):
        stage.accept(matter, now="2014-02-07 09:00", standard=None)
    assert recorded(matter) == []
    assert sweep(at("2014-02-07 09:01")) == 2


def test_who_held_the_matter_at_the_boundary_answers_for_it(stage: Stage) -> None:
    matter = handling(stage)
    hand_over(matter=matter.number, handler="head", actor=stage["head"], now=at("2014-02-10 12:00"))
    sweep(RED)
    yellow, red = Alarm.objects.filter(matter=matter).order_by("at")
    assert (yellow.unit_id, yellow.handler) == ("zhaiyang", stage.staff["handler"])
    assert (red.unit_id, red.handler) == ("zhaiyang", stage.staff["head"])


def test_the_unit_that_let_it_pass_answers_though_it_was_returned_since(stage: Stage) -> None:
    matter = stage.assigned()
    request_return(
        matter=matter.number, reason="属住建局职责。", suggested="zhujian", actor=stage["handler"],
        now=at("2014-01-30 23:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", actor=stage["office"], now=at("2014-01-31 10:00")
    )
    assign(matter=matter.number, unit="zhujian", actor=stage["office"], now=at("2014-01-31 10:05"))
    sweep(at("2014-01-31 10:10"))
    assert {(alarm.unit_id, alarm.boundary) for alarm in Alarm.objects.filter(matter=matter)} == {
        ("zhaiyang", "yellow"),
        ("zhaiyang", "red"),
    }


def test_an_extension_arms_the_alarms_again(stage: Stage) -> None:
    matter = handling(stage)
    sweep(YELLOW)
    request_extension(
        matter=matter.number, reason="需再购水管。", due_on=date(2014, 2, 14), actor=stage["handler"],
        now=at("2014-02-10 09:00"),
    )  # fmt: skip
    rule_extension(
        matter=matter.number, granted=True, note="", actor=stage["office"], now=at("2014-02-10 10:00")
    )
    later = stage.again(matter)
    sweep(at("2014-03-10 09:00"))
    assert alarms(matter) == [
        ("completion", matter.clock_run, "yellow", YELLOW),
        ("completion", later.clock_run, "yellow", at("2014-02-14 00:00:00")),
        ("completion", later.clock_run, "red", at("2014-02-15 00:00:00")),
    ]


def test_silence_is_reminded_and_then_called_about_once_each(stage: Stage) -> None:
    matter = completed(stage)  # 2014-02-08 16:40
    done = at("2014-02-08 16:40")
    assert sweep(done + timedelta(days=3) - timedelta(seconds=1)) == 0
    assert sweep(done + timedelta(days=40)) == 2
    assert recorded(matter) == [
        ("verdict.reminded", done + timedelta(days=3)),
        ("callback.fell_due", done + timedelta(days=7)),
    ]
    assert sweep(done + timedelta(days=41)) == 0
    assert alarms(matter) == []


def test_a_second_round_is_reminded_about_again(stage: Stage) -> None:
    matter = completed(stage)
    sweep(at("2014-02-12 09:00"))
    stage.judge(matter, 1, now="2014-02-12 10:00")
    stage.complete(matter, now="2014-02-13 10:00")
    sweep(at("2014-02-25 09:00"))
    assert [kind for kind, _ in recorded(matter)] == [
        "verdict.reminded", "verdict.reminded", "callback.fell_due",
    ]  # fmt: skip


def test_a_longer_patience_set_meanwhile_is_kept_and_nobody_is_reminded_twice(stage: Stage) -> None:
    matter = completed(stage)
    _policy(verdict_reminder_days=5)
    assert sweep(at("2014-02-11 17:00")) == 0
    assert sweep(at("2014-02-13 16:40")) == 1
    _policy(verdict_reminder_days=6)
    assert sweep(at("2014-02-20 16:40")) == 1
    assert recorded(matter) == [
        ("verdict.reminded", at("2014-02-13 16:40")),
        ("callback.fell_due", at("2014-02-15 16:40")),
    ]


def test_a_reminder_and_a_callback_on_the_same_day_are_two_events(stage: Stage) -> None:
    _policy(verdict_reminder_days=7)
    matter = completed(stage)
    assert sweep(at("2014-02-15 16:40")) == 2
    assert recorded(matter) == [
        ("verdict.reminded", at("2014-02-15 16:40")),
        ("callback.fell_due", at("2014-02-15 16:40")),
    ]


def test_a_closed_matter_is_left_alone(stage: Stage) -> None:
    stage.closed()
    assert sweep(at("2014-06-01 09:00")) == 0


def test_an_alarm_does_not_break_the_chain_of_the_stream(stage: Stage) -> None:
    matter = handling(stage)
    sweep(RED)
    done = stage.complete(matter, now="2014-02-12 09:00")
    events = list(Event.objects.filter(stream=matter.stream).order_by("seq"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert all(one.hash == two.prev for one, two in pairwise(events))
    assert (done.journal_seq, done.journal_hash) == (events[-1].seq, events[-1].hash)
    assert done.light(at("2014-03-01 09:00")) is Light.RED


def test_the_limit_holds_and_the_next_sweep_goes_on(stage: Stage) -> None:
    for day in range(3):
        stage.assigned(title=f"坪朗村第{day + 1}组缺水")
    late = at("2014-02-07 09:00")
    assert [sweep(late, limit=2) for _ in range(4)] == [2, 2, 2, 0]
    assert Alarm.objects.count() == 6


def test_a_row_changed_under_the_hand_is_not_written_over(stage: Stage) -> None:
    matter = stage.assigned()
    Matter.objects.filter(pk=matter.pk).update(look_at=at("2014-06-01 09:00"))
    with pytest.raises(RuntimeError), transaction.atomic():
        cross(matter, at("2014-02-07 09:00"))
    assert recorded(matter) == []


def test_a_matter_that_cannot_be_recorded_does_not_keep_the_others_waiting(stage: Stage) -> None:
    broken, sound = stage.assigned(), stage.assigned(title="坪朗村第二组缺水")
    Matter.objects.filter(pk=broken.pk).update(journal_seq=0)  # its next event has been written already
    with pytest.raises(ExceptionGroup) as caught:
        sweep(at("2014-02-07 09:00"))
    assert len(caught.value.exceptions) == 1
    assert len(alarms(sound)) == 2
    assert alarms(broken) == []


def test_nothing_crossed_costs_a_verb_nothing(stage: Stage) -> None:
    matter = stage.assigned()
    book()
    with CaptureQueriesContext(connection) as queries:
        handed = hand_over(
            matter=matter.number, handler="head", actor=stage["head"], now=at("2014-01-29 16:00")
        )
    said = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(said) == 4  # lock, find the handler, write the event, keep
    assert handed.look_at == matter.look_at


def test_the_latest_alarms_with_who_holds_them(stage: Stage) -> None:
    matter = handling(stage)
    stage.register(title="无人受理的事项")  # waits for the office
    sweep(RED)
    latest = recent_alarms(RED)
    assert [alarm.at for alarm in latest] == sorted((alarm.at for alarm in latest), reverse=True)
    assert {alarm.matter for alarm in recent_alarms(RED, unit="zhaiyang")} == {matter}
    assert len(recent_alarms(RED, limit=1)) == 1
    assert recent_alarms(YELLOW, unit="zhaiyang")[0].boundary == "yellow"
    assert not Outbox.objects.filter(consumer=Consumer.ALARMS.value).exists()


def _policy(**figures: int) -> None:
    number = PolicyVersion.objects.count() + 1
    PolicyVersion.objects.create(
        number=number, figures={**book().policy.as_dict(), **figures}, at=at("2014-01-01 09:00"), by="staff:1"
    )
    bump()
