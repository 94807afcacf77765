"""The work list: what turns red next comes first; filters, lanes, and who sees what."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from duban.catalogue.models import Standard
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.registering import Registered
from tests import city as planting

from ..conftest import As, page, register_matter


def test_the_department_sees_its_matter_in_the_lane_of_tonight(signed_in: As, registered: Registered) -> None:
    text = page(signed_in("handler").get("/desk"))
    assert "今天不办，今晚亮红灯" in text
    assert "还剩 14 小时" in text
    assert "今天 23:59" in text
    assert registered.matter.number in text
    assert "罗**" in text
    assert "罗家祥" not in text


def test_past_due_it_stands_in_the_red_lane(
    signed_in: As, registered: Registered, clock: time_machine.Traveller
) -> None:
    clock.move_to(planting.at("2014-01-08 09:00"))
    text = page(signed_in("handler").get("/desk"))
    assert "已亮红灯" in text
    assert "已超 9 小时" in text
    assert "昨天 23:59 到期" in text


def test_another_department_sees_nothing_of_it(signed_in: As, registered: Registered) -> None:
    text = page(signed_in("handler2").get("/desk"))
    assert registered.matter.number not in text
    assert "本单位没有在办的事项" in text


def test_a_head_sees_who_handles(signed_in: As, handled: Registered) -> None:
    assert "石明亮" in page(signed_in("head").get("/desk"))
    assert "<span>石明亮</span>" not in page(signed_in("handler").get("/desk"))


@pytest.mark.parametrize(("query", "there"), [
    ("light=yellow", True), ("light=red", False), ("light=green", False), ("status=accepting", True),
    ("status=pending_review", False), ("status=closed", False), ("", True),
])  # fmt: skip
def test_filters(signed_in: As, registered: Registered, query: str, there: bool) -> None:
    response = signed_in("handler").get(f"/desk?{query}")
    assert (registered.matter.number in page(response)) is there


def test_completed_matters_wait_for_the_verdict(signed_in: As, completed: Registered) -> None:
    text = page(signed_in("handler").get("/desk?status=pending_review"))
    assert "等群众评价" in text
    assert "提前 2 个工作日" in text
    assert "1月7日办结" in text


def test_a_filter_nobody_offers_is_refused(signed_in: As, registered: Registered) -> None:
    assert signed_in("handler").get("/desk?light=blue").status_code == 422
    assert signed_in("handler").get("/desk?after=nonsense").status_code == 422


def test_the_list_pages_by_keyset(signed_in: As, city: object, luo: planting.Person) -> None:
    numbers = [
        register_matter(luo, planting.at("2014-01-06 15:00"), title=f"坪朗村第 {n} 件").matter.number
        for n in range(52)
    ]
    client = signed_in("handler")
    first = page(client.get("/desk"))
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = page(client.get(following))
    assert sum(number in first for number in numbers) == 50
    assert sum(number in second for number in numbers) == 2
    assert not [number for number in numbers if number in first and number in second]


def test_a_list_of_fifty_costs_what_a_list_of_one_does(
    signed_in: As,
    city: object,
    luo: planting.Person,
    django_assert_max_num_queries: object,
) -> None:
    client = signed_in("head")
    for n in range(50):
        register_matter(luo, planting.at("2014-01-06 15:00"), title=f"坪朗村第 {n} 件")
    client.get("/desk")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/desk")


@pytest.mark.parametrize(("username", "home"), [
    ("office", "/office"), ("member", "/office"), ("leader", "/office/cockpit"), ("clerk", "/desk/register"),
    ("publisher", "/office/publications"), ("inspector", "/inspection/referrals"), ("sysadmin", "/settings"),
    ("secadmin", "/settings"), ("auditor", "/settings"),
])  # fmt: skip
def test_everyone_else_arrives_at_their_own_page(signed_in: As, username: str, home: str) -> None:
    client = signed_in(username)
    assert client.get("/desk").headers["Location"] == home
    assert client.get(home).status_code == 200


def test_without_an_account_one_is_asked_to_sign_in(client: Client, city: object) -> None:
    assert client.get("/desk").headers["Location"] == "/sign-in?next=%2Fdesk"


def test_an_extended_promise_shows_its_own_workdays(
    signed_in: As, registered: Registered, standards: dict[str, Standard], city: planting.Cast
) -> None:
    accept(
        matter=registered.matter.number,
        contact_method="phone",
        contact_note="电话联系",
        standard=standards["relief"].pk,
        actor=city.handler.actor,
        now=planting.at("2014-01-06 16:00"),
    )
    text = page(signed_in("handler").get("/desk"))
    assert "往后几天" in text
    assert "还剩 4 个工作日" in text
    assert "1月13日 周一" in text
