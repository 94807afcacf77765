"""A whole life over the API, with the calls of the contract alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duban.catalogue.models import Standard
from tests.city import Cast

from .caller import Answer, Caller, water
from .conftest import DONE, promise


def test_luo_jiaxiang_s_water_from_registration_to_closing(
    caller: Caller, standards: dict[str, Standard]
) -> None:
    given = caller.post("/matters", water(publish=True))
    assert given.status == 201
    assert (given["status"], given["light"], given["unit"]["code"]) == ("accepting", "green", "ducha")
    assert given["acceptance_due_at"] == "2014-01-08T23:59:59+08:00"
    assert given["receipt"]["number"] == given["number"]
    number, code = given["number"], given["query_code"]

    seen = caller.get(f"/desk/matters/{number}", by="office")
    assert "assign" in seen["allowed"]
    assert seen["petitioner"]["name"] == "罗**"
    assigned = caller.post(f"/desk/matters/{number}/assignment", {"unit": "zhaiyang"}, by="office")
    assert assigned["unit"] == {"code": "zhaiyang", "name": "寨阳乡人民政府"}

    assert [row["number"] for row in caller.get("/desk/matters", by="handler")["items"]] == [number]
    caller.now = "2014-01-07 10:00"
    accepted = caller.post(f"/desk/matters/{number}/acceptance", promise(standards["water"]), by="handler")
    assert (accepted["status"], accepted["clock"]["due_at"]) == ("handling", "2014-01-10T23:59:59+08:00")

    caller.now = "2014-01-08 10:00"
    assert caller.post(f"/desk/matters/{number}/progress", {"note": "已备水管。"}, by="handler").status == 200
    assert caller.post(f"/matters/{number}/additions", {"text": "高处还有两户。"}, code=code).status == 200
    caller.now = "2014-01-10 16:00"
    done = caller.post(f"/desk/matters/{number}/completion", DONE, by="handler")
    assert (done["status"], done["light"], done["vague_words"]) == ("pending_review", "yellow", [])

    caller.now = "2014-01-12 09:00"
    closed = caller.post(f"/matters/{number}/verdict", {"grade": 5, "comment": "来水了。"}, code=code)
    assert (closed["status"], closed["basis"]) == ("closed", "verdict")
    followed = caller.get(f"/matters/{number}", code=code)
    assert followed["closed_at"] == "2014-01-12T09:00:00+08:00"
    assert [entry["kind"] for entry in followed["timeline"]] == [
        "matter.registered",
        "matter.assigned",
        "matter.accepted",
        "progress.reported",
        "addition.made",
        "alarm.raised",  # yellow, since the morning of the last day
        "matter.completed",
        "verdict.given",
        "matter.closed",
    ]
    assert [clock["clock"] for clock in followed["clocks"]] == ["acceptance", "completion"]
    assert caller.get("/census")["statuses"]["closed"] == 1


def test_why_it_is_due_that_day(caller: Caller, standards: dict[str, Standard]) -> None:
    """Thu 2014-01-30 + 3 workdays, over the Spring Festival, is Mon 2014-02-10 (domain rule 2)."""
    caller.now = "2014-01-30 09:00"
    given = caller.post("/matters", water(unit="zhaiyang"))
    caller.post(f"/desk/matters/{given['number']}/acceptance", promise(standards["water"]), by="handler")
    why = caller.get(f"/matters/{given['number']}", code=given["query_code"])["deadline_explained"]
    assert (why["due_at"], why["workdays"], why["provisional"]) == ("2014-02-10T23:59:59+08:00", 3, False)
    assert [line["day"] for line in why["days"] if line["counted"]] == [
        "2014-02-07",
        "2014-02-08",
        "2014-02-10",
    ]
    assert [line["reason"] for line in why["days"]][:2] == ["start", "holiday"]
    assert "2014年2月10日" in why["text"]


def test_a_deadline_in_a_year_not_announced_says_so(caller: Caller, standards: dict[str, Standard]) -> None:
    caller.now = "2026-12-30 09:00"
    given = caller.post("/matters", water(unit="zhaiyang"))
    caller.post(f"/desk/matters/{given['number']}/acceptance", promise(standards["water"]), by="handler")
    why = caller.get(f"/matters/{given['number']}", code=given["query_code"])["deadline_explained"]
    assert why["provisional"] is True
    assert "2027 年的放假安排国务院还没有公布" in why["text"]


def test_a_negative_verdict_reopens(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed()
    number, code = given["number"], given["query_code"]
    reopened = caller.post(f"/matters/{number}/verdict", {"grade": 2, "comment": "只通了一半。"}, code=code)
    assert (reopened["status"], reopened["round"]) == ("handling", 2)
    caller.post(f"/desk/matters/{number}/completion", DONE, by="handler")
    assert caller.post(f"/matters/{number}/verdict", {"grade": 3}, code=code)["status"] == "closed"
    followed = caller.get(f"/matters/{number}", code=code)
    assert [statement["round"] for statement in followed["statements"]] == [1, 2]
    assert [clock["clock"] for clock in followed["clocks"]] == ["acceptance", "completion", "completion"]


@pytest.mark.parametrize("username", ["handler", "office", "head", "leader", "clerk", "member"])
def test_an_official_cannot_judge(caller: Caller, completed: Callable[..., Answer], username: str) -> None:
    given = completed()
    verdict = f"/matters/{given['number']}/verdict"
    assert caller.post(verdict, {"grade": 5}, by=username).told == (403, "verdict_is_the_petitioners")
    with_code = caller.post(verdict, {"grade": 5}, by=username, code=given["query_code"])
    assert with_code.told == (403, "verdict_is_the_petitioners")
    assert caller.post(verdict, {"grade": 5}, Authorization="Bearer nobody").told == (401, "token_needed")


def test_a_directive_is_judged_by_its_issuer(
    caller: Caller, city: Cast, standards: dict[str, Standard]
) -> None:
    directive = water(kind="directive", unit="zhaiyang", petitioner=None)
    assert caller.post("/desk/matters", directive, by="office").told == (409, "directive_needs_leader")
    assert caller.post("/matters", water(kind="directive")).told == (409, "directive_needs_leader")
    given = caller.post("/desk/matters", directive, by="leader")
    number = given["number"]
    caller.post(f"/desk/matters/{number}/acceptance", promise(standards["water"]), by="handler")
    caller.post(f"/desk/matters/{number}/completion", DONE, by="handler")
    assert caller.get(f"/desk/matters/{number}", by="leader")["issuer"] == city.leader.display_name
    assert caller.post(f"/matters/{number}/verdict", {"grade": 4}, by="leader")["status"] == "closed"


def test_a_clerk_registers_for_whom_walks_in(caller: Caller) -> None:
    given = caller.post("/desk/matters", water(unit="zhaiyang"), by="clerk")
    assert given.status == 201
    assert caller.get(f"/matters/{given['number']}", code=given["query_code"])["channel"] == "terminal"
    assert caller.post("/desk/matters", water(), by="handler").told == (403, "no_right")


def test_returned_twice_the_third_assignment_stays(caller: Caller) -> None:
    given = caller.post("/matters", water(unit="zhaiyang"))
    matter = f"/desk/matters/{given['number']}"
    ask = {"reason": "不属本乡职责。", "suggested_unit": "chengguan"}
    assert caller.post(f"{matter}/return-request", ask, by="handler").status == 200
    assert caller.post(f"{matter}/return-signature", by="head").status == 200
    assert caller.post(f"{matter}/return-ruling", {"granted": False, "note": ""}, by="office").errors == {
        "note": "reason_missing"
    }
    ruled = caller.post(f"{matter}/return-ruling", {"granted": True, "unit": "chengguan"}, by="office")
    assert ruled["unit"]["code"] == "chengguan"
    back = {"reason": "属供水。", "suggested_unit": "zhaiyang"}
    assert caller.post(f"{matter}/return-request", back, by="handler2").status == 200
    assert caller.get(matter, by="office")["waits_for_ruling"] == "return"
    assert caller.get("/desk/trays", by="office")["returns"] == 1
    assert caller.post(f"{matter}/return-ruling", {"granted": True}, by="office")["status"] == "accepting"
    assert caller.post(f"{matter}/assignment", {"unit": "zhaiyang"}, by="office").status == 200
    third = caller.post(f"{matter}/return-request", ask, by="handler")
    assert third.told == (409, "return_not_allowed")
    assert "指定办理" in third["detail"]


def test_a_later_day(caller: Caller, promised: Callable[..., Answer]) -> None:
    matter = f"/desk/matters/{promised()['number']}"
    assert caller.post(
        f"{matter}/extension-request", {"reason": "等配件", "due_on": "2014-01-10"}, by="handler"
    ).told == (
        409,
        "extension_not_later",
    )
    asked = caller.post(
        f"{matter}/extension-request", {"reason": "等配件", "due_on": "2014-01-15"}, by="handler"
    )
    assert asked.status == 200
    assert caller.post(f"{matter}/extension-signature", by="head").status == 200
    ruled = caller.post(f"{matter}/extension-ruling", {"granted": True, "note": "同意"}, by="office")
    assert ruled["clock"]["due_at"] == "2014-01-15T23:59:59+08:00"
    extension = caller.get(matter, by="handler")["extensions"][0]
    assert extension["original_due_at"] == "2014-01-10T23:59:59+08:00"
    assert extension["ruling"] == "granted"


def test_silence_is_called_back_and_closed_unrated(caller: Caller, completed: Callable[..., Answer]) -> None:
    matter = f"/desk/matters/{completed()['number']}"
    told = {"result": "not_reached", "note": "三次未接。"}
    assert caller.post(f"{matter}/callback", told, by="office").told == (409, "callback_too_early")
    caller.now = "2014-01-15 09:00"
    assert caller.post(f"{matter}/unrated-closure", by="office").told == (409, "callback_first")
    assert caller.get("/desk/trays/silent", by="office")["items"][0]["status"] == "pending_review"
    assert caller.post(f"{matter}/callback", told, by="office").status == 200
    closed = caller.post(f"{matter}/unrated-closure", by="office")
    assert (closed["status"], closed["basis"]) == ("closed", "unrated")


def test_withdrawing(caller: Caller, promised: Callable[..., Answer]) -> None:
    given = promised()
    closed = caller.post(f"/matters/{given['number']}/withdrawal", code=given["query_code"])
    assert (closed["status"], closed["basis"]) == ("closed", "withdrawn")
    collective = caller.post("/matters", water(title="集体饮水", collective=True))
    refused = caller.post(f"/matters/{collective['number']}/withdrawal", {}, code=collective["query_code"])
    assert refused.told == (409, "collective_no_withdrawal")


def test_real_data_is_seen_with_a_reason(caller: Caller, promised: Callable[..., Answer]) -> None:
    matter = f"/desk/matters/{promised()['number']}"
    assert caller.post(f"{matter}/unmasking", {"reason": " "}, by="handler").errors == {
        "reason": "reason_missing"
    }
    real = caller.post(f"{matter}/unmasking", {"reason": "上门核实"}, by="handler")
    assert real["name"] == "罗家祥"
    assert caller.get(matter, by="office")["timeline"][-1]["text"] == "上门核实"


def test_handing_over_inside_the_unit(caller: Caller, promised: Callable[..., Answer]) -> None:
    matter = f"/desk/matters/{promised()['number']}"
    assert caller.post(f"{matter}/hand-over", {"handler": "handler2"}, by="head").errors == {
        "handler": "handler_not_of_unit"
    }
    assert caller.post(f"{matter}/hand-over", {"handler": "head"}, by="head").status == 200
    assert caller.get(matter, by="handler")["handler"] == "吴建国"
