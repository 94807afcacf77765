"""The ledgers over the API: who answers for what, and the points in their versions."""

from __future__ import annotations

from collections.abc import Callable

from duban.ledgers.entering import enter

from .caller import Answer, Caller


def entered() -> None:
    while enter():
        pass


def test_from_a_unit_to_its_officials_to_their_entries(
    caller: Caller, completed: Callable[..., Answer]
) -> None:
    number = completed()["number"]
    entered()
    months = caller.get("/desk/ledgers/units/zhaiyang", by="head")
    assert (len(months["items"]), months["next"]) == (1, None)
    who = caller.get("/desk/ledgers/units/zhaiyang/officials", by="head")
    (official,) = who["items"]
    me = caller.get("/desk/me", by="handler")
    assert (official["official"], official["username"]) == (me["id"], "handler")
    assert official["counts"]["accepted_on_time"] == 1
    assert caller.get("/desk/ledgers/units/zhaiyang/officials?period=2013-Q1", by="head")["items"] == []
    assert caller.get("/desk/ledgers/units/zhaiyang/officials", by="handler2").status == 404
    by_name = caller.get("/desk/ledgers/entries?official=handler", by="office")
    by_id = caller.get(f"/desk/ledgers/entries?official={me['id']}", by="office")
    assert by_name.body == by_id.body
    assert {one["matter"] for one in by_name["items"]} == {number}
    own = caller.get("/desk/ledgers/entries", by="handler")
    assert own.body == by_id.body
    assert caller.get("/desk/ledgers/entries?official=nobody", by="office").status == 404


def test_points_are_tried_before_they_are_amended(caller: Caller, completed: Callable[..., Answer]) -> None:
    completed()
    entered()
    tried = caller.post("/desk/ledgers/scores/preview", {"weights": {"accepted_on_time": 5}}, by="office")
    assert tried["period"] == "2013-Q4"
    assert {one["unit"]["code"] for one in tried["items"]} == set()
    caller.now = "2014-04-02 09:00"
    caller.tokens.clear()
    before = caller.post("/desk/ledgers/scores/preview", {"weights": {}}, by="office")
    (same,) = before["items"]
    assert same["now"] == same["draft"]
    after = caller.post("/desk/ledgers/scores/preview", {"weights": {"accepted_on_time": 5}}, by="office")
    (more,) = after["items"]
    assert more["draft"]["score"] == same["now"]["score"] + 4
    wrong = caller.post("/desk/ledgers/scores/preview", {"weights": {"accepted_on_time": 999}}, by="office")
    assert wrong.errors == {"accepted_on_time": "score_bounds"}
    assert caller.get("/desk/ledgers/scores/versions", by="office")["items"] == []
    caller.post("/desk/ledgers/scores", {"weights": {"accepted_on_time": 5}, "note": "鼓励"}, by="office")
    (version,) = caller.get("/desk/ledgers/scores/versions", by="office")["items"]
    assert (version["version"], version["since"], version["note"]) == (2, "2014-05", "鼓励")
    assert version["weights"]["accepted_on_time"] == 5
