"""The docket: fed by rule, exactly once and dated to its ground; by hand; dropped; papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from duban.catalogue.policies import amend_policy
from duban.core.events import Consumer, Kind
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.chain import digest_of_text
from duban.journal.models import Event, Outbox
from duban.journal.verifying import breaks
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.timeline import timeline
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.merging import merge
from duban.supervision import docketing, reviewing
from duban.supervision.docketing import _enter_red, feed, feed_red
from duban.supervision.meetings import hard_cases, open_items
from duban.supervision.models import Decision, Deferral, DocketGround, DocketItem
from duban.supervision.reviewing import feed_reviews
from duban.supervision.verbs.docketing import drop_from_docket, file_paper, put_on_docket
from tests.city import at
from tests.stage import Stage

from .hard import ballot_closed, decided, docketed, events_of, owe_again, returned

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def twice_unsatisfied(stage: Stage) -> Matter:
    matter = stage.judge(stage.completed(), 1)
    matter = stage.complete(matter, "2014-02-10 10:00")
    return stage.judge(matter, 2, "2014-02-11 09:00")


def test_the_second_negative_round_dockets(stage: Stage) -> None:
    first = stage.judge(stage.completed(), 1)
    feed()
    assert not DocketItem.objects.exists()
    again = stage.complete(first, "2014-02-10 10:00")
    stage.judge(again, 2, "2014-02-11 09:00")
    feed()
    ground = DocketGround.objects.get()
    assert (ground.ground, ground.key, ground.since) == ("negative", "2", at("2014-02-11 09:00"))
    (event,) = events_of(first, Kind.MATTER_DOCKETED)
    assert (event.at, event.facts["ground"]) == (at("2014-02-11 09:00"), "negative")
    owed = Outbox.objects.filter(consumer=Consumer.DOCKET.value)
    assert set(owed.values_list("event__kind", flat=True)) <= {Kind.ALARM_RAISED.value}  # these wait for red


@pytest.mark.parametrize(("rounds", "said"), [(1, "1 轮评价不满意"), (3, "3 轮评价不满意")])
def test_a_ground_says_how_often_as_policy_counts(stage: Stage, rounds: int, said: str) -> None:
    figures = {"docket_negative_rounds": rounds}
    amend_policy(figures=figures, note="试行", actor=stage["office"], now=at("2014-01-02 09:00"))
    matter = stage.judge(stage.completed(), 1)
    for day in range(10, 10 + rounds - 1):
        matter = stage.complete(matter, f"2014-02-{day} 10:00")
        matter = stage.judge(matter, 2, f"2014-02-{day} 11:00")
    feed()
    assert [one.words for one in DocketGround.objects.all()] == [said]
    story = [entry.text for entry in timeline(stage.again(matter), audience="staff")]
    assert [text for text in story if f"已有 {rounds} 轮评价不满意，提交联席会议" in text]


def test_the_second_return_dockets(stage: Stage) -> None:
    matter = stage.assigned("2014-02-10 09:00")
    returned(stage, matter, "2014-02-10 10:00", "chengguan")
    feed()
    assert not DocketItem.objects.exists()
    returned(stage, stage.again(matter), "2014-02-10 11:00", "zhujian")
    feed()
    assert [(one.ground, one.key) for one in DocketGround.objects.all()] == [("returns", "2")]
    assert [one.words for one in DocketGround.objects.all()] == ["2 次退单"]


def test_the_second_failed_ballot_dockets(stage: Stage) -> None:
    matter = stage.completed(collective=True)
    ballot_closed(matter, "no_quorum", "2014-02-15 10:00")
    ballot_closed(matter, "passed", "2014-02-16 10:00")
    feed()
    assert not DocketItem.objects.exists()
    ballot_closed(matter, "blocked", "2014-02-17 10:00")
    feed()
    assert [(one.ground, one.since) for one in DocketGround.objects.all()] == [
        ("ballot", at("2014-02-17 10:00"))
    ]


def test_replayed_and_disordered_events_docket_once(stage: Stage) -> None:
    matter = twice_unsatisfied(stage)
    events = events_of(matter, Kind.MATTER_REOPENED)
    feed()
    for event in reversed(events):
        owe_again(event)
        feed()
    assert DocketGround.objects.count() == DocketItem.objects.count() == 1
    assert len(events_of(matter, Kind.MATTER_DOCKETED)) == 1
    assert not list(breaks())


def test_a_further_ground_joins_the_open_item(stage: Stage) -> None:
    matter = twice_unsatisfied(stage)
    feed()
    due = stage.again(matter).clock_due_at
    feed_red(due + timedelta(days=30))
    assert DocketItem.objects.count() == 1
    assert {one.ground for one in DocketGround.objects.all()} == {"negative", "red"}
    with pytest.raises(IntegrityError), transaction.atomic():
        DocketItem.objects.create(matter=matter, since=due)


def test_closed_and_merged_matters_are_passed_over(stage: Stage) -> None:
    matter, lead = stage.handling(title="随件"), stage.handling(title="主件")
    merge(
        matter=matter.number, lead=lead.number, reason="同", actor=stage["office"], now=at("2014-02-07 10:00")
    )
    closed = twice_unsatisfied(stage)
    withdraw(matter=closed.number, reason="", actor=petitioner_of(closed), now=at("2014-02-11 10:00"))
    feed()
    feed_red(at("2014-06-30 09:00"))
    assert not DocketItem.objects.filter(matter__in=[matter, closed]).exists()


def test_red_for_five_workdays_to_the_second(stage: Stage) -> None:
    matter = stage.handling()  # due Monday 2014-02-10, 23:59:59
    boundary = at("2014-02-18 00:00")  # five workdays: 11, 12, 13, 14, 17
    feed_red(boundary - SECOND)
    assert not DocketItem.objects.exists()
    assert feed_red(boundary) == 1
    assert feed_red(boundary + timedelta(days=40)) == 0
    assert DocketGround.objects.get().since == boundary
    (event,) = events_of(matter, Kind.MATTER_DOCKETED)
    assert event.at == boundary


def test_red_after_forty_days_of_standstill_is_dated_to_its_day(stage: Stage) -> None:
    stage.handling()
    feed_red(at("2014-03-28 12:00"))
    assert DocketGround.objects.get().since == at("2014-02-18 00:00")


def test_a_stopped_clock_is_not_red(stage: Stage) -> None:
    stage.completed()
    assert feed_red(at("2014-04-01 09:00")) == 0


def test_a_deferral_returns_on_its_review_day(stage: Stage) -> None:
    decision = decided(stage, stage.handling(), "defer", review_on=at("2014-03-20 00:00").date())
    assert feed_reviews(at("2014-03-20 00:00") - SECOND) == 0
    assert feed_reviews(at("2014-03-20 00:00")) == 1
    assert feed_reviews(at("2014-03-21 09:00")) == 0
    assert Deferral.objects.get().ended_at == at("2014-03-20 00:00")
    item = DocketItem.objects.get(state="open")
    assert (item.pk != decision.item_id, item.grounds.get().ground) == (True, "review")


def test_a_deferral_that_cannot_return_keeps_no_other(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    day = at("2014-03-20 00:00")
    for title in ("坪朗村第二组缺水", "坪朗村第三组缺水"):
        decided(stage, stage.handling(title=title), "defer", review_on=day.date())
    first, second = Deferral.objects.order_by("review_on", "id")
    sound = reviewing.heirs_of

    def no_heirs(decision: Decision) -> Iterator[Matter]:
        if decision.pk == first.decision_id:
            raise ValueError("this one")
        return sound(decision)

    monkeypatch.setattr(reviewing, "heirs_of", no_heirs)
    with pytest.raises(ExceptionGroup, match="deferrals"):
        feed_reviews(day)
    assert [one.pk for one in Deferral.objects.filter(ended_at=None)] == [first.pk]
    assert DocketGround.objects.get(ground="review").matter == second.matter
    monkeypatch.undo()
    assert feed_reviews(day) == 1


def test_by_hand(stage: Stage) -> None:
    matter = stage.assigned()
    item = docketed(stage, matter)
    assert [one.pk for one in open_items().items] == [item.pk]
    told = [one for one in timeline(matter) if one.kind == Kind.MATTER_DOCKETED]
    assert "联席会议" in told[0].text
    with pytest.raises(Refused, match="docket_already"):
        docketed(stage, matter)
    with pytest.raises(Forbidden):
        put_on_docket(matter=matter.number, reason="x", actor=stage["member"], now=at("2014-02-12 10:00"))


def test_by_hand_refusals(stage: Stage) -> None:
    office, now = stage["office"], at("2014-02-12 10:00")
    closed = stage.closed()
    follower, lead = stage.assigned(title="随件"), stage.assigned(title="主件")
    with pytest.raises(Refused, match="already_closed"):
        put_on_docket(matter=closed.number, reason="x", actor=office, now=now)
    Matter.objects.filter(pk=follower.pk).update(lead=lead)
    with pytest.raises(Refused, match="docket_follows_lead"):
        put_on_docket(matter=follower.number, reason="x", actor=office, now=now)
    with pytest.raises(Invalid, match="reason_missing"):
        put_on_docket(matter=lead.number, reason=" ", actor=office, now=now)
    with pytest.raises(Unknown):
        put_on_docket(matter=lead.number, reason="x", actor=stage["clerk"], now=now)
    assert not DocketItem.objects.exists()


def test_dropping(stage: Stage) -> None:
    matter = stage.assigned()
    item, now = docketed(stage, matter), at("2014-02-12 10:00")
    with pytest.raises(Invalid, match="reason_missing"):
        drop_from_docket(item=item.pk, reason="", actor=stage["office"], now=now)
    with pytest.raises(Forbidden):
        drop_from_docket(item=item.pk, reason="x", actor=stage["member"], now=now)
    drop_from_docket(item=item.pk, reason="单位已表态", actor=stage["office"], now=now)
    with pytest.raises(Refused, match="docket_settled"):
        drop_from_docket(item=item.pk, reason="x", actor=stage["office"], now=now)
    with pytest.raises(Unknown):
        drop_from_docket(item=0, reason="x", actor=stage["office"], now=now)
    assert len(events_of(matter, Kind.MATTER_DROPPED)) == 1
    assert docketed(stage, matter, "2014-02-13 09:00").pk != item.pk


def test_an_item_whose_matter_closed_is_moot(stage: Stage) -> None:
    matter = stage.assigned()
    item = docketed(stage, matter)
    withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-02-12 11:00"))
    assert not open_items().items
    assert [one.pk for one in hard_cases().items] == [item.pk]
    drop_from_docket(item=item.pk, reason="已撤回", actor=stage["office"], now=at("2014-02-12 12:00"))


def test_papers(stage: Stage) -> None:
    item, now = docketed(stage, stage.assigned()), at("2014-02-12 10:00")
    file_paper(item=item.pk, kind="position", text="我乡无管网资金。", actor=stage["head"], now=now)
    file_paper(item=item.pk, kind="option", text="由水利局牵头。", actor=stage["office"], now=now)
    with pytest.raises(Forbidden):
        file_paper(item=item.pk, kind="option", text="x", actor=stage["head"], now=now)
    with pytest.raises(Forbidden):
        file_paper(item=item.pk, kind="position", text="x", actor=stage["handler"], now=now)
    with pytest.raises(Unknown):
        file_paper(item=item.pk, kind="position", text="x", actor=stage["handler2"], now=now)
    with pytest.raises(Invalid, match=r"paper_kind"):
        file_paper(item=item.pk, kind="x", text="x", actor=stage["office"], now=now)
    assert [one.kind for one in item.papers.order_by("pk")] == ["position", "option"]


def test_a_ground_already_entered_by_another_worker_is_not_entered_again(stage: Stage) -> None:
    """Both have seen the same red matter and the same event; the second finds it done."""
    matter = stage.handling()
    boundary = at("2014-02-18 00:00")
    assert _enter_red(matter.pk, matter.clock_run, boundary) == 1
    assert _enter_red(matter.pk, matter.clock_run, boundary) == 0
    assert _enter_red(matter.pk, matter.clock_run + 1, boundary) == 0
    unsatisfied = stage.complete(matter, "2014-02-18 10:00")
    stage.judge(unsatisfied, 1, "2014-02-18 11:00")
    assert (feed(), feed()) == (1, 0)


def test_one_event_that_fails_does_not_keep_the_others(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    twice_unsatisfied(stage)
    owed = Outbox.objects.filter(consumer=Consumer.DOCKET.value, event__kind=Kind.MATTER_REOPENED.value)
    first = owed.earliest("id").pk
    look = docketing._look

    def fails_once(events: Sequence[Event]) -> None:
        if events[0].outbox.filter(pk=first).exists():
            raise ValueError("this one")
        look(events)

    monkeypatch.setattr(docketing, "_look", fails_once)
    assert feed(now=at("2014-04-01 09:00")) == 2
    assert DocketGround.objects.count() == 1
    assert list(owed.values_list("pk", "attempts", "error")) == [(first, 1, "ValueError: this one")]
    monkeypatch.undo()
    assert feed(now=at("2014-04-01 09:00") + 9 * SECOND) == 0
    assert feed(now=at("2014-04-01 09:00") + 10 * SECOND) == 1
    assert not owed.exists()


def test_a_paper_is_on_record_without_its_words_and_stays_inside(stage: Stage) -> None:
    matter = stage.assigned()
    item = docketed(stage, matter)
    paper = file_paper(
        item=item.pk, kind="position", text="乡里无力承担。", actor=stage["head"], now=at("2014-02-12 10:00")
    )
    (event,) = events_of(matter, Kind.MATERIAL_FILED)
    assert event.facts == {
        "item": item.pk,
        "paper": paper.pk,
        "kind": "position",
        "text": digest_of_text("乡里无力承担。"),
    }
    told = {
        who: [one.text for one in timeline(matter, audience=who)] for who in ("petitioner", "public", "staff")
    }
    assert told["staff"][-1] == "单位意见已提交联席会议。"
    assert not [text for who in ("petitioner", "public") for text in told[who] if "单位意见" in text]
    assert not list(breaks())
