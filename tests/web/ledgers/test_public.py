"""The ranking for everyone: units only, small ones apart, nothing where there is nothing to judge by."""

from __future__ import annotations

import pytest
from django.test import Client

from duban.ledgers.models import MonthCount
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


def test_the_statistics_lead_there(city: planting.Cast, client: Client) -> None:
    assert 'href="/ledgers"' in client.get("/statistics").content.decode()


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
