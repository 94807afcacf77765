"""The five checks over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .caller import Answer, Caller
from .test_photos import photo

WANTED = {
    "checklist": "acceptance",
    "rule": "all_open",
    "size": 3,
    "inspectors": ["office"],
    "due_on": "2014-01-14",
    "seed": "abc-1",
}


def test_a_whole_check(caller: Caller, promised: Callable[..., Answer]) -> None:
    number = promised()["number"]
    lists = caller.get("/desk/checklists", by="leader")["items"]
    history = caller.get("/desk/checklists/acceptance", by="member")
    assert [(one["key"], one["version"]) for one in history["items"]] == [("acceptance", 1)]
    assert [one["title"] for one in lists] == ["查受理", "查承诺", "查进展", "查办结", "查作风"]
    begun = caller.post("/desk/checks", WANTED, by="office", key="one")
    assert begun.status == 201
    again = caller.post("/desk/checks", WANTED, by="office", key="one")
    assert (again["id"], again.headers["Idempotent-Replayed"]) == (begun["id"], "true")
    run, item = begun["id"], begun["items"][0]
    assert (item["matter"], item["unit"]["code"], item["finding"]) == (number, "zhaiyang", None)
    assert begun["redraw"] == {"possible": True, "holds": True}
    assert begun["candidate_ids"] == [item["serial"]]

    path = f"/desk/checks/{run}/items/{item['id']}"
    early = caller.post(f"/desk/checks/{run}/closing", {"report": "好"}, by="office")
    assert early.told == (409, "check_pending")
    wrong = caller.post(f"{path}/finding", {"answers": ["yes"], "result": "fine"}, by="office")
    assert wrong.errors == {"answers": "finding_answers", "result": "finding_result"}
    sent: dict[str, Any] = {"answers": "no,yes,yes,na", "result": "problem", "note": "没有联系。"}
    found = caller.send(f"{path}/finding", sent | {"photos": [photo()]}, by="office")
    assert found.status == 200, found.body
    told = found["items"][0]["finding"]
    assert told["answers"] == ["no", "yes", "yes", "na"]
    address = told["photos"][0].removeprefix("/api/v1")
    assert caller.get(address, by="member").headers["Content-Type"] == "image/jpeg"
    assert caller.get(address, by="handler").told == (404, "not_found")
    words = caller.post(f"{path}/note", {"text": "补记。"}, by="office")["items"][0]["finding"]["words"]
    assert [one["text"] for one in words] == ["补记。"]
    demanded = caller.post(
        f"{path}/order", {"colour": "yellow", "demand": "补联系。"}, by="office", key="two"
    )
    assert demanded["items"][0]["order"] == "2014-yellow-1"
    assert caller.get("/desk/orders/2014-yellow-1", by="handler")["matter"] == number
    closed = caller.post(f"/desk/checks/{run}/closing", {"report": "一件，没有联系。"}, by="office")
    assert closed["closed_at"]
    listed = caller.get("/desk/checks", by="member")["items"]
    assert [(one["id"], one["done"], one["problems"]) for one in listed] == [(run, 1, 1)]


def test_what_is_refused(caller: Caller, promised: Callable[..., Answer]) -> None:
    promised()
    assert caller.post("/desk/checks", WANTED, by="handler").told == (403, "no_right")
    assert caller.post("/desk/checks", WANTED | {"rule": "red"}, by="office").told == (
        409,
        "check_no_candidates",
    )
    assert caller.post("/desk/checks", WANTED | {"size": "many"}, by="office").errors == {
        "size": "check_size"
    }
    assert caller.get("/desk/checks/0", by="office").told == (404, "not_found")


def test_amending_over_the_api(caller: Caller) -> None:
    sent = {"title": "查受理", "purpose": "看联系。", "items": ["问一", "问二"]}
    amended = caller.post("/desk/checklists/acceptance", sent, by="office")
    assert (amended["version"], amended["items"]) == (2, ["问一", "问二"])
    again = caller.post("/desk/checklists/acceptance", sent, by="office")
    assert again.told == (409, "checklist_unchanged")
