"""Too many registrations or drafts from one address: a clear sentence, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from duban.matters.models import Matter
from duban.web.models import Draft

from .conftest import NINE, As, page, photo
from .test_registering import Form, go

FULL = "从您这个网络地址登记的事项，一小时里已满 2 件"
DRAFTS = 3 * 2


@pytest.fixture(autouse=True)
def two(settings: object) -> None:
    settings.DUBAN_REGISTRATIONS_PER_HOUR = 2  # type: ignore[attr-defined]


def spent(filled: Form) -> None:
    """What the address may register this hour is registered."""
    for number in range(2):
        go(Client(), filled, title=f"第 {number} 件")


def test_the_next_one_waits_with_everything_kept(filled: Form, clock: time_machine.Traveller) -> None:
    spent(filled)
    client = Client()
    client.post("/register", {**filled, "photos": photo()})
    clock.move_to(NINE + timedelta(minutes=20))
    refused = client.post("/register/check")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "2400"
    text = page(refused)
    assert FULL in text
    assert "40 分钟后再" in text
    for typed in (filled["title"], filled["name"], filled["id_number"]):
        assert typed in text
    assert "去掉照片" in text
    assert Matter.objects.count() == 2

    clock.move_to(NINE + timedelta(minutes=61))
    assert client.post("/register/check").headers["Location"] == "/register/done"
    matter = Matter.objects.latest("id")
    assert matter.title == filled["title"]
    assert matter.attachments.count() == 1


def test_it_is_said_in_english_too(filled: Form) -> None:
    spent(filled)
    client = Client()
    client.get("/?lang=en")
    client.post("/register", filled)
    assert "From your network address" in page(client.post("/register/check"))


def test_other_addresses_and_clerks_are_not_stopped(filled: Form, signed_in: As) -> None:
    spent(filled)
    go(Client(REMOTE_ADDR="192.0.2.8"), filled, title="邻居的事")
    go(signed_in("clerk"), filled, title="挂号员在公开页上登记的事")
    clerk = signed_in("clerk")
    clerk.post("/desk/register", {**filled, "title": "终端登记的事"})
    assert clerk.post("/desk/register/check").headers["Location"] == "/desk/register/done"
    assert Matter.objects.count() == 5


def test_a_handler_is_a_caller_like_any_other(filled: Form, signed_in: As) -> None:
    spent(filled)
    client = signed_in("handler")
    client.post("/register", filled)
    assert client.post("/register/check").status_code == 429


def test_behind_a_balancer_each_caller_counts_alone(filled: Form, settings: object) -> None:
    settings.DUBAN_PROXIES = 1  # type: ignore[attr-defined]
    for number in range(
        5
    ):  # a caller may write into the header what they like: the balancer's word comes last
        client = Client(headers={"X-Forwarded-For": f"10.0.0.{number}, 192.0.2.7:{5000 + number}"})
        client.post("/register", {**filled, "title": f"第 {number} 件"})
        client.post("/register/check")
    assert Matter.objects.count() == 2
    go(Client(headers={"X-Forwarded-For": "192.0.2.8"}), filled, title="邻居的事")


def test_without_a_balancer_its_header_is_nobodys_word(filled: Form) -> None:
    for number in range(5):
        client = Client(headers={"X-Forwarded-For": f"192.0.2.{number}"})
        client.post("/register", {**filled, "title": f"第 {number} 件"})
        client.post("/register/check")
    assert Matter.objects.count() == 2


def test_drafts_are_counted_when_they_begin(filled: Form) -> None:
    one = Client()
    for _ in range(3 * DRAFTS):  # one draft, however often it is sent
        one.post("/register", {**filled, "title": ""})
    for _ in range(DRAFTS - 1):
        Client().post("/register", {**filled, "action": "save"})
    assert Draft.shelf.count() == DRAFTS
    for action in ("send", "save"):
        refused = Client().post("/register", {**filled, "action": action, "photos": photo()})
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) == 3600
        text = page(refused)
        assert "新存的草稿太多" in text
        assert "照片没有存下" in text
        for typed in (filled["title"], filled["name"], filled["id_number"]):
            assert typed in text
    assert Draft.shelf.count() == DRAFTS
    assert one.post("/register", filled).status_code == 302  # its own goes on


def test_a_form_of_a_lost_session_is_kept_on_the_page_instead(filled: Form, settings: object) -> None:
    for _ in range(DRAFTS):
        assert Client().post("/desk/register", filled).status_code == 302
    refused = Client().post("/desk/register", filled)
    assert refused.status_code == 429
    assert filled["title"] in page(refused)
    assert "请先登录" in page(refused)
    assert Draft.shelf.count() == DRAFTS
