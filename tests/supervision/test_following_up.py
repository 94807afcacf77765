"""What a decision asks of a unit reaches that unit, and the unit says what it did."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from duban.core.events import Kind
from duban.core.lights import Light
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.matters.timeline import timeline
from duban.notifications.addressing import notices
from duban.supervision.models import Decision, FollowUpReport
from duban.supervision.proving import altered
from duban.supervision.queries import follow_ups_at, follow_ups_of_unit, follow_ups_owed
from duban.supervision.verbs.following_up import report_follow_up, review_follow_up
from duban.supervision.verbs.proposing import FollowUp
from tests.city import at
from tests.emptying import unguarded
from tests.stage import Stage

from .hard import decided, events_of

DUE = date(2014, 2, 20)
WANTED = FollowUp("chengguan", DUE, "核灾并公布名单")
ON_TIME, LATE = at("2014-02-19 09:00"), at("2014-02-21 09:00")


@pytest.fixture
def decision(stage: Stage) -> Decision:
    """Asked of 城管局, while the matter stays with 寨阳乡."""
    return decided(stage, stage.handling(), "keep", follow_up=WANTED)


def report(stage: Stage, decision: Decision, **changes: Any) -> FollowUpReport:
    given = {"text": "名单已公布", "actor": stage["handler2"], "now": ON_TIME, **changes}
    return report_follow_up(decision=decision.pk, **given)


def test_it_stands_with_the_unit_that_is_asked_until_it_reports(stage: Stage, decision: Decision) -> None:
    assert follow_ups_owed("chengguan") == ([decision], False)
    assert follow_ups_owed("zhaiyang") == ([], False)
    report(stage, decision)
    assert follow_ups_owed("chengguan") == ([], False)
    assert list(follow_ups_of_unit("chengguan").items) == [decision]
    (made,) = events_of(decision.item.matter, Kind.FOLLOW_UP_REPORTED)
    assert "名单" not in str(made.facts)


def test_only_that_unit_reports_and_others_learn_nothing(stage: Stage, decision: Decision) -> None:
    for who in ("handler", "head", "clerk"):
        with pytest.raises(Unknown, match="decision_none"):
            report(stage, decision, actor=stage[who])
    for who in ("office", "member"):
        with pytest.raises(Forbidden):
            report(stage, decision, actor=stage[who])
    with pytest.raises(Unknown):
        report_follow_up(decision=0, text="x", actor=stage["handler2"], now=ON_TIME)
    with pytest.raises(Invalid, match="follow_up_report_missing"):
        report(stage, decision, text=" ")
    assert not FollowUpReport.objects.exists()


def test_a_decision_that_asks_nothing_takes_no_report(stage: Stage) -> None:
    plain = decided(stage, stage.handling(), "keep")
    with pytest.raises(Unknown):
        report(stage, plain)


def test_it_reports_more_than_once_and_late_until_the_office_has_looked(
    stage: Stage, decision: Decision
) -> None:
    report(stage, decision)
    report(stage, decision, text="补充：名单已上墙", now=LATE)
    decision.refresh_from_db()
    assert decision.follow_up_reported_at == ON_TIME
    review_follow_up(decision=decision.pk, done=True, note="属实", actor=stage["office"], now=LATE)
    with pytest.raises(Refused, match="follow_up_none"):
        report(stage, decision, now=LATE)


def test_the_first_report_stops_the_light(stage: Stage, decision: Decision) -> None:
    assert decision.follow_up_light(date(2014, 2, 21)) is Light.RED
    report(stage, decision)
    decision.refresh_from_db()
    assert decision.follow_up_light(date(2014, 2, 21)) is Light.GREEN


def test_the_holder_reads_only_what_it_is_asked_itself(stage: Stage, decision: Decision) -> None:
    """What another unit is asked may tell of a referral."""
    matter = decision.item.matter
    assert follow_ups_at(matter, stage["handler"]) == []
    assert follow_ups_at(matter, stage["office"]) == [decision]
    assert follow_ups_at(matter, stage["handler2"]) == [decision]
    report(stage, decision)
    told = [entry for entry in timeline(matter, audience="staff") if entry.title == "报告落实情况"]
    assert [entry.text for entry in told] == ["联席会议要求落实的事，责任单位已报告落实情况。"]


def test_the_unit_is_told_of_it_and_the_office_of_the_report(stage: Stage, decision: Decision) -> None:
    for name in ("handler", "handler2", "office"):
        stage.staff[name].email = f"{name}@jishou.example"
        stage.staff[name].roles = [*stage.staff[name].roles, *(["head"] if name == "handler2" else [])]
        stage.staff[name].save()
    (made,) = events_of(decision.item.matter, Kind.DECISION_MADE)
    (asked,) = notices(made)
    assert asked.recipient.address == "handler2@jishou.example"
    for words in ("2014年2月20日 周四 23:59", f"/desk/follow-ups/{decision.pk}"):
        assert words in asked.message.text
    assert "名单" not in asked.message.text
    report(stage, decision)
    (reported,) = events_of(decision.item.matter, Kind.FOLLOW_UP_REPORTED)
    (told,) = notices(reported)
    assert told.recipient.address == "office@jishou.example"
    plain = decided(stage, stage.handling(title="另一件"), "refer")
    (silent,) = events_of(plain.item.matter, Kind.DECISION_MADE)
    assert list(notices(silent)) == []


def test_a_report_is_neither_changed_nor_deleted_and_verify_finds_it(
    stage: Stage, decision: Decision
) -> None:
    made = report(stage, decision)
    rows = FollowUpReport.objects.filter(pk=made.pk)
    for deed in (rows.delete, lambda: rows.update(text="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert list(altered()) == []
    with unguarded():
        rows.update(text="什么都没做")
    assert len(list(altered())) == 1
