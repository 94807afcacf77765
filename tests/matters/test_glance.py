"""The city at a glance: every figure is as long as the list it leads to, and each question is one statement."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.catalogue.book import forget
from duban.catalogue.routes import add_route
from duban.core.ageing import BANDS
from duban.core.places import NOWHERE
from duban.core.refusal import Invalid
from duban.core.routing import Route
from duban.matters.glance import OPEN, ageing, oldest_reds, topics
from duban.matters.models import Matter
from duban.matters.narrowing import Narrowing
from duban.matters.places import written
from duban.matters.queries import worklist
from duban.people.models import Unit
from tests.city import at
from tests.stage import WU, Stage

NOW = at("2014-02-12 09:00")


@pytest.fixture
def town(stage: Stage) -> Stage:
    """Six matters of every state, with places, over three months."""
    Unit.objects.create(code="shetangpo", name="社塘坡乡人民政府", kind=Unit.Kind.TOWNSHIP)
    stage.register("2013-12-20 09:00", title="年前的", place="寨阳乡德雅村", petitioner=WU)
    stage.handling(place="德雅村三组")
    stage.completed(title="办完的", place="寨阳乡")
    stage.register(
        "2014-02-10 09:00", title="路灯", kind="suggestion", place="社塘坡乡强虎村", unit="chengguan"
    )
    stage.register("2014-02-12 08:00", title="今早的", kind="question", unit="zhaiyang")
    stage.judge(stage.completed(title="销了的", place="德雅村"), 5)
    return stage


def test_every_open_matter_stands_in_one_state_and_one_band(town: Stage) -> None:
    ages = ageing(NOW)
    assert [one.state for one in ages] == list(OPEN)
    assert sum(one.total for one in ages) == Matter.objects.exclude(state="closed").count() == 5
    told = {one.state.value: {key: n for key, n in one.counts.items() if n} for one in ages}
    assert told == {
        "registered": {"31": 1},
        "assigned": {"0-3": 2},
        "handling": {"8-15": 1},
        "completed": {"8-15": 1},
    }


def test_every_figure_of_ages_is_as_long_as_its_list(town: Stage) -> None:
    for one in ageing(NOW):
        status = "pending_review" if one.state == "completed" else ""
        for band in BANDS:
            narrowed = Narrowing(state=one.state.value, age=band.key)
            page = worklist(town["leader"], NOW, status=status, narrowed=narrowed)
            assert len(page.items) == one.counts[band.key], (one.state, band.key)


def test_topics_compare_thirty_days_with_the_thirty_before(town: Stage) -> None:
    found = topics(date(2014, 2, 12), written())
    assert (found.earliest, found.before) == (date(2013, 12, 15), date(2014, 1, 13))
    assert (found.first, found.last) == (date(2014, 1, 14), date(2014, 2, 12))
    assert [(one.name, one.recent, one.before) for one in found.kinds] == [
        ("hardship", 3, 1),
        ("question", 1, 0),
        ("suggestion", 1, 0),
    ]
    assert [(one.name, one.recent, one.before) for one in found.standards] == [("农村安全饮水设施维修", 3, 0)]
    assert {(one.name, one.recent, one.before) for one in found.places} == {
        ("寨阳乡", 1, 1),
        ("社塘坡乡", 1, 0),
        (NOWHERE, 3, 0),
    }


def test_every_topic_is_as_long_as_its_list(town: Stage) -> None:
    found = topics(date(2014, 2, 12), written())
    for name, rows in (("kind", found.kinds), ("standard", found.standards), ("township", found.places)):
        for one in rows:
            for since, until, figure in (
                (found.first, found.last, one.recent),
                (found.earliest, found.before, one.before),
            ):
                narrowed = Narrowing(since=since, until=until, **{name: one.name})  # type: ignore[arg-type]
                page = worklist(town["leader"], NOW, narrowed=narrowed)
                assert len(page.items) == figure, (name, one, since)


def test_each_matter_counts_in_one_township_and_a_routing_rule_tells_where_a_village_lies(
    town: Stage,
) -> None:
    typed = ("寨阳到社塘坡乡的路", "吉首市寨阳坪朗村", "德雅村小学", "南门寨阳路", "寨阳乡德雅村")
    for n, place in enumerate(typed):
        town.register("2014-02-11 09:00", title=f"第 {n} 件", place=place, petitioner=WU)
    day = {"since": date(2014, 2, 11), "until": date(2014, 2, 11)}

    def found(township: str) -> set[str]:
        narrowed = Narrowing(township=township, **day)  # type: ignore[arg-type]
        return {one.place for one in worklist(town["leader"], NOW, narrowed=narrowed).items}

    assert found("社塘坡乡") == {"寨阳到社塘坡乡的路"}
    assert found("寨阳乡") == {"吉首市寨阳坪朗村", "寨阳乡德雅村"}
    assert found(NOWHERE) == {"德雅村小学", "南门寨阳路"}
    add_route(route=Route("zhaiyang", place="德雅"), actor=town["office"], now=NOW)
    forget()
    assert found("寨阳乡") == {"吉首市寨阳坪朗村", "寨阳乡德雅村", "德雅村小学"}
    assert found(NOWHERE) == {"南门寨阳路"}


def test_a_township_nobody_has_is_no_list(town: Stage) -> None:
    with pytest.raises(Invalid):
        worklist(town["leader"], NOW, narrowed=Narrowing(township="德雅村"))


def test_a_reopened_matter_under_the_same_standard_counts_once(stage: Stage) -> None:
    matter = stage.judge(stage.completed(), 1)
    stage.complete(matter, now="2014-02-11 10:00")
    assert [one.recent for one in topics(date(2014, 2, 12), written()).standards] == [1]


def test_the_first_and_the_last_day_there_are(town: Stage) -> None:
    assert topics(date.min, written()).kinds == []
    every = worklist(town["leader"], NOW, narrowed=Narrowing(since=date.min, until=date.max))
    assert len(every.items) == 6
    assert [matter.pk for matter in every.items] == sorted((m.pk for m in every.items), reverse=True)


def test_the_oldest_reds_come_first_with_their_workdays(town: Stage) -> None:
    reds = oldest_reds(NOW)
    assert [(red.matter.title, red.workdays) for red in reds][:2] == [
        ("年前的", 33),
        ("坪朗村蓄水池容量不足", 2),
    ]
    assert all(red.matter.light(NOW) == "red" for red in reds)
    assert len(oldest_reds(NOW, most=1)) == 1
    on_time = at("2014-02-10 23:59:59")
    assert "坪朗村蓄水池容量不足" not in [red.matter.title for red in oldest_reds(on_time)]


def test_a_year_without_a_calendar_leaves_the_workdays_open(town: Stage) -> None:
    assert oldest_reds(at("2099-01-01 09:00"), most=1)[0].workdays is None


def test_each_question_is_a_constant_number_of_statements(town: Stage) -> None:
    spelled = written()
    for asked, most in (
        (lambda: ageing(NOW), 1),
        (lambda: topics(date(2014, 2, 12), spelled), 2),
        (lambda: [(red.matter.unit.name, red.matter.handler) for red in oldest_reds(NOW)], 1),
    ):
        asked()
        with CaptureQueriesContext(connection) as statements:
            asked()
        assert len(statements) == most


@pytest.mark.parametrize("field", ["kind", "state", "age"])
def test_a_value_nobody_knows_is_refused(stage: Stage, field: str) -> None:
    with pytest.raises(Invalid):
        worklist(stage["leader"], NOW, narrowed=Narrowing(**{field: "rubbish"}))


def test_a_narrowed_list_pages_by_key(town: Stage) -> None:
    dated = Narrowing(since=date(2013, 12, 1), until=date(2014, 2, 12))
    seen, after = [], ""
    while True:
        page = worklist(town["leader"], NOW, narrowed=dated, after=after, limit=2)
        seen += [matter.pk for matter in page.items]
        if not page.next:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == 6
