"""What is refused, and in which shape (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from duban.catalogue.models import Standard
from duban.matters.guessing import MOST_OF_CLIENT_ON_NUMBER
from tests.city import LUO

from .caller import BASE, Answer, Caller, water
from .conftest import DONE, promise


@pytest.fixture
def assigned(caller: Caller) -> str:
    """The address of a matter that waits for 寨阳乡's acceptance."""
    return f"/desk/matters/{caller.post('/matters', water(unit='zhaiyang'))['number']}"


def test_a_problem_has_its_shape_and_its_language(caller: Caller, assigned: str) -> None:
    problem = caller.post(f"{assigned}/progress", {"note": "x"}, by="handler")
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert problem.body == {
        "type": "about:blank",
        "title": "现在不能这样办",
        "status": 409,
        "code": "wrong_state",
        "detail": "这件事现在的状态不能这样办，请刷新页面看最新情况。",
    }
    assert problem.headers["Content-Language"] == "zh-hans"
    assert "Accept-Language" in problem.headers["Vary"]
    caller.language = "fr, en;q=0.8, zh;q=0.3"
    assert (
        caller.post(f"{assigned}/progress", {"note": "x"}, by="handler").headers["Content-Language"] == "en"
    )


@pytest.mark.parametrize(
    ("changes", "status", "field", "code"),
    [
        ({"standard": "尽快给他修好"}, 409, "standard", "standard_missing"),
        ({"standard": None}, 409, "standard", "standard_missing"),
        ({"standard": True}, 409, "standard", "standard_unknown"),
        ({"standard": ["water"]}, 409, "standard", "standard_missing"),
        ({"standard": 999_999}, 409, "standard", "standard_unknown"),
        ({"standard": 2**200}, 409, "standard", "standard_unknown"),
        ({"standard": "street"}, 409, "standard", "standard_other_unit"),  # the test puts its id
        ({"due_on": "2014-01-13"}, 409, "due_on", "due_too_late"),
        ({"due_on": "2014-01-07"}, 409, "due_on", "due_too_early"),
        ({"due_on": "soon"}, 422, "due_on", "date_shape"),
        ({"due_on": 1389600000}, 422, "due_on", "date_shape"),
        ({"due_on": "2014-01-10T00:00:00"}, 422, "due_on", "date_shape"),
        ({"due_on": "2014-02-30"}, 422, "due_on", "date_shape"),
        ({"contact": {"method": "phone", "note": " "}}, 422, "contact.note", "contact_missing"),
        ({"contact": {"method": "smoke", "note": "x"}}, 422, "contact.method", "contact_method"),
        ({"contact": {"method": "phone"}}, 422, "contact.note", "required"),
        ({"contact": "phoned"}, 422, "contact", "object_needed"),
        ({"contact": None}, 422, "contact", "required"),
    ],
)
def test_a_promise_beyond_the_list(
    caller: Caller,
    assigned: str,
    standards: dict[str, Standard],
    changes: dict[str, object],
    status: int,
    field: str,
    code: str,
) -> None:
    if changes.get("standard") == "street":
        changes = {"standard": standards["street"].pk}
    refused = caller.post(f"{assigned}/acceptance", promise(standards["water"], **changes), by="handler")
    assert (refused.status, refused.errors) == (status, {field: code})
    assert refused["errors"][field]["detail"].endswith("。")


def test_the_listed_limit_itself_passes(
    caller: Caller, assigned: str, standards: dict[str, Standard]
) -> None:
    body = promise(standards["water"], due_on="2014-01-10")
    assert caller.post(f"{assigned}/acceptance", body, by="handler").status == 200


def test_a_confidential_matter_is_met_through_the_system_only(
    caller: Caller, standards: dict[str, Standard]
) -> None:
    given = caller.post("/matters", water(unit="zhaiyang", confidential=True))
    matter = f"/desk/matters/{given['number']}"
    assert caller.get(matter, by="handler")["petitioner"] is None
    refused = caller.post(f"{matter}/acceptance", promise(standards["water"]), by="handler")
    assert refused.errors == {"contact.method": "confidential_contact"}


def test_a_return_after_one_workday(caller: Caller, assigned: str) -> None:
    caller.now = "2014-01-09 00:00"
    ask = {"reason": "不属本乡职责。", "suggested_unit": "chengguan"}
    refused = caller.post(f"{assigned}/return-request", ask, by="handler")
    assert refused.told == (409, "return_too_late")
    assert "2014-01-08T23:59:59+08:00" in refused["detail"]


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("zhaiyang", "suggested_own_unit"),
        ("nowhere", "unit_unknown"),
        ("ducha", "unit_is_office"),
        ("", "suggested_unit_missing"),
    ],
)
def test_a_return_names_another_unit(caller: Caller, assigned: str, unit: str, code: str) -> None:
    refused = caller.post(f"{assigned}/return-request", {"reason": "x", "suggested_unit": unit}, by="handler")
    assert refused.errors == {"suggested_unit": code}


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, {"title": "title_missing"}),
        ({"title": "长" * 61, "body": "字" * 10_000}, {"title": "title_long", "body": "body_long"}),
        ({"title": None, "body": 5}, {"title": "required", "body": "text_needed"}),
        ({"title": "响铃\a"}, {"title": "text_characters"}),
        ({"title": "零\0"}, {"title": "text_characters"}),
        ({"place": "半个\ud840"}, {"place": "text_characters"}),
        ({"kind": "wish"}, {"kind": "kind_unknown"}),
        ({"unit": "nowhere"}, {"unit": "unit_unknown"}),
        ({"previous": "20140107-0001-0"}, {"previous": "previous_unknown"}),
        ({"publish": "perhaps"}, {"publish": "yes_or_no_needed"}),
        (
            {"petitioner": {}},
            {f"petitioner.{field}": "required" for field in ("name", "id_number", "mobile")},
        ),
        (
            {"petitioner": LUO.form() | {"id_number": LUO.id_number[:-1] + "0"}},
            {"petitioner.id_number": "id_check_digit"},
        ),
        (
            {"petitioner": LUO.form() | {"id_number": "433101800230001"}},
            {"petitioner.id_number": "id_fifteen"},
        ),
        (
            {"petitioner": LUO.form() | {"id_number": "433101199902300011"}},
            {"petitioner.id_number": "id_no_such_day"},
        ),
        (
            {"petitioner": {"name": "罗", "id_number": "", "mobile": "12345678901"}},
            {
                "petitioner.name": "name_length",
                "petitioner.id_number": "id_missing",
                "petitioner.mobile": "mobile_shape",
            },
        ),
    ],
)
def test_bad_input_names_every_field_at_once(
    caller: Caller, changes: dict[str, object], errors: dict[str, str]
) -> None:
    refused = caller.post("/matters", water(**changes))
    assert refused.told == (422, "invalid")
    assert refused.errors == errors


def test_rare_characters_and_emoji_are_kept(caller: Caller) -> None:
    given = caller.post("/matters", water(title="𠮷首㛃村停水😀", body="第一行\n第二行"))
    seen = caller.get(f"/matters/{given['number']}", code=given["query_code"])
    assert (seen["title"], seen["body"]) == ("𠮷首㛃村停水😀", "第一行\n第二行")


def test_what_nobody_knows_is_ignored(caller: Caller) -> None:
    assert caller.post("/matters", water(colour="red")).status == 201


@pytest.mark.parametrize("body", ["{", "\xff", "[" * 100_000, "NaN,"])
def test_broken_json(caller: Caller, body: str) -> None:
    response = caller.client.post(f"{BASE}/matters", body.encode("latin-1"), content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "not_json")


@pytest.mark.parametrize("body", ["[]", "1", "null", '"text"'])
def test_json_that_is_no_object(caller: Caller, body: str) -> None:
    response = caller.client.post(f"{BASE}/matters", body, content_type="application/json")
    assert (response.status_code, response.json()["errors"]["body"]["code"]) == (422, "not_an_object")


def test_other_content_types(caller: Caller) -> None:
    for kind in ("application/x-www-form-urlencoded", "text/xml", "text/plain"):
        response = caller.client.post(f"{BASE}/matters", "a=1", content_type=kind)
        assert (response.status_code, response.json()["code"]) == (415, "json_only")


def test_a_content_too_large(caller: Caller) -> None:
    response = caller.client.post(f"{BASE}/matters", "x" * 5_000_000, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "upload_large")


def test_other_methods_and_addresses(caller: Caller) -> None:
    refused = caller.client.delete(f"{BASE}/census")
    assert (refused.status_code, refused.json()["code"], refused.headers["Allow"]) == (
        405,
        "method_not_allowed",
        "GET",
    )
    for path in ("/api/", "/api/v2/census", f"{BASE}/nothing", f"{BASE}/"):
        lost = caller.client.get(path)
        assert (lost.status_code, lost.json()["code"]) == (404, "not_found")
        assert lost.headers["Content-Type"] == "application/problem+json"
    head = caller.client.head(f"{BASE}/census")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer nobody", "Basic aGFuZGxlcjp4", "Bearer \xff"])
def test_no_token_no_desk(caller: Caller, token: str) -> None:
    refused = caller.get("/desk/me", **({"Authorization": token} if token else {}))
    assert refused.told == (401, "token_needed")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_session_is_no_key(caller: Caller, city: object) -> None:
    """Cookies open nothing here, so nothing can be forged with them."""
    caller.client.force_login(city.office, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]
    assert caller.get("/desk/me").status == 401


def test_what_is_not_yours_is_not_found(
    caller: Caller, assigned: str, standards: dict[str, Standard]
) -> None:
    for path in (assigned, "/desk/matters/20140107-9999-9", "/desk/matters/nonsense"):
        assert caller.get(path, by="handler2").told == (404, "not_yours")
    accept = caller.post(f"{assigned}/acceptance", promise(standards["street"]), by="handler2")
    assert accept.told == (404, "not_yours")
    assert caller.post(f"{assigned}/assignment", {"unit": "chengguan"}, by="handler").told == (
        403,
        "no_right",
    )
    for path in ("/desk/units", "/desk/trays", "/desk/trays/silent"):
        assert caller.get(path, by="handler").told == (403, "no_right")
    assert caller.get("/desk/matters", by="sysadmin").told == (403, "no_right")
    assert caller.get("/desk/trays/attic", by="office").told == (404, "not_found")


def test_a_wrong_code_and_an_unknown_number_look_the_same(
    caller: Caller, completed: Callable[..., Answer]
) -> None:
    given = completed()
    wrong = caller.get(f"/matters/{given['number']}", code="0000000000")
    assert wrong.told == (404, "wrong_code")
    for path, code in (
        ("/matters/20140107-9999-9", given["query_code"]),
        ("/matters/nonsense", given["query_code"]),
        (f"/matters/{given['number']}", ""),
    ):
        assert caller.get(path, code=code).body == wrong.body
    assert caller.post(f"/matters/{given['number']}/verdict", {"grade": 5}, code="1").told == (
        404,
        "wrong_code",
    )


def test_guessing_is_slowed_down(caller: Caller) -> None:
    given = caller.post("/matters", water())
    path = f"/matters/{given['number']}"
    for _ in range(MOST_OF_CLIENT_ON_NUMBER):
        assert caller.get(path, code="0000000000").status == 404
    stopped = caller.get(path, code=given["query_code"])
    assert stopped.told == (429, "too_many_tries")
    assert int(stopped.headers["Retry-After"]) == 900
    caller.now = "2014-01-07 09:16"
    assert caller.get(path, code=given["query_code"]).status == 200


def test_registering_without_a_token_is_rationed(caller: Caller, settings: Any) -> None:
    settings.DUBAN_REGISTRATIONS_PER_HOUR = 2
    first = caller.post("/matters", water(), key="first")
    caller.post("/matters", water(title="第二件"))
    stopped = caller.post("/matters", water(title="第三件"))
    assert stopped.told == (429, "too_many_registrations")
    assert stopped["detail"].startswith("从您这个网络地址登记的事项，一小时里已满 2 件，请 60 分钟后再交")
    assert stopped.headers["Retry-After"] == "3600"
    assert caller.post("/matters", water(), key="first")["number"] == first["number"]  # its answer was lost
    assert caller.post("/matters", water(), key="first").headers["Idempotent-Replayed"] == "true"
    assert caller.post("/desk/matters", water(title="终端登记"), by="clerk").status == 201
    caller.now = "2014-01-07 10:01"
    assert caller.post("/matters", water(title="第三件")).status == 201


@pytest.mark.parametrize("grade", [0, 6, "good", None, True, 4.5, 2**70])
def test_grades_nobody_knows(caller: Caller, completed: Callable[..., Answer], grade: object) -> None:
    given = completed()
    refused = caller.post(f"/matters/{given['number']}/verdict", {"grade": grade}, code=given["query_code"])
    assert refused.errors == {"grade": "required" if grade is None else "grade_unknown"}


def test_verdicts_out_of_time(caller: Caller, promised: Callable[..., Answer]) -> None:
    given = promised()
    verdict = f"/matters/{given['number']}/verdict"
    assert caller.post(verdict, {"grade": 5}, code=given["query_code"]).told == (409, "verdict_not_yet")
    caller.post(f"/desk/matters/{given['number']}/completion", DONE, by="handler")
    assert caller.post(verdict, {"grade": 5}, code=given["query_code"]).status == 200
    assert caller.post(verdict, {"grade": 5}, code=given["query_code"]).told == (409, "verdict_given")


def test_vague_words_are_pointed_out(caller: Caller, promised: Callable[..., Answer]) -> None:
    given = promised()
    body = {"outcome": "partly", "statement": "近期将尽快处理。"}
    completion = f"/desk/matters/{given['number']}/completion"
    assert caller.post(completion, body, by="handler").errors == {"why": "why_missing"}
    assert caller.post(completion, body | {"why": "等配件"}, by="handler")["vague_words"] == ["近期", "尽快"]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("limit=0", {"limit": "number_small"}),
        ("limit=many", {"limit": "not_a_number"}),
        ("status=lost", {"status": "not_offered"}),
        ("light=blue", {"light": "not_offered"}),
        ("after=zzz", {"after": "cursor_unknown"}),
        ("unit=%00", {"unit": "text_characters"}),
    ],
)
def test_query_parameters_nobody_knows(caller: Caller, query: str, errors: dict[str, str]) -> None:
    assert caller.get(f"/desk/matters?{query}", by="office").errors == errors
