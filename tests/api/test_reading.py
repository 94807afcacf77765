"""Lists, the catalogue, the census, the account; and how many statements they take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.catalogue.models import Standard
from duban.people.models import Staff

from .caller import Answer, Caller, water
from .conftest import promise

UNCOUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
ONCE_A_SECOND = (
    "catalogue_revision",
    '"people_unit"."active" ORDER BY',
)  # whether the book or the units have changed


def statements(caller: Callable[[], Answer]) -> int:
    """How many statements a call takes, besides those of transactions and the book's look once a second."""
    with CaptureQueriesContext(connection) as captured:
        answer = caller()
    assert answer.status < 300, answer.body
    asked = [query["sql"] for query in captured.captured_queries]
    return sum(
        not sql.startswith(UNCOUNTED) and not any(look in sql for look in ONCE_A_SECOND) for sql in asked
    )


def many(caller: Caller, number: int) -> None:
    """So many matters for 寨阳乡."""
    for place in range(number):
        caller.post("/matters", water(title=f"第 {place} 件", unit="zhaiyang"))


def test_who_am_i(caller: Caller) -> None:
    assert caller.get("/desk/me", by="handler").body == {
        "id": Staff.objects.get(username="handler").pk,
        "username": "handler",
        "display_name": "石明亮",
        "roles": ["handler"],
        "unit": {"code": "zhaiyang", "name": "寨阳乡人民政府"},
    }


def test_the_work_list_turns_its_pages(caller: Caller) -> None:
    many(caller, 5)
    seen, after = [], ""
    for _ in range(3):
        page = caller.get(f"/desk/matters?limit=2&after={after}", by="handler")
        seen += [row["title"] for row in page["items"]]
        after = page["next"]
    assert seen == [f"第 {place} 件" for place in range(5)]
    assert after is None


def test_the_work_list_is_narrowed(caller: Caller, promised: Callable[..., Answer]) -> None:
    promised()
    many(caller, 2)
    caller.post("/matters", water(title="路灯", unit="chengguan"))
    caller.now = "2014-01-09 09:00"  # acceptance is late, completion not yet

    def found(query: str, by: str = "office") -> int:
        return len(caller.get(f"/desk/matters?{query}", by=by)["items"])

    assert [found(f"light={light}") for light in ("green", "yellow", "red")] == [1, 0, 3]
    assert [found(f"status={status}") for status in ("handling", "overdue_acceptance", "closed")] == [1, 3, 0]
    assert (found("unit=chengguan"), found(""), found("", by="handler")) == (1, 4, 3)
    assert caller.get("/desk/lights", by="handler").body == {"green": 1, "yellow": 0, "red": 2}
    city = caller.get("/desk/units", by="leader")["items"]
    assert {"unit": {"code": "zhaiyang", "name": "寨阳乡人民政府"}, "green": 1, "yellow": 0, "red": 2} in city
    assert caller.get("/desk/matters?unit=chengguan", by="handler").told == (403, "no_right")


def test_statements_do_not_grow(caller: Caller, standards: dict[str, Standard], settings: Any) -> None:
    """At most eight for register, accept and a list; the same at ten matters and at a hundred."""
    settings.DUBAN_REGISTRATIONS_PER_HOUR = 10_000  # counted, but never too many
    caller.get("/desk/me", by="handler")

    def counted(offset: int) -> list[int]:
        given: list[Answer] = []

        def register() -> Answer:
            given.append(caller.post("/matters", water(title=f"又 {offset} 件", unit="zhaiyang")))
            return given[0]

        def accept() -> Answer:
            path = f"/desk/matters/{given[0]['number']}/acceptance"
            return caller.post(path, promise(standards["water"]), by="handler")

        return [
            statements(register),
            statements(accept),
            statements(lambda: caller.get("/desk/matters", by="handler")),
            statements(lambda: caller.get(f"/desk/matters/{given[0]['number']}", by="handler")),
            statements(lambda: caller.get(f"/matters/{given[0]['number']}", code=given[0]["query_code"])),
            statements(lambda: caller.get("/census")),
            statements(lambda: caller.get("/catalogue")),
        ]

    counted(0)  # the book is read and the office is known
    many(caller, 10)
    few = counted(1)
    many(caller, 100)
    assert counted(2) == few
    register, accept, page, staff_page, petitioner_page, census, catalogue = few
    assert register <= 8
    assert accept <= 8
    assert page <= 2
    assert staff_page <= 24
    assert petitioner_page <= 24
    assert (census, catalogue) == (1, 1)


def test_the_census_of_a_day_gone_by(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed()
    caller.post("/matters", water(title="另一件"))
    caller.now = "2014-01-10 09:00"
    caller.post(f"/matters/{given['number']}/verdict", {"grade": 4}, code=given["query_code"])
    now = caller.get("/census")
    assert now.body == {
        "as_of": "2014-01-10T09:00:00+08:00",
        "total": 2,
        "statuses": {
            "closed": 1,
            "pending_review": 0,
            "handling": 0,
            "overdue_completion": 0,
            "accepting": 0,
            "overdue_acceptance": 1,
        },
    }
    assert list(now["statuses"]) == [
        *("closed", "pending_review", "handling", "overdue_completion", "accepting", "overdue_acceptance"),
    ]
    then = caller.get("/census?as_of=2014-01-07")
    assert (then["as_of"], then["total"]) == ("2014-01-07", 2)
    assert (then["statuses"]["pending_review"], then["statuses"]["accepting"]) == (1, 1)
    assert caller.get("/census?as_of=2014-01-06")["total"] == 0
    assert caller.get("/census?unit=zhaiyang")["statuses"]["closed"] == 1
    assert caller.get("/census?unit=nowhere").told == (404, "unit_unknown")
    assert caller.get("/census?as_of=2014-01-11").errors == {"as_of": "day_ahead"}
    assert caller.get("/census?as_of=yesterday").errors == {"as_of": "date_shape"}


def test_the_catalogue(caller: Caller, standards: dict[str, Standard]) -> None:
    water_item = caller.get(f"/catalogue/{standards['water'].pk}")
    assert water_item.body | {"steps": len(water_item["steps"])} == {
        "id": standards["water"].pk,
        "code": "water",
        "title": "农村安全饮水设施维修",
        "unit": {"code": "zhaiyang", "name": "寨阳乡人民政府"},
        "kind": "hardship",
        "limit_workdays": 3,
        "fee": "不收费",
        "steps": 3,
        "basis": "市政府公布的办事清单",
        "edition": 1,
        "until": None,
    }

    def found(query: str) -> list[str]:
        return [item["code"] for item in caller.get(f"/catalogue?{query}")["items"]]

    assert found("unit=zhaiyang") == ["water", "relief", "reply"]
    assert found("kind=suggestion") == ["reply", "street", "lamps"]
    assert found("q=路灯") == ["lamps"]
    assert found("unit=nowhere") == []
    first = caller.get("/catalogue?limit=4")
    assert found(f"limit=4&after={first['next']}") == ["lamps", "housing"]
    assert caller.get("/catalogue?kind=wish").errors == {"kind": "kind_unknown"}
    for missing in (0, 10**9, 10**30):
        assert caller.get(f"/catalogue/{missing}").told == (404, "not_found")


def test_what_is_published(caller: Caller, completed: Callable[..., Answer]) -> None:
    number = completed(publish=True)["number"]
    assert caller.get("/public/matters").body == {"items": [], "next": None}
    assert caller.get(f"/public/matters/{number}").told == (404, "not_found")
    assert [row["number"] for row in caller.get("/desk/publications/waiting", by="publisher")["items"]] == [
        number
    ]
    publication = f"/desk/matters/{number}/publication"
    suggested = caller.get(publication, by="publisher")
    assert suggested["reply"] == "已更换漏水接头。"
    texts = {"title": "寨阳乡一村饮水", "summary": "蓄水池容量不足。", "reply": "已更换接头。"}
    named = caller.post(publication, texts | {"summary": "罗家祥反映缺水。"}, by="publisher")
    assert named.errors == {"summary": "personal_data_left"}
    assert caller.post(publication, texts, by="office").told == (403, "no_right")
    assert caller.post(publication, texts, by="publisher")["title"] == "寨阳乡一村饮水"
    assert caller.post(publication, texts, by="publisher").told == (409, "publication_exists")
    shown = caller.get(f"/public/matters/{number}")
    assert (shown["title"], shown["reply"], shown["promised_workdays"]) == (
        "寨阳乡一村饮水",
        "已更换接头。",
        3,
    )
    assert "罗" not in str(shown.body)
    assert [
        row["number"] for row in caller.get("/public/matters?unit=zhaiyang&kind=hardship&q=饮水")["items"]
    ] == [number]
    assert "Cache-Control" not in shown.headers
    takedown = {"reason": "内容有误"}
    assert caller.post(f"/desk/matters/{number}/takedown", takedown, by="publisher")["reason"] == "内容有误"
    assert caller.get("/desk/publications?taken_down=true", by="publisher")["items"][0]["number"] == number
    gone = caller.get(f"/public/matters/{number}")
    assert (gone.status, gone["reason"]) == (410, "内容有误")


@pytest.mark.parametrize("path", ["/matters/{number}", "/desk/matters/{number}", "/desk/matters"])
def test_no_cache_keeps_what_is_private(caller: Caller, path: str) -> None:
    given = caller.post("/matters", water(unit="zhaiyang"))
    assert given.headers["Cache-Control"] == "private, no-store"
    who = {"by": "handler"} if "desk" in path else {"code": given["query_code"]}
    assert (
        caller.get(path.format(number=given["number"]), **who).headers["Cache-Control"] == "private, no-store"
    )
