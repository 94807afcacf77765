"""The ledgers over the API: who answers for what, and the points in their versions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine

from duban.ledgers.entering import enter
from tests.city import Cast, at

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


def test_an_officials_months(caller: Caller, completed: Callable[..., Answer]) -> None:
    completed()
    entered()
    me = caller.get("/desk/me", by="handler")
    own = caller.get("/desk/ledgers/officials/handler", by="handler")
    assert (own["official"], own["unit"]["code"], own["next"]) == (me["id"], "zhaiyang", None)
    (month,) = own["items"]
    assert (month["month"], month["counts"]["accepted_on_time"]) == ("2014-01", 1)
    assert caller.get(f"/desk/ledgers/officials/{me['id']}", by="head").body == own.body
    assert caller.get("/desk/ledgers/officials/handler", by="handler2").status == 404
    for nobody in ("nobody", "99999999", "9" * 30, "%F0%9F%98%80", "%00"):
        assert caller.get(f"/desk/ledgers/officials/{nobody}", by="office").status == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_workbook_is_the_pages(
    caller: Caller, completed: Callable[..., Answer], city: Cast, language: str
) -> None:
    completed()
    entered()
    caller.language = language
    sent = caller.get("/desk/ledgers/export?period=2014-01", by="office")
    assert sent.status == 200
    caller.client.force_login(city.office, backend="django.contrib.auth.backends.ModelBackend")
    caller.client.cookies["django_language"] = language
    with time_machine.travel(at(caller.now), tick=False):
        page = caller.client.get("/office/ledgers/export?period=2014-01")
        drawn = b"".join(page.streaming_content)
    assert sent.body == drawn
    for header in ("Content-Type", "Content-Disposition"):
        assert sent.headers[header] == page.headers[header]
    assert sent.headers["Cache-Control"] == "private, no-store"
    assert caller.get("/desk/ledgers/export", by="handler").told == (403, "no_right")
    assert caller.get("/desk/ledgers/export?period=2014-13", by="office").status == 422
