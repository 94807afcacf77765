"""Supervision with teeth, at phone size: from a red alarm over order and joint meeting to the citizen's closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from duban.people.models import Staff
from tests.browser import walking
from tests.browser.days import Days
from tests.browser.walking import come_back, link, press, said
from tests.city import LUO

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
HANDLER, OFFICE = "shi@zhaiyang.example", "ducha@jishou.example"


def do(page: Page, verb: str) -> None:
    """Open the form of one of the verbs a page offers."""
    page.locator(".verbs").get_by_role("link", name=verb, exact=True).click()


def to_order(page: Page, number: str) -> None:
    """From a list of orders to the one."""
    link(page, number).click()
    page.locator("h1", has_text=number).wait_for()


def test_a_red_matter_comes_before_the_joint_meeting_and_the_citizen_closes_it(
    window: Open, signed_in: Open, days: Days
) -> None:
    Staff.objects.filter(username="handler").update(email=HANDLER)
    Staff.objects.filter(username="office").update(email=OFFICE)
    luo, handler = window(), signed_in("handler")
    slip = walking.register(luo, place="坪朗村")
    walking.accept(handler, slip)
    walking.follow(luo, slip)
    assert "1月10日" in luo.inner_text(".answers")

    days.at("2014-01-13 09:00")  # three workdays from the 7th ended on Friday the 10th
    office = signed_in("office")
    order = issue_red_order(office, slip)
    days.turn()
    assert order in days.last_told(HANDLER)

    come_back(handler, "handler", "/desk")
    link(handler, "督办件 1 件待回复").click()
    to_order(handler, order)
    do(handler, "签收")
    press(handler, "签收")
    said(handler, "已签收")
    reply(handler, "已安排，近期修好。")

    days.at("2014-01-14 09:00")
    assert order in days.last_told(OFFICE)
    come_back(office, "office", "/office")
    link(office, "督办件待审核").click()
    to_order(office, order)
    assert "已安排，近期修好。" in office.inner_text("main")
    do(office, "退回重报")
    walking.fill(office, reason="“近期”不是期限，写明哪天通水。", reply_by="2014-01-16")
    press(office, "退回重报")
    said(office, "已退回")
    days.turn()
    assert "被退回" in days.last_told(HANDLER)

    days.at("2014-01-20 09:00")  # red for the five workdays of a week: the rule puts it on the docket
    head = signed_in("head")
    head.goto(f"/desk/matters/{slip.number}")
    link(head, "已提交联席会议").click()
    walking.fill(head, text="主管要换 300 米，配件 1 月 22 日到货，24 日前可以通水。")
    press(head, "放进材料")
    said(head, "已放进议题材料")

    come_back(office, "office", "/office/seats")
    office.locator("main select").first.select_option(label="田组长")
    press(office, "保存")
    said(office, "席位已改")
    convene(office, slip)

    member = signed_in("member")
    member.goto("/office/meeting")
    link(member, walking.WATER["title"]).click()
    assert "配件 1 月 22 日到货" in member.inner_text("main")
    do(member, "延长期限")
    walking.fill(member, reason="配件须从外地调运，限 24 日前通水。", due_on="2014-01-23")
    press(member, "下一步：核对")
    assert "2014年1月23日 周四，从明天算起共 3 个工作日" in member.inner_text("main")
    press(member, "返回修改")
    walking.fill(member, due_on="2014-01-24")
    press(member, "下一步：核对")
    will = member.inner_text("main")
    for words in ("由2014年1月10日 周五改为2014年1月24日 周五，从明天算起共 4 个工作日", "不能撤回"):
        assert words in will, will
    press(member, "确认作出决定")
    said(member, "决定已作出并已执行")
    assert "至1月24日" in member.inner_text("section[aria-labelledby=i-d]")
    come_back(office, "office", "/office/hard-cases")
    assert "延长期限" in office.inner_text("main")

    days.turn()
    assert "办结期限延至" in days.last_told(LUO.mobile)
    assert "2014年1月24日" in days.last_told(LUO.mobile)
    assert "2014年1月24日" in days.last_told(HANDLER)
    walking.follow(luo, slip)
    assert "1月24日" in luo.inner_text(".answers")
    assert "1月20日由联席会议定，4 个工作日" in luo.inner_text("#why")
    told = luo.inner_text("ol.timeline")
    for words in (
        "督查室向寨阳乡人民政府发出红色督办件",
        "长期逾期，提交联席会议研究",
        "联席会议决定延长办理期限",
        "配件须从外地调运，限 24 日前通水",
        "期限由2014年1月10日 周五改为2014年1月24日 周五",
    ):
        assert words in told, told
    assert (
        "配件 1 月 22 日到货" not in told
    )  # what the unit laid before the meeting is not the citizen's to read

    days.at("2014-01-23 16:00")
    come_back(handler, "handler", "/desk")
    walking.complete(handler, slip, "1 月 23 日换好主管 300 米，12 户全部来水。")
    handler.goto("/desk/orders")
    to_order(handler, order)
    reply(handler, "1 月 23 日 15 时通水，12 户已逐户看过。")
    assert "逾期回复" in handler.inner_text("main")
    days.turn()
    walking.follow(luo, slip)
    assert walking.status(luo) == "办结待审核"
    walking.judge(luo, 4, "水来了。")
    said(luo, "这件事已经销号")
    assert walking.status(luo) == "办结销号"

    come_back(office, "office", "/office")
    link(office, "督办件待审核").click()
    to_order(office, order)
    do(office, "认可回复")
    press(office, "认可回复")
    said(office, "督办件了结")
    assert office.locator(".verbs").count() == 0
    office.goto(f"/desk/matters/{slip.number}")
    assert walking.status(office) == "办结销号"
    office.goto("/office/alarms")
    assert "没有等着处置的报警" in office.inner_text("main")


def issue_red_order(office: Page, slip: walking.Slip) -> str:
    """The office sees the red alarm, and issues a red order from it; its number."""
    office.goto("/office")
    link(office, "报警待处置").click()
    office.locator("nav.filters").get_by_role("link", name="逾期").click()
    alarm = office.locator("li.watch--red", has_text=slip.number)
    assert walking.WATER["title"] in alarm.inner_text()
    assert "没有报过进展" in alarm.inner_text()
    alarm.get_by_role("link", name="发督办件").click()
    walking.choose(office, "colour", "red")
    walking.fill(office, demand="1 月 15 日前修好水管。\n说明为什么逾期。")
    press(office, "发出")
    said(office, "督办件已发出")
    assert "1月15日" in office.inner_text("main")  # two workdays, where none is named
    return office.inner_text("h1")


def reply(handler: Page, words: str) -> None:
    """The unit replies to the order that is open."""
    do(handler, "回复")
    walking.fill(handler, text=words)
    press(handler, "回复")
    said(handler, "已回复")


def convene(office: Page, slip: walking.Slip) -> None:
    """The office convenes a meeting for today on the matter, and notes who came."""
    office.goto("/office/meeting")
    assert "逾期" in office.locator("li.job", has_text=slip.number).inner_text()
    link(office, "召集会议").click()
    walking.fill(office, held_on="2014-01-20", place="市委二楼会议室")
    office.locator("label.choice", has_text=slip.number).click()
    press(office, "召集")
    said(office, "会议已召集")
    seat = office.locator("label.choice", has_text="田组长")
    title = seat.locator("span").inner_text()
    seat.click()
    office.select_option("main [name=chair]", label=title)
    press(office, "记下")
    said(office, "到会情况已记录")
