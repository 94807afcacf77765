"""Every alarm demands an answer, and the answer is an event of the journal, whichever is entered first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.catalogue.book import book
from duban.core.events import Consumer
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event, Outbox
from duban.matters.models import Matter
from duban.matters.timeline import timeline
from duban.matters.verbs.assigning import assign, request_return, rule_return
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.timing import request_extension, rule_extension
from duban.supervision.entering import enter
from duban.supervision.models import Alarm, Order
from duban.supervision.queries import alarm_tray, known_of, unanswered
from duban.supervision.recounting import repair, wrong_alarms
from duban.supervision.settling import settle
from duban.supervision.sweep import sweep
from duban.supervision.verbs.answering import answer_alarm
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import recall_order
from tests.city import at
from tests.emptying import unguarded
from tests.stage import Stage

LATE = at("2014-02-11 09:00")


def handling(stage: Stage, **changes: str) -> Matter:
    """Accepted before the acceptance clock warned; its completion is due at the end of 2014-02-10."""
    return stage.accept(stage.assigned(**changes), now="2014-01-30 07:30")


def order(stage: Stage, matter: Matter, now: str = "2014-02-11 09:30") -> None:
    issue_order(
        colour="yellow", demand="今日内修好。", reply_by=None, matter=matter.number,
        actor=stage["office"], now=at(now),
    )  # fmt: skip


def answers(matter: Matter) -> list[tuple[str, str]]:
    """Each alarm's answer and the kind of the event that is it, by boundary."""
    rows = Alarm.objects.filter(matter=matter).select_related("answer_event").order_by("at", "id")
    return [(row.answer, row.answer_event.kind if row.answer_event else "") for row in rows]


def test_an_order_answers_every_open_alarm_of_the_matter(stage: Stage) -> None:
    matter, other = handling(stage), handling(stage, title="坪朗村第二组缺水")
    sweep(LATE)
    assert answers(matter) == [("", ""), ("", "")]
    order(stage, matter)
    assert answers(matter) == [("order", "order.issued")] * 2
    assert answers(other) == [("", "")] * 2
    assert {alarm.answered_at for alarm in Alarm.objects.filter(matter=matter)} == {at("2014-02-11 09:30")}


def test_an_alarm_entered_after_its_answer_is_answered_all_the_same(stage: Stage) -> None:
    """No worker ran: the order itself recorded the boundaries, and they are entered afterwards."""
    matter = handling(stage)
    order(stage, matter)
    assert not Alarm.objects.exists()
    enter()
    assert answers(matter) == [("order", "order.issued")] * 2


def recall(stage: Stage, now: str = "2014-02-11 10:00") -> None:
    key = Order.objects.latest("id").key
    recall_order(order=key, reason="发错了。", actor=stage["office"], now=at(now))


def test_a_recalled_order_answers_nothing_and_the_alarms_are_open_again(stage: Stage) -> None:
    matter = handling(stage)
    sweep(LATE)
    order(stage, matter)
    recall(stage)
    assert answers(matter) == [("", ""), ("", "")]
    assert unanswered(at("2014-02-11 10:30")).total == 2
    enter()
    assert answers(matter) == [("", ""), ("", "")]
    assert list(wrong_alarms()) == []


def test_after_a_recall_what_came_later_answers(stage: Stage) -> None:
    matter = handling(stage)
    sweep(at("2014-02-10 08:00"))
    order(stage, matter, now="2014-02-10 08:30")
    request_extension(
        matter=matter.number, reason="等配件。", due_on=date(2014, 2, 14), actor=stage["handler"],
        now=at("2014-02-10 09:00"),
    )  # fmt: skip
    rule_extension(
        matter=matter.number, granted=False, note="须按期。", actor=stage["office"], now=at("2014-02-10 10:00")
    )  # fmt: skip
    recall(stage, now="2014-02-10 11:00")
    assert answers(matter) == [("ruling", "extension.refused")]


def test_a_recalled_order_leaves_alone_what_another_order_answered(stage: Stage) -> None:
    matter = handling(stage)
    sweep(LATE)
    order(stage, matter)
    issue_order(
        colour="red", demand="今日内修好。", reply_by=None, matter=matter.number, actor=stage["office"],
        now=at("2014-02-11 09:45"),
    )  # fmt: skip
    recall(stage)
    assert answers(matter) == [("order", "order.issued")] * 2
    assert {alarm.answered_at for alarm in Alarm.objects.all()} == {at("2014-02-11 09:30")}


def test_an_alarm_entered_after_order_and_recall_is_open(stage: Stage) -> None:
    """No worker ran until both had happened; and an alarm the old rule had answered is found and mended."""
    matter = handling(stage)
    order(stage, matter)
    recall(stage)
    enter()
    assert answers(matter) == [("", ""), ("", "")]
    issued = Event.objects.get(kind="order.issued")
    Alarm.objects.update(answer="order", answer_event=issued, answered_at=issued.at)
    assert len(list(wrong_alarms())) == 2
    assert repair() == 2
    assert answers(matter) == [("", ""), ("", "")]


def test_what_came_before_an_alarm_does_not_answer_it(stage: Stage) -> None:
    matter = handling(stage)
    order(stage, matter, now="2014-02-10 08:00")  # yellow since midnight
    sweep(LATE)
    assert answers(matter) == [("order", "order.issued"), ("", "")]


def test_a_ruling_answers(stage: Stage) -> None:
    matter = handling(stage)
    sweep(at("2014-02-10 08:00"))
    request_extension(
        matter=matter.number, reason="等配件。", due_on=date(2014, 2, 14), actor=stage["handler"],
        now=at("2014-02-10 09:00"),
    )  # fmt: skip
    rule_extension(
        matter=matter.number,
        granted=False,
        note="须按期。",
        actor=stage["office"],
        now=at("2014-02-10 10:00"),
    )
    enter()
    assert answers(matter) == [("ruling", "extension.refused")]
    sweep(LATE)  # red comes later, and wants an answer of its own
    assert answers(matter) == [("ruling", "extension.refused"), ("", "")]


def test_granting_a_return_answers_what_the_unit_let_pass(stage: Stage) -> None:
    matter = stage.assigned()
    sweep(at("2014-01-30 20:00"))
    request_return(
        matter=matter.number, reason="属住建。", suggested="zhujian", actor=stage["handler"],
        now=at("2014-01-30 22:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", actor=stage["office"], now=at("2014-01-31 10:00")
    )
    enter()
    assert answers(matter) == [("ruling", "return.granted")] * 2


def test_assigning_answers_what_the_office_let_pass_and_nothing_else(stage: Stage) -> None:
    """The office is not asked to note what it has done; what the unit lets pass afterwards wants a word of its own."""
    number = stage.register("2014-01-29 15:06").matter.number
    matter = Matter.objects.get(number=number)
    sweep(at("2014-01-31 09:00"))
    assert answers(matter) == [("", "")] * 2
    assign(matter=number, unit="zhaiyang", actor=stage["office"], now=at("2014-02-07 09:00"))
    enter()
    assert answers(matter) == [("assignment", "matter.assigned")] * 2
    sweep(at("2014-02-11 09:00"))
    assert answers(matter) == [("assignment", "matter.assigned")] * 2 + [("", "")] * 2
    assert unanswered(at("2014-02-11 10:00"), listed=0).total == 2


def test_a_ruling_that_assigns_at_once_is_the_answer_to_the_units_alarms(stage: Stage) -> None:
    matter = stage.assigned()
    request_return(
        matter=matter.number, reason="属住建。", suggested="zhujian", actor=stage["handler"],
        now=at("2014-01-30 22:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", unit="zhujian", actor=stage["office"],
        now=at("2014-01-31 10:00"),
    )  # fmt: skip
    enter()
    assert answers(matter) == [("ruling", "return.granted")] * 2


def test_a_note_answers_its_own_alarm_and_no_other(stage: Stage) -> None:
    matter = handling(stage)
    sweep(LATE)
    yellow, red = Alarm.objects.filter(matter=matter).order_by("at")
    answered = answer_alarm(alarm=red.pk, note="已电话督促石明亮。", actor=stage["office"], now=LATE)
    assert (answered.answer, answered.answered_at) == ("note", LATE)
    assert answers(matter) == [("", ""), ("note", "alarm.answered")]
    event = Event.objects.get(kind="alarm.answered")
    assert event.stream == matter.stream
    assert event.facts["alarm"] == red.pk
    assert "石明亮" not in str(event.facts)
    assert stage.again(matter).journal_hash == event.hash
    answer_alarm(alarm=yellow.pk, note="同上。", actor=stage["office"], now=LATE)
    assert unanswered(LATE).total == 0


def test_the_petitioner_reads_that_the_office_looked_into_it_and_not_its_note(stage: Stage) -> None:
    matter = handling(stage)
    sweep(LATE)
    answer_alarm(alarm=Alarm.objects.earliest("at").pk, note="内部的话。", actor=stage["office"], now=LATE)
    told, inside = timeline(matter)[-1], timeline(matter, audience="staff")[-1]
    assert told.text == "督查室已经过问这次黄灯。"
    assert "内部的话" in inside.text
    assert "内部的话" not in timeline(matter, audience="public")[-1].text


def test_a_second_answer_is_refused(stage: Stage) -> None:
    matter = handling(stage)
    sweep(LATE)
    order(stage, matter)
    for alarm in Alarm.objects.filter(matter=matter):
        with pytest.raises(Refused) as refused:
            answer_alarm(alarm=alarm.pk, note="已督促。", actor=stage["office"], now=LATE)
        assert refused.value.code == "alarm_answered"
    assert not Event.objects.filter(kind="alarm.answered").exists()


def test_a_note_comes_too_late_after_an_answer_the_worker_has_not_entered_yet(stage: Stage) -> None:
    """So that the first answer in the journal is the one that stands, however late the worker is."""
    matter = handling(stage)
    sweep(LATE)
    request_extension(
        matter=matter.number, due_on=date(2014, 2, 14), reason="等配件。", actor=stage["handler"], now=at("2014-02-10 10:00")
    )  # fmt: skip
    rule_extension(matter=matter.number, granted=False, note="不行。", actor=stage["office"], now=LATE)
    for alarm in Alarm.objects.filter(matter=matter):
        assert alarm.answer == ""
        with pytest.raises(Refused) as refused:
            answer_alarm(alarm=alarm.pk, note="已督促。", actor=stage["office"], now=LATE)
        assert refused.value.code == "alarm_answered"
    enter()
    assert answers(matter) == [("ruling", "extension.refused")] * 2


def test_a_note_needs_words_an_alarm_and_the_right(stage: Stage) -> None:
    matter = handling(stage)
    sweep(LATE)
    alarm = Alarm.objects.filter(matter=matter).earliest("at").pk
    with pytest.raises(Invalid) as invalid:
        answer_alarm(alarm=alarm, note=" ", actor=stage["office"], now=LATE)
    assert invalid.value.errors["note"][0] == "reason_missing"
    with pytest.raises(Unknown):
        answer_alarm(alarm=0, note="已督促。", actor=stage["office"], now=LATE)
    for who in ("handler", "member", "leader"):
        with pytest.raises(Forbidden):
            answer_alarm(alarm=alarm, note="已督促。", actor=stage[who], now=LATE)
    assert unanswered(LATE).total == 2


def test_entered_again_from_the_journal_it_is_the_same(stage: Stage) -> None:
    matter, other = handling(stage), handling(stage, title="坪朗村第二组缺水")
    sweep(LATE)
    order(stage, matter)
    red = Alarm.objects.get(matter=other, boundary="red")
    answer_alarm(alarm=red.pk, note="已督促。", actor=stage["office"], now=LATE)
    fields = ("matter", "run", "boundary", "answer", "answer_event", "answered_at")
    before = set(Alarm.objects.values_list(*fields))
    with unguarded():
        Alarm.objects.all().delete()
    for event in Event.objects.filter(kind="alarm.raised").order_by("-id"):
        Outbox.objects.create(event=event, consumer=Consumer.ALARMS.value, next_at=LATE)
        enter()
    assert set(Alarm.objects.values_list(*fields)) == before
    assert settle([matter.pk, other.pk]) == 0


def test_the_tray_shows_the_oldest_first_and_what_is_known(stage: Stage) -> None:
    matter, other = (
        handling(stage),
        stage.assigned(now="2014-02-07 10:00", unit="chengguan", title="摊贩占道"),
    )
    report_progress(
        matter=matter.number, note="水管已到。", actor=stage["handler"], now=at("2014-02-08 09:00")
    )
    report_progress(
        matter=matter.number, note="正在安装。", actor=stage["handler"], now=at("2014-02-09 09:00")
    )
    now = at("2014-02-13 09:00")
    sweep(now)
    tray = alarm_tray(now)
    assert [one.at for one in tray.items] == sorted(one.at for one in tray.items)
    assert {one.matter for one in tray.items} == {matter, other}
    first = alarm_tray(now, limit=1)
    rest = alarm_tray(now, limit=50, after=first.next or "")
    assert [*first.items, *rest.items] == list(tray.items)
    (known,) = known_of(alarm_tray(now, colour="red", unit="zhaiyang").items, now)
    assert known.alarm.matter == matter
    assert (known.age, known.held_since) == (2, at("2014-01-29 15:10"))  # red since Tuesday 0:00
    assert known.promise is not None
    assert known.promise.promised_workdays == 3
    assert known.last_said is not None
    assert known.last_said.text == "正在安装。"
    counts = unanswered(now, listed=1)
    assert (counts.yellow, counts.red) == (2, 2)  # the office's own two were answered by its assigning
    assert counts.oldest_at == counts.oldest[0].at == tray.items[0].at
    order(stage, matter, now="2014-02-13 09:30")
    answered = alarm_tray(now, answered=True).items
    assert {(one.matter, one.answer) for one in answered} == {(matter, "order"), (other, "assignment")}
    assert {one.matter for one in alarm_tray(now).items} == {other}
    with pytest.raises(Invalid):
        alarm_tray(now, colour="green")
    with pytest.raises(Invalid):
        alarm_tray(now, after="x")


def test_what_is_known_costs_the_same_for_one_and_for_many(stage: Stage) -> None:
    def cost() -> int:
        book()
        with CaptureQueriesContext(connection) as queries:
            known_of(alarm_tray(LATE).items, LATE)
        return len(
            [one for one in queries if "catalogue_" not in one["sql"]]
        )  # a look at the revisions goes by time

    handling(stage)
    sweep(LATE)
    one = cost()
    for n in range(4):
        handling(stage, title=f"坪朗村第{n}组缺水")
    sweep(LATE + timedelta(minutes=1))
    assert cost() == one == 3


def test_nothing_waits_in_the_outbox(stage: Stage) -> None:
    matter = handling(stage)
    order(stage, matter)
    sweep(LATE)
    assert not Outbox.objects.filter(consumer=Consumer.ALARMS.value).exists()
