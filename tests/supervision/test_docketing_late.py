"""Grounds depend on when they came about, not on when the worker looks; closing and merging meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from duban.core.events import Consumer, Kind
from duban.core.refusal import Refused
from duban.journal.models import Outbox
from duban.journal.verifying import breaks
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.merging import merge, separate
from duban.supervision.docketing import feed, feed_red
from duban.supervision.meetings import convenable, docket_size, hard_cases, open_items
from duban.supervision.models import Deferral, DocketGround, DocketItem
from duban.supervision.reviewing import feed_reviews
from duban.supervision.sweep import sweep
from tests.city import at
from tests.stage import WU, Stage

from .hard import convened, decided, docketed, events_of, settled, sitting

pytestmark = pytest.mark.django_db
LONG_RED = at("2014-02-18 00:00")  # of a promise due 2014-02-10
REVIEW = date(2014, 2, 20)
MORNING = at("2014-02-20 09:00")


def grounds(*kinds: str) -> list[tuple[str, str]]:
    """Entered so far: ground and instant."""
    return [
        (one.ground, f"{one.since.astimezone(LONG_RED.tzinfo):%m-%d %H:%M}")
        for one in DocketGround.objects.order_by("id")
        if not kinds or one.ground in kinds
    ]


def merged(stage: Stage, matter: Matter, now: str) -> Matter:
    """Merged into another one of the unit, which is handed back."""
    lead = stage.handling(petitioner=WU, title="主件")
    merge(matter=matter.number, lead=lead.number, reason="同一件事", actor=stage["office"], now=at(now))
    return lead


def test_a_long_red_clock_that_was_stopped_before_the_worker_looked(stage: Stage) -> None:
    matter = stage.handling()
    sweep(at("2014-02-17 23:00"))
    feed_red(at("2014-02-17 23:00"))
    stage.complete(matter, "2014-02-18 08:30")
    assert feed_red(at("2014-02-18 09:00")) == 1
    assert grounds() == [("red", "02-18 00:00")]
    assert feed_red(at("2014-02-19 09:00")) == 0
    assert not Outbox.objects.filter(
        consumer=Consumer.DOCKET.value, event__kind=Kind.ALARM_RAISED.value
    ).exists()
    assert not list(breaks())


def test_a_clock_stopped_a_second_before_was_not_red_long_enough(stage: Stage) -> None:
    stage.complete(stage.handling(), "2014-02-17 23:59:59")
    assert feed_red(at("2014-02-18 09:00")) == 0
    assert grounds() == []


def test_a_long_red_clock_the_meeting_set_anew_before_the_worker_looked(stage: Stage) -> None:
    decided(stage, stage.handling(), "extend", "2014-02-18 08:30", due_on=date(2014, 3, 20))
    feed_red(at("2014-02-18 09:00"))
    assert grounds("red") == [("red", "02-18 00:00")]


def test_what_the_scan_has_entered_is_not_entered_for_the_alarm_again(stage: Stage) -> None:
    stage.handling()
    sweep(LONG_RED)
    assert feed_red(LONG_RED) == 1
    assert feed_red(at("2014-02-19 09:00")) == 0
    assert grounds() == [("red", "02-18 00:00")]


def put_off(stage: Stage) -> Matter:
    """Put off until 2014-02-20."""
    matter = stage.handling()
    decided(stage, matter, "defer", "2014-02-10 09:00", review_on=REVIEW)
    return stage.again(matter)


def test_a_review_day_that_came_before_the_matter_was_completed(stage: Stage) -> None:
    stage.complete(put_off(stage), "2014-02-20 08:30")
    assert feed_reviews(MORNING) == 1
    assert grounds("review") == [("review", "02-20 00:00")]


def test_no_review_of_what_was_completed_when_its_day_came(stage: Stage) -> None:
    stage.judge(stage.complete(put_off(stage), "2014-02-19 08:30"), 1, "2014-02-20 08:40")
    assert feed_reviews(MORNING) == 0
    assert Deferral.objects.get().ended_at == at("2014-02-20 00:00")


def test_a_decision_on_the_review_day_comes_after_the_review(stage: Stage) -> None:
    matter = put_off(stage)
    item = docketed(stage, matter, "2014-02-20 08:00")
    settled(stage, item, sitting(stage, item, now="2014-02-20 08:00"), "keep", "2014-02-20 08:30")
    assert feed_reviews(MORNING) == 0
    assert grounds("review") == [("review", "02-20 00:00")]
    assert set(item.grounds.values_list("ground", flat=True)) == {"hand", "review"}
    assert not DocketItem.objects.filter(state="open").exists()


def test_a_ground_from_before_the_merging_is_there_after_the_separation(stage: Stage) -> None:
    matter = stage.judge(stage.completed(), 1)
    matter = stage.judge(stage.complete(matter, "2014-02-10 10:00"), 2, "2014-02-11 09:00")
    merged(stage, matter, "2014-02-11 09:00:01")
    feed()
    assert grounds() == [("negative", "02-11 09:00")]
    assert (docket_size(), open_items().items, convenable()) == (0, [], [])
    separate(matter=matter.number, reason="不是一件事", actor=stage["office"], now=at("2014-02-11 10:00"))
    feed()
    assert [one.matter_id for one in open_items().items] == [matter.pk]
    assert docket_size() == len(convenable()) == 1


def test_an_item_of_a_merged_matter_is_on_no_agenda(stage: Stage) -> None:
    matter = stage.handling()
    item = docketed(stage, matter)
    merged(stage, matter, "2014-02-12 10:00")
    assert docket_size() == 0
    with pytest.raises(Refused) as refused:
        convened(stage, item, now="2014-02-12 11:00")
    assert (refused.value.code, refused.value.field) == ("docket_follows_lead", "items")


def test_merging_ends_a_deferral(stage: Stage) -> None:
    merged(stage, put_off(stage), "2014-02-12 10:00")
    assert not hard_cases(state="deferred").items
    feed()
    assert Deferral.objects.get().ended_at == at("2014-02-12 10:00")
    assert feed_reviews(MORNING) == 0
    assert grounds("review") == []


def test_a_review_day_that_came_before_the_merging(stage: Stage) -> None:
    merged(stage, put_off(stage), "2014-02-20 08:30")
    feed()
    assert grounds("review") == [("review", "02-20 00:00")]
    assert Deferral.objects.get().ended_at == at("2014-02-20 00:00")


def test_an_item_ends_with_the_closing_of_its_matter(stage: Stage) -> None:
    matter = stage.handling()
    item = docketed(stage, matter)
    withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-02-12 11:00"))
    feed()
    item.refresh_from_db()
    assert (item.state, item.settled_at) == ("moot", at("2014-02-12 11:00"))
    assert [one.pk for one in hard_cases().items] == [item.pk]
    assert not events_of(matter, Kind.MATTER_DROPPED)


def test_a_decided_item_stays_decided_when_the_matter_closes(stage: Stage) -> None:
    decision = decided(stage, stage.handling(), "close", confirmed=True)
    feed()
    assert DocketItem.objects.get(pk=decision.item_id).state == "decided"
