"""Alarms and orders over the API, with the calls of the contract alone."""

from __future__ import annotations

import pytest

from duban.catalogue.models import Standard
from duban.supervision.sweep import sweep
from tests.city import at

from .caller import Caller, water
from .conftest import promise

ORDER = {"colour": "yellow", "demand": "今日内修好。", "reply_by": "2014-01-15"}


def late(caller: Caller, standards: dict[str, Standard]) -> str:
    """A matter of 寨阳乡, promised for the 10th and red since."""
    number = str(caller.post("/matters", water())["number"])
    caller.post(f"/desk/matters/{number}/assignment", {"unit": "zhaiyang"}, by="office")
    caller.post(f"/desk/matters/{number}/acceptance", promise(standards["water"]), by="handler")
    caller.now = "2014-01-13 09:00"
    sweep(at(caller.now))
    return number


def test_an_order_from_issue_to_acceptance(caller: Caller, standards: dict[str, Standard]) -> None:
    number = late(caller, standards)
    issued = caller.post(f"/desk/matters/{number}/order", ORDER, by="office", key="one")
    assert (issued.status, issued["key"], issued["number"]) == (201, "2014-yellow-1", "督黄〔2014〕1号")
    assert (issued["matter"], issued["reply_by"]) == (number, "2014-01-15T23:59:59+08:00")
    again = caller.post(f"/desk/matters/{number}/order", ORDER, by="office", key="one")
    assert (again.status, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert caller.post(f"/desk/matters/{number}/order", ORDER, by="office").told == (409, "order_exists")

    there = f"/desk/orders/{issued['key']}"
    assert caller.get(there, by="handler")["allowed"] == ["reply", "acknowledgement"]
    assert caller.post(f"{there}/acknowledgement", by="handler")["state"] == "acknowledged"
    assert caller.post(f"{there}/reply", {"text": "已修好。"}, by="handler")["state"] == "replied"
    back = caller.post(f"{there}/sending-back", {"reason": "没有说明原因。"}, by="office")
    assert (back["state"], back["replies"][0]["note"]) == ("issued", "没有说明原因。")
    caller.post(f"{there}/reply", {"text": "因等配件迟了。"}, by="handler")
    done = caller.post(f"{there}/acceptance", by="office")
    assert (done["state"], done["allowed"], done["light"]) == ("accepted", [], None)
    assert caller.post(f"{there}/recall", {"reason": "多余。"}, by="office").told == (409, "order_accepted")
    assert [one["key"] for one in caller.get("/desk/orders?state=accepted", by="handler")["items"]] == [
        issued["key"]
    ]
    assert caller.get("/desk/orders?unit=zhaiyang", by="handler2").status == 403


def test_an_order_to_a_unit_and_what_is_wrong_with_one(caller: Caller) -> None:
    caller.now = "2014-01-13 09:00"
    issued = caller.post("/desk/orders", {**ORDER, "unit": "chengguan"}, by="office")
    assert (issued.status, issued["matter"], issued["unit"]["code"]) == (201, None, "chengguan")
    wrong = caller.post(
        "/desk/orders", {**ORDER, "unit": "chengguan", "colour": "blue", "demand": ""}, by="office"
    )
    assert (wrong.status, wrong.errors) == (422, {"colour": "order_colour", "demand": "order_demand_missing"})
    assert caller.post("/desk/orders", {**ORDER, "unit": "nowhere"}, by="office").told == (
        409,
        "unit_unknown",
    )
    assert caller.get("/desk/orders/2014-red-9", by="office").told == (404, "order_unknown")


def test_alarms_and_their_answers(caller: Caller, standards: dict[str, Standard]) -> None:
    number = late(caller, standards)
    items = caller.get("/desk/alarms?unit=zhaiyang", by="leader")["items"]
    assert [one["boundary"] for one in items] == ["yellow", "red"]
    assert {(one["number"], one["promise"]["promised_workdays"], one["answer"]) for one in items} == {
        (number, 3, None)
    }
    path = f"/desk/alarms/{items[1]['id']}/answer"
    assert caller.post(path, {"note": ""}, by="office").errors == {"note": "reason_missing"}
    assert caller.post(path, {"note": "已督促。"}, by="office")["answer"] == "note"
    assert caller.post(path, {"note": "已督促。"}, by="office").told == (409, "alarm_answered")
    assert len(caller.get("/desk/alarms?answered=true", by="office")["items"]) == 1
    assert caller.post("/desk/alarms/999999/answer", {"note": "已督促。"}, by="office").told == (
        404, "alarm_unknown"
    )  # fmt: skip


def test_a_silent_unit_is_named(caller: Caller) -> None:
    number = caller.post("/matters", water())["number"]
    caller.post(f"/desk/matters/{number}/assignment", {"unit": "zhaiyang"}, by="office")
    assert caller.get("/desk/silent-units", by="office")["items"] == []
    caller.now = "2014-01-09 09:00"
    (one,) = caller.get("/desk/silent-units", by="office")["items"]
    assert (one["unit"]["code"], one["waiting"], one["last_seen_at"]) == ("zhaiyang", 1, None)


def test_programs_read_what_wants_a_stronger_one(caller: Caller, standards: dict[str, Standard]) -> None:
    number = late(caller, standards)
    issued = caller.post(f"/desk/matters/{number}/order", ORDER, by="office")
    assert caller.get("/desk/orders/escalations", by="office")["items"] == []
    caller.now = "2014-01-17 09:00"  # due on the 15th, and a workday more
    caller.tokens.clear()
    page = caller.get("/desk/orders/escalations", by="office")
    assert [(one["order"]["key"], one["colour"]) for one in page["items"]] == [(issued["key"], "red")]
    assert page["next"] is None


def test_an_order_in_place_of_one_nobody_issued(caller: Caller) -> None:
    sent = {**ORDER, "unit": "chengguan", "escalated_from": "2014-green-99"}
    refused = caller.post("/desk/orders", sent, by="office")
    assert refused.told == (409, "order_to_escalate")
    assert refused.errors == {"escalated_from": "order_to_escalate"}


def test_whoever_holds_a_printed_order_can_check_it(caller: Caller, standards: dict[str, Standard]) -> None:
    """As the page its code opens: that it is real, to whom and until when; never about whom."""
    number = late(caller, standards)
    issued = caller.post(f"/desk/matters/{number}/order", ORDER, by="office")
    shown = caller.get(f"/orders/verify/{issued['proof']}")
    assert (shown.status, shown["key"], shown["number"]) == (200, "2014-yellow-1", "督黄〔2014〕1号")
    assert (shown["unit"]["code"], shown["state"]) == ("zhaiyang", "issued")
    assert set(shown.body) == {"key", "number", "colour", "state", "unit", "issued_at", "reply_by"}
    assert number not in str(shown.body)
    caller.post(f"/desk/orders/{issued['key']}/recall", {"reason": "发错了单位。"}, by="office")
    assert caller.get(f"/orders/verify/{issued['proof']}")["state"] == "recalled"


@pytest.mark.parametrize("proof", ["nobodys", "%00", "%F0%9F%98%80", "x" * 500])
def test_an_order_nobody_issued_is_not_found(caller: Caller, proof: str) -> None:
    assert caller.get(f"/orders/verify/{proof}").status == 404
    page = caller.client.get(f"/orders/verify/{proof}")
    assert page.status_code == 404
