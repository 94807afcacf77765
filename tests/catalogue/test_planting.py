"""The seed: a catalogue for each of the 121 units, published by the real verb, and rules that find the way."""

from __future__ import annotations

import pytest

from duban.catalogue.book import book
from duban.catalogue.models import RoutingRule
from duban.catalogue.planting import plant_catalogue, plant_routes, seed
from duban.core.routing import route
from duban.journal.models import Event
from duban.people.planting import seed as units

from .conftest import NOW

pytestmark = pytest.mark.django_db


def test_every_unit_has_at_least_three_standards() -> None:
    edition = plant_catalogue(now=NOW)
    assert edition is not None
    assert edition.number == 1
    by_unit = book().current_by_unit
    assert set(by_unit) == {unit.code for unit in units()}
    assert min(len(its) for its in by_unit.values()) >= 3
    assert len({one.title for one in book().standards.values()}) >= 140


def test_standards_are_fit_to_promise_from() -> None:
    for one in seed():
        assert 3 <= len(one.steps) <= 5, one.code
        assert 1 <= one.limit_workdays <= 20, one.code
        assert one.fee, one.code
        assert one.basis, one.code
    assert len({one.limit_workdays for one in seed()}) >= 6


@pytest.mark.parametrize(
    ("unit", "title", "limit"),
    [
        ("zhaiyang", "农村饮水设施小修", 5),
        ("shetangpo", "乡聘人员待遇诉求答复", 10),
        ("zhujian", "城市道路坑槽修补", 5),
    ],
)
def test_the_articles_cases_find_their_standard(unit: str, title: str, limit: int) -> None:
    assert [one.limit_workdays for one in seed() if (one.unit_code, one.title) == (unit, title)] == [limit]


def test_planting_again_does_nothing() -> None:
    plant_catalogue(now=NOW)
    assert plant_catalogue(now=NOW) is None
    assert plant_routes(now=NOW) > 200
    assert plant_routes(now=NOW) == 0
    assert Event.objects.filter(stream="routes").count() == 1


def test_rules_name_units_that_exist_and_no_rule_stands_twice() -> None:
    plant_routes(now=NOW)
    assert set(RoutingRule.objects.values_list("unit_code", flat=True)) <= {unit.code for unit in units()}
    conditions = list(RoutingRule.objects.values_list("place", "kind", "keyword"))
    assert len(conditions) == len(set(conditions))


@pytest.mark.parametrize(
    ("place", "text", "unit"),
    [
        ("寨阳乡坪朗村", "蓄水池容量有限，部分水管损坏，饮水困难", "zhaiyang"),
        ("社塘坡乡强虎村", "保洁员希望涨工资", "shetangpo"),
        ("吉首城区", "人民北路路面坑槽", "zhujian"),
        ("吉首城区", "占道经营影响市容", "chengguan"),
        ("吉首城区", "管道天然气什么时候通", "zhujian"),
        ("乾州街道", "路灯不亮", "ludeng"),
        ("寨阳乡坪朗村", "别的事", "zhaiyang"),
        ("", "别的事", None),
    ],
)
def test_the_way_of_a_matter(place: str, text: str, unit: str | None) -> None:
    plant_routes(now=NOW)
    found = route(book().routes, kind="hardship", place=place, title=text, body="")
    assert (found.unit if found else None) == unit
