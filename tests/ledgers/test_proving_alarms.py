"""`recount` proves the list of alarms too: each once, as it was raised, with the first answer in the journal."""

from __future__ import annotations

import pytest

from duban.core.events import Consumer
from duban.journal.models import Outbox
from duban.ledgers.recounting import recount
from duban.supervision.entering import enter
from duban.supervision.models import Alarm
from duban.supervision.recounting import repair
from duban.supervision.sweep import sweep
from duban.supervision.verbs.answering import answer_alarm
from duban.supervision.verbs.ordering import issue_order
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-20 09:00")


@pytest.fixture
def alarmed(stage: Stage) -> Stage:
    """One matter nobody accepted, one whose promise is broken; an alarm noted, the others of it ordered about."""
    stage.assigned(title="坪朗村第二组缺水")
    matter = stage.handling()
    sweep(NOW)
    first = Alarm.objects.filter(matter=matter).earliest("at")
    answer_alarm(alarm=first.pk, note="已电话催办。", actor=stage["office"], now=NOW)
    issue_order(
        colour="red", demand="今日内修好。", reply_by=None, matter=matter.number, actor=stage["office"], now=NOW
    )  # fmt: skip
    return stage


def wrong() -> list[str]:
    return [str(one) for one in recount(NOW) if "alarm" in one.where]


def test_what_was_raised_and_answered_holds_entered_or_not(alarmed: Stage) -> None:
    assert wrong() == []
    while enter():
        pass
    assert (
        Alarm.objects.count() == 5
    )  # both of the first; of the other acceptance yellow, completion yellow and red
    assert set(Alarm.objects.values_list("answer", flat=True)) == {"", "note", "order"}
    assert wrong() == []


def test_an_alarm_somebody_silenced_is_found(alarmed: Stage) -> None:
    other = Alarm.objects.exclude(answer="").first()
    silenced = Alarm.objects.filter(answer="").earliest("id")
    assert other is not None
    silenced.answer, silenced.answered_at, silenced.answer_event = "note", NOW, other.answer_event
    silenced.save()
    (found,) = wrong()
    assert found.startswith(f"alarm of matter:{silenced.matter_id} #{silenced.event.seq}: stored acceptance ")
    assert "unanswered" in found.rpartition(", proven ")[2]
    assert repair() == 1
    assert wrong() == []
    assert repair() == 0


def test_an_alarm_moved_to_another_unit_is_found(alarmed: Stage) -> None:
    Alarm.objects.filter(pk=Alarm.objects.earliest("id").pk).update(unit="chengguan")
    (found,) = wrong()
    assert "chengguan/*" in found
    assert "zhaiyang/*" in found.rpartition(", proven ")[2]


def test_an_alarm_that_never_arrived_is_found(stage: Stage) -> None:
    stage.accept(stage.assigned(), now="2014-02-07 10:00")
    Outbox.objects.filter(consumer=Consumer.ALARMS.value).delete()
    assert any("stored none, proven acceptance" in one for one in wrong())
