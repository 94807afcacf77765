"""Opening a matter with number and code: every wrong pair gets the same answer."""

from __future__ import annotations

import pytest
from django.test import Client

from duban.matters.verbs.registering import Registered
from duban.web.citizen.tracking import as_copied
from tests.city import Person

from .conftest import NINE, open_as_petitioner, page, register_matter


def test_number_and_code_open_the_matter(client: Client, registered: Registered) -> None:
    response = client.post("/track", {"no": registered.matter.number, "code": registered.query_code})
    assert response.headers["Location"] == f"/matters/{registered.matter.number}"


def test_for_the_verdict_it_goes_to_the_verdict(client: Client, registered: Registered) -> None:
    number, code = registered.matter.number, registered.query_code
    response = client.post("/track", {"no": number, "code": code, "for": "verdict"})
    assert response.headers["Location"].endswith("#verdict")


@pytest.mark.parametrize(
    ("no", "code", "expected"),
    [
        ("20140129-0163-5", "40271 83596", ("20140129-0163-5", "4027183596")),
        ("20140129-0163-5", "４０２７１８３５９６", ("20140129-0163-5", "4027183596")),
        ("挂号编号 20140129-0163-5 查询码 40271 83596", "", ("20140129-0163-5", "4027183596")),
        ("2014012901635", "4027183596", ("2014012901635", "4027183596")),
        ("20140129-0163-5", "", ("20140129-0163-5", "")),
    ],
)
def test_what_people_paste(no: str, code: str, expected: tuple[str, str]) -> None:
    assert as_copied(no, code) == expected


def test_a_wrong_code_and_an_unknown_number_look_the_same(client: Client, registered: Registered) -> None:
    number = registered.matter.number
    wrong = client.post("/track", {"no": number, "code": "0000000000"})
    unknown = client.post("/track", {"no": "20130101-0001-1", "code": "0000000000"})
    assert wrong.status_code == unknown.status_code == 404
    assert "编号或查询码不对" in page(wrong)
    plain = [page(r).replace(number, "N").replace("20130101-0001-1", "N") for r in (wrong, unknown)]
    cut = [text.split("<form")[0] for text in plain]
    assert cut[0] == cut[1]
    assert number in page(wrong)  # what was typed is still there


def test_too_many_wrong_codes_are_told_to_wait(client: Client, registered: Registered) -> None:
    for _ in range(5):
        client.post("/track", {"no": registered.matter.number, "code": "0000000000"})
    response = client.post("/track", {"no": registered.matter.number, "code": "0000000000"})
    assert response.status_code == 429
    assert "分钟后再试" in page(response)
    assert int(response.headers["Retry-After"]) > 0


def test_an_empty_field_is_named(client: Client, registered: Registered) -> None:
    response = client.post("/track", {"no": registered.matter.number, "code": ""})
    assert response.status_code == 422
    assert "这一项必须填写" in page(response)


def test_on_a_shared_computer_everything_can_be_closed(client: Client, registered: Registered) -> None:
    number = open_as_petitioner(client, registered).number
    assert number in page(client.get("/track"))
    client.post("/track", {"action": "forget"})
    assert number not in page(client.get("/track"))
    assert client.get(f"/matters/{number}").status_code == 302


def test_the_link_of_the_receipt_fills_in_the_number(client: Client, registered: Registered) -> None:
    number = registered.matter.number
    assert f'value="{number}"' in page(client.get(f"/track?no={number}"))


def test_a_planted_session_opens_nothing_for_who_planted_it(registered: Registered, wu: Person) -> None:
    planter, victim = Client(), Client()
    open_as_petitioner(planter, register_matter(wu, NINE))
    victim.cookies["sessionid"] = planter.cookies["sessionid"].value
    open_as_petitioner(victim, registered)
    assert victim.get(f"/matters/{registered.matter.number}").status_code == 200
    assert planter.get(f"/matters/{registered.matter.number}").status_code == 302


@pytest.mark.parametrize("field", ["no", "code"])
def test_a_sign_no_database_holds_is_a_field_to_mend(
    client: Client, registered: Registered, field: str
) -> None:
    typed = {"no": registered.matter.number, "code": registered.query_code, field: "a\0"}
    assert client.post("/track", typed).status_code == 422
