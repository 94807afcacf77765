"""The ranking for everyone: units only, small ones apart, nothing where there is nothing to judge by."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from duban.ledgers.models import MonthCount
from duban.people.models import Unit
from tests import city as planting


@pytest.fixture
def counted(city: planting.Cast) -> None:
    for unit, done in (("zhaiyang", 6), ("chengguan", 3)):
        for item, number in (("completed_on_time", done), ("solved", done), ("accepted_on_time", done)):
            MonthCount.objects.create(unit=unit, month="2014-01", item=item, number=number)


def test_units_are_ranked_and_small_ones_listed_apart(counted: None, client: Client) -> None:
    page = client.get("/ledgers").content.decode()
    ranked, small = page.split("件数太少，不排名")
    assert "寨阳乡" in ranked
    assert "城市管理" not in ranked
    assert "城市管理" in small
    assert "100.0%" in ranked
    assert "—" in ranked  # no verdict, no satisfaction
    assert "石明亮" not in page
    assert "逾期未受理 0 件" in page
    for definition in ("按时受理的件数 ÷ 受理的件数", "没有评价的不算"):
        assert definition in page


def test_an_empty_month_says_what_to_do(city: planting.Cast, client: Client) -> None:
    assert "换一个月或季度看看" in client.get("/ledgers?period=2013-Q4").content.decode()


def test_a_period_long_ago_stays_chosen(city: planting.Cast, client: Client) -> None:
    page = client.get("/ledgers?period=2010-Q2").content.decode()
    assert '<option value="2010-Q2" selected>2010 年第 2 季度</option>' in page
    assert page.count("<option") == 17


def test_what_is_no_period_is_told(city: planting.Cast, client: Client) -> None:
    response = client.get("/ledgers?period=2014-13")
    assert response.status_code == 422
    assert "请写成 2014-01（月）" in response.content.decode()


@pytest.mark.parametrize(("now", "named"), [("2014-01-31 12:00", "1 月"), ("2014-02-03 12:00", "1 月")])
def test_the_door_leads_to_figures_and_ranking(
    counted: None, client: Client, clock: time_machine.Traveller, now: str, named: str
) -> None:
    """Of the running month; on its first days, when nobody can be ranked yet, of the one before."""
    clock.move_to(planting.at(now))
    home = client.get("/").content.decode()
    assert re.search(r'href="/statistics">.*?统计红黑榜.*?各单位的灯色、件数和排名', home)
    page = client.get("/statistics").content.decode()
    board = page.split('id="board"')[1].split("</section>")[0]
    assert f"红黑榜 · 2014 年 {named}" in board
    assert "寨阳乡" in board
    assert "城市管理" not in board  # too few to be ranked
    assert 'href="/ledgers?period=2014-01"' in board


def test_where_nobody_can_be_ranked_the_statistics_say_so(city: planting.Cast, client: Client) -> None:
    page = client.get("/statistics").content.decode()
    assert "还没有单位够排名的件数" in page
    assert 'href="/ledgers?period=' in page


def test_a_long_ranking_shows_ten_and_keeps_the_rest_behind_one_touch(counted: None, client: Client) -> None:
    units = [Unit(code=f"u{n:02d}", name=f"第{n:02d}单位", kind="agency") for n in range(14)]
    Unit.objects.bulk_create(units)
    for n, unit in enumerate(units):
        for item, number in (("completed_on_time", 5), ("solved", n)):
            MonthCount.objects.create(unit=unit.code, month="2014-01", item=item, number=number)
    page = client.get("/ledgers?period=2014-01").content.decode()
    first, rest = page.split("<details", 1)
    assert first.count('class="n of-rank"') == 10
    assert "后面的 5 个单位" in rest
    assert rest.count('class="n of-rank"') == 5
    assert "看这 1 个单位" in rest
    assert page.count("<details") == page.count("</details>") == 2
    assert " open" not in page.split("看这 1 个单位")[0].rsplit("<details", 1)[1]


def test_programs_read_the_same(counted: None, client: Client) -> None:
    body = client.get("/api/v1/ledgers/units?period=2014-Q1").json()
    assert (body["period"], body["least_matters"]) == ("2014-Q1", 5)
    assert [(one["unit"]["code"], one["rank"], one["matters"]) for one in body["items"]] == [
        ("zhaiyang", 1, 6), ("chengguan", None, 3),
    ]  # fmt: skip
    assert body["items"][0]["response"] == {"part": 6, "whole": 6, "percent": "100.0%"}
    assert body["items"][0]["satisfaction"]["percent"] is None
    wrong = client.get("/api/v1/ledgers/units?period=x")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["period"])
