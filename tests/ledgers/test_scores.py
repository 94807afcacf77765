"""Points in versions, the ranking by them, and the preview of a draft."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.ledger import Item
from duban.core.periods import read_period
from duban.core.refusal import Forbidden, Invalid, Refused
from duban.core.scoring import FIRST_WEIGHTS
from duban.journal.models import Event
from duban.ledgers.entering import enter
from duban.ledgers.models import MonthCount, ScoreVersion
from duban.ledgers.ranking import UnitLine, asked_period, compared, ranking
from duban.ledgers.scores import amend_scores, newest, weights_by_month
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-10 09:00")
FEBRUARY = read_period("2014-02")
QUARTER = read_period("2014-Q1")
assert FEBRUARY
assert QUARTER


def counts(unit: str, month: str, **numbers: int) -> None:
    MonthCount.objects.bulk_create(
        [MonthCount(unit=unit, month=month, item=item, number=number) for item, number in numbers.items()]
    )


def test_a_version_scores_from_the_next_month_on(stage: Stage) -> None:
    version = amend_scores(weights={"order_red": -20}, note="从严。", actor=stage["office"], now=NOW)
    assert (version.number, version.since) == (2, "2014-03")
    assert newest()[Item.ORDER_RED] == -20
    points = weights_by_month(["2014-01", "2014-02", "2014-03", "2015-01"])
    assert [points[month][Item.ORDER_RED] for month in sorted(points)] == [-10, -10, -20, -20]
    assert points["2014-03"][Item.SOLVED] == FIRST_WEIGHTS[Item.SOLVED]
    event = Event.objects.get(stream="scores")
    assert event.facts == {"version": 2, "since": "2014-03", "changed": {"order_red": [-10, -20]}}


def test_of_two_versions_in_a_month_the_later_scores(stage: Stage) -> None:
    for points in (-20, -30):
        amend_scores(weights={"order_red": points}, note="从严。", actor=stage["office"], now=NOW)
    assert weights_by_month(["2014-03"])["2014-03"][Item.ORDER_RED] == -30
    assert ScoreVersion.objects.count() == 2


def test_in_december_the_next_month_is_january(stage: Stage) -> None:
    version = amend_scores(
        weights={"solved": 3}, note="鼓励。", actor=stage["office"], now=at("2014-12-31 23:59:59")
    )
    assert version.since == "2015-01"


@pytest.mark.parametrize(
    ("weights", "field", "code"),
    [
        ({"order_red": -101}, "order_red", "score_bounds"),
        ({"solved": 101}, "solved", "score_bounds"),
        ({"nothing": 1}, "nothing", "score_unknown"),
        ({"solved": True}, "solved", "not_a_number"),
    ],
)
def test_points_have_bounds(stage: Stage, weights: dict[str, int], field: str, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        amend_scores(weights=weights, note="改。", actor=stage["office"], now=NOW)
    assert wrong.value.errors[field][0] == code
    assert not ScoreVersion.objects.exists()


def test_a_version_needs_a_reason_and_a_change(stage: Stage) -> None:
    with pytest.raises(Invalid):
        amend_scores(weights={"solved": 3}, note=" ", actor=stage["office"], now=NOW)
    with pytest.raises(Refused) as no:
        amend_scores(
            weights={"solved": FIRST_WEIGHTS[Item.SOLVED]}, note="没改。", actor=stage["office"], now=NOW
        )
    assert no.value.code == "scores_unchanged"


@pytest.mark.parametrize("who", ["handler", "head", "member", "leader", "secadmin"])
def test_only_the_office_amends(stage: Stage, who: str) -> None:
    with pytest.raises(Forbidden):
        amend_scores(weights={"solved": 3}, note="改。", actor=stage[who], now=NOW)


def told(lines: list[UnitLine]) -> list[tuple[str, int | None, int, int, str]]:
    return [(line.code, line.rank, line.matters, line.score, line.average) for line in lines]


def test_units_are_ranked_by_points_a_matter_and_small_ones_apart(stage: Stage) -> None:
    counts("zhaiyang", "2014-02", completed_on_time=5, solved=5)  # 20 points
    counts("chengguan", "2014-02", completed_on_time=10, solved=10)  # 40 points, twice the matters
    counts("zhujian", "2014-02", completed_on_time=4, solved=4)
    assert told(ranking(FEBRUARY)) == [
        ("chengguan", 1, 10, 40, "4.00"), ("zhaiyang", 1, 5, 20, "4.00"), ("zhujian", None, 4, 16, "4.00"),
    ]  # fmt: skip


def test_each_month_of_a_quarter_is_scored_by_its_own_version(stage: Stage) -> None:
    counts("zhaiyang", "2014-02", order_red=1)
    counts("zhaiyang", "2014-03", order_red=1)
    amend_scores(weights={"order_red": -20}, note="从严。", actor=stage["office"], now=NOW)
    assert [line.score for line in ranking(QUARTER)] == [-30]
    assert [line.score for line in ranking(FEBRUARY)] == [-10]


def test_a_preview_compares_and_stores_nothing(stage: Stage) -> None:
    counts("zhaiyang", "2014-02", completed_on_time=5, solved=5)
    counts("chengguan", "2014-02", completed_late=5, cannot=5)
    before = Event.objects.count()
    draft = {**FIRST_WEIGHTS, Item.COMPLETED_LATE: 100}
    found = compared(QUARTER, draft)
    assert [(one.now.code, one.now.rank, one.draft.rank, one.now.score, one.draft.score) for one in found] == [
        ("chengguan", 2, 1, -20, 500), ("zhaiyang", 1, 2, 20, 20),
    ]  # fmt: skip
    assert not ScoreVersion.objects.exists()
    assert Event.objects.count() == before


def test_a_ranking_costs_the_same_however_many_units_and_entries(stage: Stage) -> None:
    stage.closed()
    enter()
    ranking(QUARTER)
    with CaptureQueriesContext(connection) as few:
        ranking(QUARTER)
    for unit in ("chengguan", "zhujian", "ducha"):
        counts(unit, "2014-02", completed_on_time=9, solved=3)
    with CaptureQueriesContext(connection) as more:
        ranking(QUARTER)
    assert abs(len(more) - len(few)) <= 1  # the book looks at its revision once a second
    assert len(more) <= 4


def test_a_period_that_is_none_is_told(stage: Stage) -> None:
    assert asked_period("", NOW) == FEBRUARY
    with pytest.raises(Invalid) as wrong:
        asked_period("2014-13", NOW)
    assert wrong.value.errors["period"][0] == "period_shape"


@pytest.mark.parametrize(
    ("score", "matters", "shown"), [(1, 3, "0.33"), (-1, 3, "-0.33"), (2, 3, "0.67"), (-1, 1000, "0.00"), (5, 0, "—")]
)  # fmt: skip
def test_points_a_matter_have_two_decimals(score: int, matters: int, shown: str) -> None:
    from collections import Counter

    assert UnitLine("a", "甲", Counter(), score, matters, None).average == shown
