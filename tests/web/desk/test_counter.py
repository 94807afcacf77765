"""The counter: a clerk registers for someone, reads it out, hands over number and code."""

from __future__ import annotations

import pytest

from duban.matters.models import Attachment, Matter
from duban.matters.verbs.registering import Registered

from ..conftest import As, page, photo


def test_registering_for_someone_who_walks_in(signed_in: As, filled: dict[str, str], city: object) -> None:
    clerk = signed_in("clerk")
    sent = {**filled, "unit": "寨阳乡人民政府", "photos": photo()}
    assert clerk.post("/desk/register", sent).headers["Location"] == "/desk/register/check"
    check = page(clerk.get("/desk/register/check"))
    assert "罗家祥" in check
    assert filled["id_number"] in check
    assert clerk.post("/desk/register/check").headers["Location"] == "/desk/register/done"
    matter = Matter.objects.get()
    assert matter.channel == "terminal"
    assert matter.registered_by is not None
    assert matter.registered_by.username == "clerk"
    assert matter.unit_id == "zhaiyang"
    assert Attachment.objects.count() == 1
    receipt = page(clerk.get("/desk/register/done"))
    assert matter.number in receipt
    assert f"{matter.query_code[:5]} {matter.query_code[5:]}" in receipt
    assert filled["id_number"] not in receipt


def test_sending_twice_gives_one_number(signed_in: As, filled: dict[str, str]) -> None:
    clerk = signed_in("clerk")
    clerk.post("/desk/register", filled)
    clerk.post("/desk/register/check")
    assert clerk.post("/desk/register/check").headers["Location"] == "/desk/register/done"
    assert Matter.objects.count() == 1


def test_the_next_person_finds_an_empty_form(signed_in: As, filled: dict[str, str]) -> None:
    clerk = signed_in("clerk")
    clerk.post("/desk/register", filled)
    assert "罗家祥" in page(clerk.get("/desk/register"))  # not sent yet: nothing is lost
    clerk.post("/desk/register/check")
    assert clerk.post("/desk/register/done").headers["Location"] == "/desk/register"
    assert "罗家祥" not in page(clerk.get("/desk/register"))
    assert clerk.get("/desk/register/done").headers["Location"] == "/desk/register"


def test_everything_can_be_thrown_away(signed_in: As, filled: dict[str, str]) -> None:
    clerk = signed_in("clerk")
    clerk.post("/desk/register", filled)
    clerk.post("/desk/register", {"action": "discard"})
    assert "罗家祥" not in page(clerk.get("/desk/register"))
    assert clerk.get("/desk/register/check").headers["Location"] == "/desk/register"


@pytest.mark.parametrize(("field", "value", "sentence"), [
    ("id_number", "433101196502300017", "没有“1965年2月30日”这一天"),
    ("id_number", "433101650312001", "15 位的旧身份证号已停用"),
    ("title", "", "请用一句话写清是什么事"),
    ("mobile", "123", "手机号须是 11 位数字"),
    ("kind", "", "请选择这是哪一类事情"),
    ("body", "长" * 10_000, "最多 2000 字"),
])  # fmt: skip
def test_bad_input_is_told_beside_its_field_and_the_rest_is_kept(
    signed_in: As, filled: dict[str, str], field: str, value: str, sentence: str
) -> None:
    response = signed_in("clerk").post("/desk/register", {**filled, field: value})
    assert response.status_code == 422
    assert sentence in page(response)
    assert "寨阳乡坪朗村" in page(response)
    assert not Matter.objects.exists()


def test_an_unknown_unit_comes_back_from_the_check(signed_in: As, filled: dict[str, str]) -> None:
    clerk = signed_in("clerk")
    clerk.post("/desk/register", {**filled, "unit": "没有这个局"})
    response = clerk.post("/desk/register/check")
    assert response.status_code == 422
    assert "没有这个单位" in page(response)


def test_the_clerk_opens_a_matter_with_the_citizens_number_and_code(
    signed_in: As, registered: Registered
) -> None:
    clerk = signed_in("clerk")
    sent = {"no": registered.matter.number, "code": registered.query_code}
    assert clerk.post("/track", sent).headers["Location"] == f"/matters/{registered.matter.number}"
    assert clerk.get(f"/desk/matters/{registered.matter.number}").status_code == 403


@pytest.mark.parametrize(
    "username", ["handler", "head", "office", "leader", "publisher", "inspector", "auditor"]
)
@pytest.mark.parametrize("path", ["/desk/register", "/desk/register/check", "/desk/register/done"])
def test_the_counter_is_the_clerks_alone(signed_in: As, username: str, path: str) -> None:
    assert signed_in(username).get(path).status_code == 403


def test_inspectors_find_an_honest_empty_page(signed_in: As) -> None:
    assert "这里现在没有可看的举报" in page(signed_in("inspector").get("/desk/reports"))
    assert signed_in("office").get("/desk/reports").status_code == 403


def test_the_next_person_finds_no_opened_matter(signed_in: As, registered: Registered) -> None:
    clerk, number = signed_in("clerk"), registered.matter.number
    clerk.post("/track", {"no": number, "code": registered.query_code})
    clerk.post("/desk/register/done")
    assert clerk.get(f"/matters/{number}").headers["Location"] == f"/track?no={number}"
