"""Registering in two steps: nothing typed is lost, and sending twice gives the same number."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duban.core.identity import id_check_digit
from duban.matters.models import Attachment, Matter
from duban.web.models import Draft, DraftPhoto

from .conftest import NINE, page, photo

Form = dict[str, str]


def go(client: Client, filled: Form, **changes: object) -> str:
    """Register all the way; returns the number on the result page."""
    assert client.post("/register", {**filled, **changes}).headers["Location"] == "/register/check"
    assert client.post("/register/check").headers["Location"] == "/register/done"
    found = re.search(r"\d{8}-\d{4,}-\d", page(client.get("/register/done")))
    assert found is not None
    return found.group()


def test_the_form_offers_kinds_and_units(client: Client, filled: Form) -> None:
    text = page(client.get("/register"))
    assert "民生诉求" in text
    assert "寨阳乡人民政府" in text
    assert "领导指示" not in text  # only a leader's account registers one


def test_the_whole_way_gives_number_code_and_receipt(client: Client, filled: Form) -> None:
    client.post("/register", filled)
    checked = page(client.get("/register/check"))
    assert filled["title"] in checked
    assert filled["id_number"] in checked  # one's own unsent form
    assert Matter.objects.count() == 0
    client.post("/register/check")
    matter = Matter.objects.get()
    done = page(client.get("/register/done"))
    assert matter.number in done
    assert f"{matter.query_code[:5]} {matter.query_code[5:]}" in done
    assert "data:image/svg+xml" in done
    assert matter.query_code not in done.split("<img")[1]  # the QR never holds the code
    assert matter.unit_id == "zhaiyang"
    assert matter.publish is True
    assert client.get(f"/matters/{matter.number}").status_code == 200


def test_a_matter_of_many_is_told_of_the_ballot_and_the_co_signers(client: Client, filled: Form) -> None:
    many = {**filled, "collective": "on"}
    client.post("/register", many)
    check = page(client.get("/register/check"))
    number = go(client, many)
    for text in (check, page(client.get("/register/done"))):
        assert "您满意，才销号" not in text
        assert "不满意超过三分之一，不予销号" in text
    assert f'href="/matters/{number}/invitation">邀请联名' in text
    assert client.get(f"/matters/{number}/invitation").status_code == 200
    plain = Client()
    go(plain, {**filled, "title": "门前路灯不亮"})
    text = page(plain.get("/register/done"))
    assert "您满意，才销号" in text
    assert "邀请联名" not in text


def test_a_double_click_gives_the_same_number(client: Client, filled: Form) -> None:
    first = go(client, filled)
    again = client.post("/register/check")
    assert again.headers["Location"] == "/register/done"
    assert first in page(client.get("/register/done"))
    assert Matter.objects.count() == 1


def test_the_same_matter_from_another_browser_is_answered_with_the_first(
    filled: Form, clock: time_machine.Traveller
) -> None:
    first = go(Client(), filled)
    clock.move_to(NINE + timedelta(minutes=5))
    other = Client()
    assert go(other, filled) == first
    assert "刚才已经挂过号" in page(other.get("/register/done"))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "请用一句话写清是什么事。"),
        ({"title": "长" * 61}, "title", "标题最多 60 字，现在有 61 字。"),
        ({"body": ""}, "body", "请写明时间、地点、经过和您的要求。"),
        ({"body": "长" * 10000}, "body", "最多 2000 字，现在有 10000 字，请删减 8000 字。"),
        ({"kind": ""}, "kind", "请选择这是哪一类事情。"),
        ({"kind": "directive"}, "kind", "请选择这是哪一类事情。"),
        ({"name": ""}, "name", "请填写姓名。"),
        ({"mobile": "12345"}, "mobile", "手机号须是 11 位数字"),
        ({"id_number": "433101650312001"}, "id_number", "15 位的旧身份证号已停用"),
        ({"previous": "2014"}, "previous", "没有找到您要关联的原编号。"),
    ],
)
def test_a_wrong_field_says_so_beside_it_and_keeps_the_rest(
    client: Client, filled: Form, changes: Form, field: str, sentence: str
) -> None:
    response = client.post("/register", {**filled, **changes})
    text = page(response)
    assert response.status_code == 422
    assert f'href="#id_{field}"' in text
    assert text.count(sentence) == 2  # in the summary and above the field
    for name, value in {**filled, **changes}.items():
        if name in ("title", "place", "name", "mobile", "id_number") and len(value) < 100:
            assert f'value="{value}"' in text
    assert Matter.objects.count() == 0


def test_thirtieth_of_february_and_a_wrong_check_digit(client: Client, filled: Form) -> None:
    impossible = "43310119650230001"
    text = page(client.post("/register", {**filled, "id_number": impossible + id_check_digit(impossible)}))
    assert "没有“1965年2月30日”这一天" in text
    right = filled["id_number"]
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    assert "最后一位对不上" in page(client.post("/register", {**filled, "id_number": wrong}))


def test_everything_wrong_is_said_at_once(client: Client, filled: Form) -> None:
    text = page(client.post("/register", {}))
    assert "还差 6 处" in text


def test_emoji_and_rare_characters_come_through(client: Client, filled: Form) -> None:
    go(client, filled, title="𠮷𠮷路灯不亮😀", body="㛃小区三号楼 <b>旁</b>", name="𠮷㛃")
    matter = Matter.objects.get()
    assert matter.title == "𠮷𠮷路灯不亮😀"
    text = page(client.get(f"/matters/{matter.number}"))
    assert "㛃小区三号楼 &lt;b&gt;旁&lt;/b&gt;" in text


def test_going_back_shows_everything_again(client: Client, filled: Form) -> None:
    client.post("/register", filled)
    text = page(client.get("/register"))
    assert filled["title"] in text
    assert filled["id_number"] in text


def test_an_id_number_is_put_back_only_for_a_while(
    client: Client, filled: Form, clock: time_machine.Traveller
) -> None:
    client.post("/register", filled)
    clock.move_to(NINE + timedelta(hours=3))
    text = page(client.get("/register"))
    assert filled["title"] in text
    assert filled["id_number"] not in text
    assert filled["mobile"] not in text


def test_a_draft_keeps_all_but_id_number_and_mobile(
    client: Client, filled: Form, clock: time_machine.Traveller
) -> None:
    response = client.post("/register", {**filled, "action": "save", "title": ""}, follow=True)
    assert "草稿已存好" in page(response)
    clock.move_to(NINE + timedelta(days=6))
    text = page(client.get("/register"))
    assert filled["place"] in text
    assert filled["id_number"] not in text
    clock.move_to(NINE + timedelta(days=8))
    assert filled["place"] not in page(client.get("/register"))


def test_a_draft_is_sealed_and_its_token_is_not_stored(client: Client, filled: Form) -> None:
    client.post("/register", filled)
    draft = Draft.shelf.get()
    assert filled["id_number"].encode() not in bytes(draft.body)
    assert "罗家祥".encode() not in bytes(draft.body)
    cookie = client.cookies["duban_draft"]
    assert cookie.value != draft.key
    assert cookie["httponly"]


def test_starting_over_leaves_nothing(client: Client, filled: Form) -> None:
    client.post("/register", {**filled, "photos": photo()})
    stored = Path(settings.MEDIA_ROOT, DraftPhoto.shelf.get().stored)
    assert stored.exists()
    client.post("/register", {"action": "discard"})
    assert Draft.shelf.count() == 0
    assert not stored.exists()
    assert f'value="{filled["title"]}"' not in page(client.get("/register"))


def test_photos_stay_from_the_form_to_the_matter(client: Client, filled: Form) -> None:
    wrong = {**filled, "id_number": "1", "photos": [photo("一.jpg"), photo("二.jpg", (50, 50))]}
    text = page(client.post("/register", wrong))
    assert "一.jpg" in text
    assert "二.jpg" in text
    text = page(client.post("/register", {**filled, "photos": photo("三.jpg", (60, 60))}, follow=True))
    assert "3 张" in text
    client.post("/register/check")
    assert Attachment.objects.filter(matter=Matter.objects.get()).count() == 3
    assert DraftPhoto.shelf.count() == 0


def test_a_photo_can_be_taken_away_again(client: Client, filled: Form) -> None:
    client.post("/register", {**filled, "photos": [photo("一.jpg"), photo("二.jpg", (50, 50))]})
    first = DraftPhoto.shelf.earliest("id")
    client.post("/register", {**filled, "action": f"drop-{first.pk}"})
    assert DraftPhoto.shelf.get().name == "二.jpg"


def test_a_bad_file_is_named_and_the_good_ones_stay(client: Client, filled: Form) -> None:
    script = SimpleUploadedFile("照片.jpg", b"#!/bin/sh\nrm -rf /\n", "image/jpeg")
    huge = SimpleUploadedFile("大图.jpg", b"\xff\xd8" + bytes(20 * 1024 * 1024), "image/jpeg")
    empty = SimpleUploadedFile("空.jpg", b"", "image/jpeg")
    response = client.post("/register", {**filled, "photos": [script, huge, photo("好.jpg"), empty]})
    text = page(response)
    assert response.status_code == 422
    assert "“照片.jpg”不是照片" in text
    assert "“大图.jpg”有 20.0 MB，每张最多 10 MB" in text
    assert "好.jpg" in text
    assert filled["title"] in text
    assert DraftPhoto.shelf.get().name == "好.jpg"


def test_more_than_six_photos_are_refused(client: Client, filled: Form) -> None:
    many = [photo(f"{n}.jpg", (20 + n, 20)) for n in range(8)]
    text = page(client.post("/register", {**filled, "photos": many}))
    assert "每次最多上传 6 张" in text
    assert DraftPhoto.shelf.count() == 6


def test_what_only_the_verb_can_know_comes_back_to_the_form(client: Client, filled: Form) -> None:
    client.post("/register", {**filled, "unit": "nowhere"})
    response = client.post("/register/check")
    assert response.status_code == 422
    assert "没有这个单位" in page(response)
    assert filled["title"] in page(response)


def test_without_a_draft_there_is_nothing_to_check_or_show(client: Client, city: object) -> None:
    assert client.get("/register/check").headers["Location"] == "/register"
    assert client.get("/register/done").headers["Location"] == "/register"


def test_the_code_is_shown_for_one_hour(client: Client, filled: Form, clock: time_machine.Traveller) -> None:
    go(client, filled)
    clock.move_to(NINE + timedelta(minutes=61))
    assert client.get("/register/done").headers["Location"] == "/track"


def test_a_new_registration_begins_empty(client: Client, filled: Form) -> None:
    go(client, filled)
    assert f'value="{filled["title"]}"' not in page(client.get("/register"))
    second = go(client, filled, title="另一件事")
    assert Matter.objects.count() == 2
    assert second == Matter.objects.latest("id").number


def test_a_unit_can_be_named_by_the_link(client: Client, filled: Form) -> None:
    assert '<option value="chengguan" selected>' in page(client.get("/register?unit=chengguan"))


def test_no_cache_keeps_the_form(client: Client, filled: Form) -> None:
    assert client.get("/register").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("which", ["", "²", "9" * 5000, "-1"])
def test_dropping_a_photo_that_cannot_be_is_harmless(client: Client, filled: Form, which: str) -> None:
    assert client.post("/register", {**filled, "action": f"drop-{which}"}).status_code == 302
