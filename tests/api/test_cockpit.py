"""The cockpit and the directives over the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.api.cockpit_shapes import Cockpit
from duban.catalogue.models import Standard
from duban.core.rights import SYSTEM
from duban.people.models import Staff
from duban.people.tokens import issue
from duban.supervision.sweep import sweep
from tests.city import Cast, at

from .caller import Answer, Caller, water
from .conftest import DONE, promise


def test_the_city_at_a_glance(caller: Caller, completed: Callable[..., Answer]) -> None:
    completed(place="寨阳乡坪朗村")
    caller.post("/matters", water(title="别的事", unit="chengguan"))
    body = caller.get("/desk/cockpit", by="leader").body
    Cockpit.model_validate(body)
    assert [one["day"] for one in body["standing"]] == ["2014-01-07", "2014-01-06", "2013-12-31"]
    assert body["standing"][0]["total"] == 2
    assert (body["standing"][0]["running"], body["standing"][1]["total"]) == (1, 0)
    assert body["weeks"][-1] == {
        "first": "2014-01-01",
        "last": "2014-01-07",
        "registered": 2,
        "closed": 0,
        "overdue": 0,
    }
    assert [one["unit"]["code"] for one in body["units"]] == ["chengguan"]
    assert [sum(one["counts"].values()) for one in body["ages"]] == [0, 1, 0, 1]
    assert body["topics"]["places"] == [
        {"name": "寨阳乡", "recent": 1, "before": 0},
        {"name": "-", "recent": 1, "before": 0},
    ]
    assert [
        one["place"]
        for one in caller.get("/desk/matters?township=寨阳乡&since=2014-01-01", by="leader")["items"]
    ] == ["寨阳乡坪朗村"]
    assert body["reds"] == []


def test_a_past_day_and_a_day_that_cannot_be(caller: Caller, completed: Callable[..., Answer]) -> None:
    completed()
    body = caller.get("/desk/cockpit?as_of=2014-01-06", by="office").body
    assert body["standing"][0]["total"] == 0
    assert caller.get("/desk/cockpit?as_of=2014-01-08", by="office").status == 422
    assert caller.get("/desk/cockpit?as_of=yesterday", by="office").status == 422


def test_reds_come_with_their_workdays(caller: Caller, city: Cast) -> None:
    caller.post("/matters", water(unit="zhaiyang"))
    caller.now = "2014-01-13 09:00"
    red = caller.get("/desk/cockpit", by="member")["reds"][0]
    assert (red["workdays_red"], red["matter"]["light"]) == (3, "red")


def test_alarms_silent_units_orders_and_the_docket(caller: Caller, city: Cast) -> None:
    number = caller.post("/matters", water(unit="zhaiyang"))["number"]
    caller.now = "2014-01-13 09:00"
    sweep(at(caller.now))
    body = caller.get("/desk/cockpit", by="member").body
    Cockpit.model_validate(body)
    assert (body["alarms"]["yellow"], body["alarms"]["red"]) == (1, 1)
    oldest = body["alarms"]["oldest"][0]
    assert (oldest["number"], oldest["boundary"], oldest["waiting_workdays"]) == (number, "yellow", 3)
    assert [one["unit"]["code"] for one in body["silent_units"]] == ["zhaiyang"]
    assert (body["orders"], body["docket"]) == ({"open": 0, "replied": 0, "overdue": 0}, 0)
    demand = {"colour": "red", "demand": "今天受理。", "reply_by": "2014-01-13"}
    assert caller.post(f"/desk/matters/{number}/order", demand, by="office").status == 201
    caller.post(f"/desk/matters/{number}/docket", {"reason": "没有人管。"}, by="office")
    caller.now = "2014-01-14 09:00"
    body = caller.get("/desk/cockpit", by="member").body
    assert body["alarms"] == {"yellow": 0, "red": 0, "oldest": []}
    assert (body["orders"], body["docket"]) == ({"open": 1, "replied": 0, "overdue": 1}, 1)


def test_a_directive_is_judged_by_the_issuing_office(
    caller: Caller, city: Cast, standards: dict[str, Standard]
) -> None:
    given = caller.post(
        "/desk/matters", water(kind="directive", unit="zhaiyang", petitioner=None), by="leader"
    )
    number = given["number"]
    assert [one["number"] for one in caller.get("/desk/directives", by="leader")["items"]] == [number]
    caller.post(f"/desk/matters/{number}/acceptance", promise(standards["water"]), by="handler")
    caller.post(f"/desk/matters/{number}/completion", DONE, by="handler")
    tokens = {}
    for unit in ("zhujian", "ducha"):
        held = city.leader.unit if unit == "ducha" else type(city.leader.unit).objects.get(code=unit)
        Staff.objects.create(username=f"leader-{unit}", display_name="龙副书记", unit=held, roles=["leader"])
        tokens[unit] = issue(username=f"leader-{unit}", actor=SYSTEM, now=at("2014-01-07 09:00"))
    verdict = f"/matters/{number}/verdict"
    elsewhere = caller.post(verdict, {"grade": 4}, Authorization=f"Bearer {tokens['zhujian']}")
    assert elsewhere.told == (403, "verdict_is_the_petitioners")
    assert caller.post(verdict, {"grade": 4}, Authorization=f"Bearer {tokens['ducha']}")["status"] == "closed"


@pytest.mark.parametrize("username", ["handler", "clerk", "inspector"])
def test_the_cockpit_is_for_who_sees_the_city(caller: Caller, username: str) -> None:
    assert caller.get("/desk/cockpit", by=username).told == (403, "no_right")


def test_it_is_a_constant_number_of_statements(caller: Caller, completed: Callable[..., Answer]) -> None:
    completed()
    caller.post("/matters", water(title="别的事", unit="chengguan"))
    caller.now = "2014-01-13 09:00"
    sweep(at(caller.now))
    caller.get("/desk/cockpit", by="leader")
    with CaptureQueriesContext(connection) as statements:
        caller.get("/desk/cockpit", by="leader")
    assert len(statements) <= 17


def test_the_work_list_is_narrowed_as_the_page_is(caller: Caller, completed: Callable[..., Answer]) -> None:
    done = completed(place="寨阳乡坪朗村")["number"]
    other = caller.post("/matters", water(title="路灯", kind="suggestion", place="", unit="chengguan"))[
        "number"
    ]

    def numbers(query: str) -> list[str]:
        return [row["number"] for row in caller.get(f"/desk/matters?{query}", by="leader")["items"]]

    assert numbers("since=2014-01-07&until=2014-01-07") == [other, done]
    assert numbers("since=2014-01-01&kind=suggestion") == [other]
    assert numbers("since=2014-01-01&place=坪朗村") == [done]
    assert numbers("until=2014-01-06") == []
    assert numbers("state=assigned&age=0-3") == [other]
    assert numbers("state=assigned&age=31") == []
    assert caller.get("/desk/matters?age=rubbish", by="leader").status == 422
    assert caller.get("/desk/matters?since=rubbish", by="leader").status == 422
