"""What the joint meeting decides about a lead is done to the matters merged into it, in the same transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.refusal import Invalid
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.ledgers.folding import fold
from duban.ledgers.recounting import recount
from duban.matters.models import Matter, Remark
from duban.matters.opening import petitioner_of
from duban.matters.timeline import timeline
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assisting import ask_assist
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.merging import merge, separate
from duban.notifications.addressing import notices
from duban.supervision.meetings import set_the_clock
from duban.supervision.models import Deferral, DocketGround
from duban.supervision.reviewing import feed_reviews
from tests.city import TENG, at
from tests.stage import WU, Petitioner, Stage

from .hard import MORNING, decided, events_of

pytestmark = pytest.mark.django_db
NOW = at(MORNING)
WHY = "罗家祥说的属管网改造，须由主管部门统筹。"


def three(stage: Stage) -> tuple[Matter, list[Matter]]:
    """罗家祥's water with 吴长生's and 滕文洋's merged into it."""
    lead = stage.handling()
    others = [
        stage.assigned("2014-01-30 09:00", petitioner=WU),
        stage.assigned("2014-01-30 09:05", petitioner=Petitioner(TENG.name, TENG.id_number, TENG.mobile)),
    ]
    for one in others:
        merge(
            matter=one.number,
            lead=lead.number,
            reason="同一处",
            actor=stage["office"],
            now=at("2014-01-30 11:00"),
        )
    return stage.again(lead), [stage.again(one) for one in others]


def proven(now: str = MORNING) -> None:
    """Journal, rows and totals agree, folded or not."""
    assert list(breaks()) == []
    assert recount(at(now)) == []
    while fold():
        pass
    assert recount(at(now)) == []


def alike(stage: Stage, lead: Matter, others: list[Matter]) -> None:
    lead = stage.again(lead)
    for one in map(stage.again, others):
        for name in ("state", "unit_id", "handler_id", "designated", "clock", "clock_due_at", "assigned_at"):
            assert getattr(one, name) == getattr(lead, name), name
        assert one.lead_id == lead.pk


def followed(matter: Matter) -> Event:
    return events_of(matter, Kind.MATTER_FOLLOWED)[-1]


def told(matter: Matter) -> str:
    return timeline(matter)[-1].text


def test_reassigned_together_and_open_assists_lapse(stage: Stage) -> None:
    lead, others = three(stage)
    assist = ask_assist(
        matter=lead.number, unit="zhujian", task="清沙", actor=stage["office"], now=at("2014-02-07 09:00")
    )
    decided(stage, lead, "reassign", unit="chengguan", reason=WHY)
    assist.refresh_from_db()
    assert not assist.is_open
    kinds = [event.kind for event in events_of(lead)][-3:]
    assert kinds == [Kind.DECISION_MADE, Kind.ASSIST_RECALLED, Kind.MATTER_REASSIGNED]
    alike(stage, lead, others)
    for one in others:
        assert stage.again(one).unit_id == "chengguan"
        assert followed(one).facts["because"] == Kind.MATTER_REASSIGNED
        assert "不能再退" in told(one)
        assert "须由主管部门统筹" in told(one)
        assert "罗家祥" not in told(one)
        (notice,) = notices(followed(one))
        assert "改由" in notice.message.text
    proven()
    accept(
        matter=lead.number,
        contact_method="phone",
        contact_note="问清了。",
        standard=stage.standards["street"].pk,
        actor=stage["handler2"],
        now=at("2014-02-12 10:00"),
    )
    alike(stage, lead, others)
    assert stage.again(others[0]).commitments.count() == 2
    proven("2014-02-12 10:00")


def test_extended_together(stage: Stage) -> None:
    lead, others = three(stage)
    decided(stage, lead, "extend", due_on=date(2014, 2, 20), reason=WHY)
    alike(stage, lead, others)
    for one in others:
        assert stage.again(one).clock_due_at == at("2014-02-20 23:59:59")
        assert "2014年2月10日" in told(one)
        assert "2014年2月20日" in told(one)
    proven()


def test_deferred_together_and_one_that_is_separated_keeps_the_day(stage: Stage) -> None:
    lead, others = three(stage)
    decided(stage, lead, "defer", review_on=date(2014, 3, 20), reason=WHY)
    alike(stage, lead, others)
    assert list(Deferral.objects.values_list("matter", flat=True)) == [lead.pk]
    for one in others:
        assert "到2014年3月20日 周四复议" in told(one)
        assert (
            Remark.objects.get(matter=one, part=Remark.Part.DECISION).text != WHY
        )  # without the other's name
    separate(matter=others[0].number, reason="不是一处", actor=stage["office"], now=at("2014-02-12 10:00"))
    alone = stage.again(others[0])
    assert (alone.state, alone.clock_due_at) == ("handling", at("2014-03-20 23:59:59"))
    proven("2014-02-12 10:00")


def test_the_oldest_follower_goes_on_when_the_lead_is_closed_by_decision(stage: Stage) -> None:
    lead, (heir, other) = three(stage)
    decided(stage, lead, "close", confirmed=True, reason="水源属另一县，已移交。")
    lead, heir, other = map(stage.again, (lead, heir, other))
    assert (lead.state, lead.basis, lead.followers) == ("closed", "decision", 0)
    assert (heir.lead_id, heir.followers, heir.state, other.lead_id) == (None, 1, "handling", heir.pk)
    assert (heir.clock_due_at, heir.handler_id) == (lead.clock_due_at, stage.staff["handler"].pk)
    assert heir.look_at is None  # both boundaries were the lead's
    assert events_of(heir)[-1].kind == Kind.MATTER_SEPARATED
    alike(stage, heir, [other])
    proven()
    done = stage.complete(heir, "2014-02-12 11:00")
    assert done.state == stage.again(other).state == State.COMPLETED
    proven("2014-02-12 11:00")


def test_a_completed_lead_closed_by_decision_leaves_each_its_verdict(stage: Stage) -> None:
    lead, others = three(stage)
    stage.complete(lead)
    decided(stage, lead, "close", confirmed=True, reason="群众联系不上，已公示。")
    assert stage.again(lead).state == "closed"
    assert [stage.again(one).state for one in others] == ["completed", "completed"]
    assert stage.judge(others[0], 5, "2014-02-12 10:00").basis == "verdict"
    again = stage.judge(others[1], 1, "2014-02-12 10:00")
    assert (again.state, again.lead_id, again.round) == ("handling", None, 2)
    proven("2014-02-12 10:00")


REVIEW = at("2014-03-20 00:00")


def on_review(now: datetime = REVIEW) -> list[tuple[str, str, datetime]]:
    """What the review day brings onto the docket: number, ground, since when."""
    feed_reviews(now)
    open_ones = DocketGround.objects.filter(item__state="open").order_by("matter")
    return [(one.matter.number, one.ground, one.since) for one in open_ones]


def put_off(stage: Stage) -> tuple[Matter, Matter, Matter]:
    """A lead put off until 2014-03-20, and the two merged into it."""
    lead, (heir, other) = three(stage)
    decided(stage, lead, "defer", review_on=REVIEW.date(), reason=WHY)
    return lead, heir, other


def test_the_review_day_comes_for_who_goes_on_when_the_lead_is_withdrawn(stage: Stage) -> None:
    lead, heir, other = put_off(stage)
    withdraw(matter=lead.number, reason="", actor=petitioner_of(lead), now=at("2014-03-03 09:00"))
    assert stage.again(heir).clock_due_at == at("2014-03-20 23:59:59")
    assert on_review(REVIEW - timedelta(seconds=1)) == []
    assert on_review() == [(heir.number, "review", REVIEW)]
    assert on_review(REVIEW + timedelta(days=1)) == [(heir.number, "review", REVIEW)]
    (event,) = events_of(stage.again(heir), Kind.MATTER_DOCKETED)
    assert event.at == REVIEW
    assert Deferral.objects.get().ended_at == REVIEW
    assert not events_of(stage.again(other), Kind.MATTER_DOCKETED)
    proven("2014-03-20 09:00")


def test_the_review_day_comes_for_who_was_separated_too(stage: Stage) -> None:
    lead, alone, _other = put_off(stage)
    separate(matter=alone.number, reason="不是一处", actor=stage["office"], now=at("2014-03-03 09:00"))
    assert on_review() == [(lead.number, "review", REVIEW), (alone.number, "review", REVIEW)]
    proven("2014-03-20 09:00")


def test_the_review_day_comes_for_who_was_merged_into_what_was_put_off(stage: Stage) -> None:
    lead = stage.handling()
    decided(stage, lead, "defer", review_on=REVIEW.date())
    late = stage.assigned("2014-02-13 09:00", petitioner=WU)
    merge(
        matter=late.number,
        lead=lead.number,
        reason="同一处",
        actor=stage["office"],
        now=at("2014-02-14 09:00"),
    )
    withdraw(matter=lead.number, reason="", actor=petitioner_of(lead), now=at("2014-03-03 09:00"))
    assert on_review() == [(late.number, "review", REVIEW)]


def test_the_review_day_comes_when_the_meeting_closes_the_lead_meanwhile(stage: Stage) -> None:
    lead, heir, _other = put_off(stage)
    decided(
        stage, stage.again(lead), "close", "2014-03-03 09:00", confirmed=True, reason="水源属另一县，已移交。"
    )
    assert on_review() == [(heir.number, "review", REVIEW)]


def test_what_was_decided_since_ends_the_review(stage: Stage) -> None:
    lead, heir, _other = put_off(stage)
    withdraw(matter=lead.number, reason="", actor=petitioner_of(lead), now=at("2014-03-03 09:00"))
    decided(stage, stage.again(heir), "keep", "2014-03-04 09:00")
    assert on_review() == []
    assert Deferral.objects.get().ended_at == REVIEW


def test_a_clock_set_anew_since_waits_for_no_review(stage: Stage) -> None:
    lead, heir, _other = put_off(stage)
    withdraw(matter=lead.number, reason="", actor=petitioner_of(lead), now=at("2014-03-03 09:00"))
    stage.judge(stage.complete(stage.again(heir), "2014-03-04 09:00"), 1, "2014-03-05 09:00")
    assert on_review() == []


def test_its_petitioner_reads_that_the_meeting_set_the_deadline(stage: Stage) -> None:
    lead, heir, _other = put_off(stage)
    assert set_the_clock(stage.again(heir))
    withdraw(matter=lead.number, reason="", actor=petitioner_of(lead), now=at("2014-03-03 09:00"))
    assert set_the_clock(stage.again(heir))
    assert not set_the_clock(stage.handling(title="另一件"))


@pytest.mark.parametrize("kind", ["close", "refer"])
def test_whose_matters_are_merged_is_not_named_either(stage: Stage, kind: str) -> None:
    lead, _ = three(stage)
    with pytest.raises(Invalid, match="decision_personal"):
        decided(stage, lead, kind, MORNING, reason=f"{WU.name} 说的是同一处", confirmed=True)
