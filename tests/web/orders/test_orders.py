"""The pages of alarms and orders, clicked through: what stands on them, and what a form does."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from duban.catalogue.models import Standard
from duban.core.orders import DEMAND_LIMIT
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assigning import request_return, rule_return, sign_return
from duban.matters.verbs.registering import Registered
from duban.matters.verbs.timing import request_extension, rule_extension, sign_extension
from duban.supervision.models import Alarm, Order
from duban.supervision.sweep import sweep
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import recall_order
from tests import city as planting

from ..conftest import As, open_as_petitioner, page

if TYPE_CHECKING:
    import time_machine

LATE = planting.at("2014-01-13 09:00")  # the promise of the 6th fell due at the end of the 9th, a Thursday


@pytest.fixture
def late(handled: Registered, clock: time_machine.Traveller) -> str:
    """罗家祥's matter, red for two workdays; its number."""
    clock.move_to(LATE)
    sweep(LATE)
    return handled.matter.number


@pytest.fixture
def order(late: str, city: planting.Cast) -> Order:
    """A yellow one about it."""
    return issue_order(
        colour="yellow",
        demand="今日内修好。\n说明原因。",
        reply_by=None,
        matter=late,
        actor=city.office.actor,
        now=LATE,
    )


def slip_in(text: str) -> str:
    """The slip of the form on a page."""
    found = re.search(r'name="once" value="([^"]+)"', text)
    assert found
    return found[1]


def test_an_alarm_shows_what_is_known_and_how_long_nobody_cared(signed_in: As, late: str) -> None:
    text = page(signed_in("office").get("/office/alarms?colour=red"))
    assert "已 1 个工作日无人处置" in text
    assert "农村安全饮水设施维修" in text
    assert "没有报过进展" in text
    assert f"/office/orders/new?matter={late}&amp;colour=yellow" in text
    assert "报警待处置 <b>2</b>" in page(signed_in("office").get("/office"))
    seen = page(signed_in("leader").get("/office/alarms"))
    assert "批注处置" not in seen  # a leader looks on


def test_a_matter_with_two_alarms_has_one_main_action(signed_in: As, late: str) -> None:
    text = page(signed_in("office").get(f"/desk/matters/{late}"))
    assert text.count("亮灯，还没有人处置") == 2
    assert text.index("light--red") < text.index("light--yellow")
    assert text.count("btn--main") == 1
    assert text.count(f'href="/office/orders/new?matter={late}"') == 1


def test_a_note_is_written_once_however_often_it_is_sent(signed_in: As, late: str) -> None:
    office, alarm = signed_in("office"), Alarm.objects.get(boundary="red")
    path = f"/office/alarms/{alarm.pk}/answer"
    once = slip_in(page(office.get(path)))
    empty = office.post(path, {"note": " ", "once": once})
    assert (empty.status_code, "请写明理由" in page(empty)) == (422, True)
    for _ in range(2):
        assert office.post(path, {"note": "已电话督促。", "once": once}).status_code == 302
    again = office.post(path, {"note": "已电话督促。"})
    assert again.status_code == 409
    assert "已经处置过" in page(again)
    assert "批注" in page(office.get("/office/alarms?show=answered"))


def test_an_order_is_issued_from_the_alarm_and_answers_it(signed_in: As, late: str) -> None:
    office = signed_in("office")
    form = page(office.get(f"/office/orders/new?matter={late}&colour=yellow"))
    assert late in form
    sent = {"matter": late, "colour": "yellow", "demand": "今日内修好。", "once": slip_in(form)}
    assert office.post("/office/orders/new", sent).headers["Location"] == "/orders/2014-yellow-1"
    assert office.post("/office/orders/new", sent).headers["Location"] == "/office/orders"  # the second click
    assert Order.objects.count() == 1
    assert not Alarm.objects.filter(answer="").exists()
    refused = office.post("/office/orders/new", {**sent, "once": "another"})
    assert refused.status_code == 409
    assert "督黄〔2014〕1号" in page(refused)
    assert "今日内修好。" in page(refused)


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"demand": "修" * (DEMAND_LIMIT + 1)}, 422, "一份督办件只印一页"),
        ({"colour": ""}, 422, "请选择督办件的颜色"),
        ({"reply_by": "明天"}, 422, "日期须写成"),
        ({"reply_by": "2014-01-12"}, 422, "不能早于今天"),
        ({"matter": "20140120-9999-9"}, 422, "没有"),
        ({"unit": "chengguan"}, 422, "写明其中一个"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    signed_in: As, late: str, changes: dict[str, str], status: int, told: str
) -> None:
    sent = {"matter": late, "colour": "red", "demand": "今日内修好。", **changes}
    response = signed_in("office").post("/office/orders/new", sent)
    assert response.status_code == status
    text = page(response)
    assert told in text
    assert sent["demand"] in text
    assert not Order.objects.exists()


def test_the_unit_replies_and_the_office_accepts(signed_in: As, order: Order) -> None:
    unit, office = signed_in("handler"), signed_in("office")
    assert "督办件 1 件待回复" in page(unit.get("/desk"))
    assert "督黄〔2014〕1号" in page(unit.get("/desk/orders"))
    there = f"/orders/{order.key}"
    seen = page(unit.get(there))
    assert "一、今日内修好。" in seen
    assert f"{there}/reply" in seen
    assert f"{there}/recall" not in seen
    assert unit.post(f"{there}/acknowledgement").status_code == 302
    missing = unit.post(f"{there}/reply", {"text": ""})
    assert (missing.status_code, "请写明怎样落实的" in page(missing)) == (422, True)
    assert unit.post(f"{there}/reply", {"text": "接头已换。"}).status_code == 302
    assert "件待回复" not in page(unit.get("/desk"))
    assert "督办件待审核 <b>1</b>" in page(office.get("/office"))
    assert "接头已换。" in page(office.get(f"{there}/acceptance"))
    assert office.post(f"{there}/acceptance").status_code == 302
    assert "督查室已认可" in page(unit.get(there))
    late = unit.post(f"{there}/reply", {"text": "再说一次。"})
    assert late.status_code == 409
    assert "已经认可" in page(late)


def test_an_overdue_one_is_proposed_for_the_next_colour(
    signed_in: As, order: Order, clock: time_machine.Traveller
) -> None:
    clock.move_to(planting.at("2014-01-17 09:00"))  # due at the end of the 15th, and a workday more
    office = signed_in("office")
    text = page(office.get("/office/orders"))
    assert "建议升级" in text
    link = f"/office/orders/new?from={order.key}&amp;colour=red"
    assert link in text
    assert link in page(office.get(f"/orders/{order.key}"))
    assert link not in page(signed_in("head").get(f"/orders/{order.key}"))
    form = page(office.get(link.replace("&amp;", "&")))
    assert re.search(r'value="red"[^>]*checked', form)
    sent = {
        "matter": order.matter.number if order.matter else "", "colour": "red", "demand": "立即修好。",
        "escalated_from": order.key, "once": slip_in(form),
    }  # fmt: skip
    assert office.post("/office/orders/new", sent).headers["Location"] == "/orders/2014-red-1"
    assert "已升级" in page(office.get(f"/orders/{order.key}"))
    assert "督黄〔2014〕1号" in page(office.get("/orders/2014-red-1"))
    assert "建议升级" not in page(office.get("/office/orders"))


def test_the_letter_bears_number_addressee_demand_and_a_code(signed_in: As, order: Order) -> None:
    text = page(signed_in("head").get(f"/orders/{order.key}/print"))
    for words in (
        "督黄〔2014〕1号",
        "寨阳乡人民政府：",
        "一、今日内修好。",
        "二、说明原因。",
        "2014年1月15日",
    ):
        assert words in text
    assert "data:image/svg+xml" in text
    assert "罗**" in text
    assert "罗家祥" not in text


def test_a_recalled_letter_cannot_pass_for_a_valid_one(
    signed_in: As, order: Order, city: planting.Cast
) -> None:
    letter = f"/orders/{order.key}/print"
    assert "signature__seal" in page(signed_in("head").get(letter))
    recall_order(order=order.key, reason="发错了事项", actor=city.office.actor, now=LATE)
    text = page(signed_in("head").get(letter))
    assert "已于2014年1月13日收回：发错了事项" in text
    assert "order__void" in text
    assert "signature__seal" not in text
    assert "但已经收回" in page(Client().get(f"/orders/verify/{order.token}"))


def test_whoever_scans_the_code_learns_that_it_is_real_and_not_about_whom(order: Order) -> None:
    text = page(Client().get(f"/orders/verify/{order.token}"))
    assert "这份督办件是真的" in text
    assert "督黄〔2014〕1号" in text
    assert order.matter is not None
    for secret in (order.matter.number, order.matter.title, "今日内修好", "罗**"):
        assert secret not in text
    assert Client().get("/orders/verify/nonsense").status_code == 404


def test_the_matter_shows_its_orders_inside_and_that_there_was_one_outside(
    signed_in: As, order: Order, handled: Registered
) -> None:
    number = handled.matter.number
    inside = page(signed_in("handler").get(f"/desk/matters/{number}"))
    assert f"/orders/{order.key}" in inside
    assert "/office/orders/new" not in inside
    assert f"/office/orders/new?matter={number}" in page(signed_in("office").get(f"/desk/matters/{number}"))
    client = Client()
    open_as_petitioner(client, handled)
    outside = page(client.get(f"/matters/{number}"))
    assert "督查室向寨阳乡人民政府发出黄色督办件" in outside
    assert "今日内修好" not in outside
    assert "督黄" not in outside


def test_the_office_s_list_has_a_tab_for_every_colour(signed_in: As, order: Order) -> None:
    text = page(signed_in("office").get(f"/office/orders?state=open&colour={order.colour}"))
    for colour in ("red", "yellow", "green"):
        assert f'href="/office/orders?state=open&amp;colour={colour}"' in text
    assert f'colour={order.colour}" aria-current="true"' in text


def test_lists_refuse_what_nobody_offers(signed_in: As, order: Order) -> None:
    office = signed_in("office")
    for query in ("colour=blue", "state=lost", "after=x"):
        assert office.get(f"/office/orders?{query}").status_code == 422
    for query in ("colour=green", "after=x"):
        assert office.get(f"/office/alarms?{query}").status_code == 422
    assert "督黄" in page(office.get("/office/orders?unit=zhaiyang&state=open&colour=yellow"))
    assert "督黄" not in page(office.get("/office/orders?unit=chengguan"))


def test_the_letter_stays_as_it_was_issued_whoever_holds_the_matter_later(
    signed_in: As,
    registered: Registered,
    city: planting.Cast,
    standards: dict[str, Standard],
    clock: time_machine.Traveller,
) -> None:
    number, at = registered.matter.number, planting.at
    issued = issue_order(
        colour="red", demand="马上受理。", reply_by=None, matter=number, actor=city.office.actor, now=planting.at("2014-01-07 09:00")
    )  # fmt: skip
    address = f"/orders/{issued.key}/print"
    assert "罗**" in page(signed_in("handler").get(address))
    request_return(
        matter=number, reason="不是我们的", suggested="chengguan", actor=city.handler.actor, now=at("2014-01-07 10:00")
    )  # fmt: skip
    sign_return(matter=number, actor=city.head.actor, now=at("2014-01-07 10:10"))
    rule_return(
        matter=number, granted=True, note="", unit="chengguan", actor=city.office.actor, now=at("2014-01-07 10:20")
    )  # fmt: skip
    accept(
        matter=number, contact_method="phone", contact_note="电话联系，约好上门。", standard=standards["street"].pk,
        actor=city.handler2.actor, now=at("2014-01-07 11:00"),
    )  # fmt: skip
    clock.move_to(at("2014-01-07 12:00"))
    for who, sees in (("office", True), ("handler", False)):
        text = page(signed_in(who).get(address))
        assert "还没有受理" in text
        assert standards["street"].title not in text
        assert ("诉求人" in text.partition("请落实以下要求")[0]) is sees
        assert "保密" not in text


def test_the_letter_keeps_the_day_that_was_promised_when_it_was_issued(
    signed_in: As, handled: Registered, city: planting.Cast
) -> None:
    number, at, office = handled.matter.number, planting.at, city.office.actor

    def letter(colour: str, now: str) -> str:
        issued = issue_order(
            colour=colour, demand="说明情况。", reply_by=None, matter=number, actor=office, now=at(now)
        )
        return f"/orders/{issued.key}/print"

    def promised(address: str) -> str:
        (day,) = re.findall(r"应办结</th><td>([^<]+)", page(signed_in("office").get(address)))
        return str(day)

    first = letter("green", "2014-01-07 08:30")
    request_extension(
        matter=number, reason="等配件", due_on=date(2014, 1, 15), actor=city.handler.actor, now=at("2014-01-07 08:40")
    )  # fmt: skip
    sign_extension(matter=number, actor=city.head.actor, now=at("2014-01-07 08:45"))
    rule_extension(matter=number, granted=True, note="", actor=office, now=at("2014-01-07 08:50"))
    second = letter("yellow", "2014-01-07 08:55")
    assert (promised(first), promised(second)) == ("2014年1月9日", "2014年1月15日")


def test_a_form_sent_again_with_another_text_is_not_said_to_be_done(signed_in: As, order: Order) -> None:
    handler, address = signed_in("handler"), f"/orders/{order.key}/reply"
    once = slip_in(page(handler.get(address)))
    assert "已" in page(handler.post(address, {"text": "已修好。", "once": once}, follow=True))
    again = page(handler.post(address, {"text": "其实没有修好。", "once": once}, follow=True))
    assert "这一份已经提交过，没有再办一次。" in again
    assert "其实没有修好" not in again
