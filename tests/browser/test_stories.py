"""Whole lives of matters at phone size, everybody in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser import walking
from tests.browser.walking import link, press, said
from tests.city import WU

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


def assign(office: Page, slip: walking.Slip, unit: str) -> None:
    """The office finds the matter in its tray and gives it to a unit."""
    office.goto("/office")
    link(office, "待交办").click()
    office.locator(f"li.job:has-text('{slip.number}') a").click()
    walking.fill(office, unit=unit)
    press(office, "交办")
    said(office, "已交办")


def test_luo_jiaxiang_s_water_pipe_from_registration_to_closing(window: Open, signed_in: Open) -> None:
    luo, clerk, office, handler = (window(), signed_in("clerk"), signed_in("office"), signed_in("handler"))
    slip = walking.register(luo)
    link(luo, "看这件事的进度").click()
    assert walking.status(luo) == "受理中"
    assert "正在确定由哪个单位办" in luo.inner_text(".answers")

    assign(office, slip, "寨阳乡人民政府")
    walking.accept(handler, slip)
    assert "3 个工作日" in handler.inner_text("main")
    walking.report(handler, slip, "水管已经运到坪上，明天开挖。")

    clerk.goto("/desk/register")  # he asks at the terminal how it stands
    walking.fill(clerk, no=slip.number, code=slip.code)
    press(clerk, "打开")
    clerk.wait_for_url(f"**/matters/{slip.number}")
    assert "水管已经运到坪上" in clerk.inner_text("main")
    assert clerk.locator("ul.photos img").first.evaluate("i => i.decode().then(() => i.naturalWidth)") == 40

    walking.complete(handler, slip, "更换漏水接头 4 处，加装 5 吨临时水箱，12 户全部来水。")
    walking.follow(luo, slip)
    assert walking.status(luo) == "办结待审核"
    assert "更换漏水接头 4 处" in luo.inner_text("main")
    walking.judge(luo, 5, "当天就来水了。")
    said(luo, "这件事已经销号")
    assert walking.status(luo) == "办结销号"
    assert luo.locator("#verdict").count() == 0

    office.goto(f"/desk/matters/{slip.number}")
    assert walking.status(office) == "办结销号"
    assert office.locator(".verbs").count() == 0
    office.goto("/office/matters?status=closed")
    assert slip.number in office.inner_text("main")
    luo.goto("/statistics")
    assert "办结销号" in luo.inner_text(".census")


def test_a_dissatisfied_citizen_gets_a_second_round(window: Open, signed_in: Open) -> None:
    wu, handler = window(), signed_in("handler")
    slip = walking.register(wu, WU, place="坪朗村", title="保洁员工资太低", body="每月 400 元，请求增加。")
    walking.accept(handler, slip, "临时救助申请")
    walking.complete(handler, slip, "已向乡政府报告。")
    walking.follow(wu, slip)
    walking.judge(wu, 2, "只是报告，工资没有变。")
    said(wu, "已退回重办")
    assert walking.status(wu) == "办理中"
    assert "第 2 次办理" in wu.inner_text(".answers")

    handler.goto(f"/desk/matters/{slip.number}")
    assert "只是报告，工资没有变" in handler.inner_text("main")
    walking.complete(handler, slip, "乡政府决定：34 名保洁员工资由 400 元增到 600 元，本月起发。")
    wu.reload()
    walking.judge(wu, 4)
    said(wu, "这件事已经销号")
    assert walking.status(wu) == "办结销号"
    story = wu.inner_text("ol.timeline")
    assert "只是报告，工资没有变" in story
    assert story.count("34 名保洁员") == 1


def test_a_return_finds_the_right_unit(window: Open, signed_in: Open) -> None:
    luo, handler, head = window(), signed_in("handler"), signed_in("head")
    office, other = signed_in("office"), signed_in("handler2")
    slip = walking.register(luo, place="坪朗村", title="坪朗村口占道摆摊", body="村口摆摊堵了车道。")

    walking.find(handler, slip, "申请退单")
    walking.fill(handler, reason="占道经营由城市管理部门管，见市政府三定方案。", suggested="城市管理")
    press(handler, "提出退单申请")
    assert "单位" in handler.inner_text(
        "[role=alert]"
    )  # no unit of that name: asked again, with the reason kept
    assert "三定方案" in handler.input_value("[name=reason]")
    unit = handler.locator("datalist option[value*='城市管理']").first.get_attribute("value")
    assert unit
    walking.fill(handler, suggested=unit)
    press(handler, "提出退单申请")
    said(handler, "退单申请已提出")

    walking.find(head, slip, "签退单申请")
    press(head, "签字")
    said(head, "已签字")

    office.goto("/office")
    link(office, "退单待裁定").click()
    office.locator(f"li.job:has-text('{slip.number}') a").click()
    assert "三定方案" in office.inner_text("main")
    assert office.input_value("[name=unit]") == unit
    walking.choose(office, "granted", "yes")
    press(office, "裁定")
    said(office, "退单已裁定")

    assert handler.goto(f"/desk/matters/{slip.number}").status == 404  # type: ignore[union-attr]
    walking.accept(other, slip, "占道经营清理")
    walking.follow(luo, slip)
    assert unit in luo.inner_text(".answers")
    assert "三定方案" in luo.inner_text("ol.timeline")


def test_with_script_switched_off(window: Open, signed_in: Open) -> None:
    luo, handler = window(script=False), signed_in("handler", script=False)
    slip = walking.register(luo, place="坪朗村")
    walking.accept(handler, slip)
    walking.report(handler, slip, "水管已经运到。")
    walking.complete(handler, slip, "更换漏水接头 4 处，12 户全部来水。")
    walking.follow(luo, slip)
    walking.judge(luo, 3)
    said(luo, "这件事已经销号")
    assert walking.status(luo) == "办结销号"


def test_elder_mode_and_english_are_one_tap_away_and_stay(window: Open, signed_in: Open) -> None:
    luo = window()
    slip = walking.register(luo)
    tools = luo.locator("nav.tools")
    for path in ("/", f"/matters/{slip.number}"):
        luo.goto(path)
        plain = luo.locator("h1").evaluate("h => parseFloat(getComputedStyle(h).fontSize)")
        tools.get_by_role("link", name="长辈版").click()
        assert luo.locator("html").get_attribute("data-mode") == "elder"
        assert luo.locator("h1").evaluate("h => parseFloat(getComputedStyle(h).fontSize)") > plain
        assert luo.url.endswith(path)
        tools.get_by_role("link", name="普通版").click()
        tools.get_by_role("link", name="English").click()
        assert luo.locator("html").get_attribute("lang") == "en"
        assert luo.url.endswith(path)
        tools.get_by_role("link", name="中文").click()
        assert luo.locator("html").get_attribute("lang") == "zh-Hans"
    tools.get_by_role("link", name="English").click()
    luo.goto("/register")
    assert "Register" in luo.inner_text("main")
