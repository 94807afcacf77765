"""Nothing typed is lost: by an error, the way back, a second click, a closed browser, an expired form or session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session

from duban.matters.models import Commitment, Matter
from tests.browser import walking
from tests.browser.walking import WATER, press, said
from tests.city import LUO

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
WRONG_ID = LUO.id_number[:-1] + ("0" if LUO.id_number[-1] != "0" else "1")


def typed(page: Page, *names: str) -> dict[str, str]:
    """What stands in the form's fields."""
    return {name: page.input_value(f"main [name={name}]") for name in names}


def test_a_half_filled_form_survives_an_error_and_the_way_back(window: Open) -> None:
    page = window()
    page.goto("/register")
    walking.fill_registration(page, id_number=WRONG_ID, title="")
    page.set_input_files("input[name=photos]", walking.picture())
    press(page, "下一步：核对")
    alert = page.locator("#errors")
    assert "还差 2 处" in alert.inner_text()
    assert typed(page, "body", "place", "name") == {
        "body": WATER["body"],
        "place": WATER["place"],
        "name": LUO.name,
    }
    assert page.locator("input[name=kind][value=hardship]").is_checked()
    assert "水管.jpg" in page.inner_text("main form")
    alert.get_by_role("link").first.click()  # the summary leads to the field
    walking.fill(page, title=WATER["title"], id_number=LUO.id_number)
    press(page, "下一步：核对")
    page.wait_for_url("**/register/check")
    assert "1 张" in page.inner_text("main")

    walking.link(page, "返回修改").click()
    assert typed(page, "title", "id_number") == {"title": WATER["title"], "id_number": LUO.id_number}
    walking.fill(page, body="蓄水池容量不足，高处 12 户断水。")
    press(page, "下一步：核对")
    page.wait_for_url("**/register/check")
    page.go_back()
    page.wait_for_url("**/register")
    assert typed(page, "body")["body"] == "蓄水池容量不足，高处 12 户断水。"


def test_a_draft_waits_for_another_day_without_the_id_number(window: Open) -> None:
    page = window()
    page.goto("/register")
    walking.fill_registration(page)
    press(page, "存为草稿")
    said(page, "草稿已存好")
    kept = page.context.storage_state()
    later = window(storage_state=kept)
    later.goto("/register")
    fields = typed(later, "title", "body", "name", "id_number", "mobile")
    assert fields == {
        "title": WATER["title"],
        "body": WATER["body"],
        "name": LUO.name,
        "id_number": "",
        "mobile": "",
    }
    stranger = window()
    stranger.goto("/register")
    assert typed(stranger, "title") == {"title": ""}


def test_two_clicks_give_one_number(window: Open) -> None:
    page = window()
    page.goto("/register")
    walking.fill_registration(page)
    press(page, "下一步：核对")
    page.wait_for_url("**/register/check")
    again = page.context.new_page()
    again.goto("/register/check")
    page.locator("main").get_by_role("button", name="确认提交").dblclick()
    page.wait_for_url("**/register/done")
    slip = walking.slip_of(page)
    press(again, "确认提交")
    again.wait_for_url("**/register/done")
    assert walking.slip_of(again) == slip
    page.go_back()
    page.reload()  # the page to check it on is not there to be sent once more
    assert page.url.endswith("/register/done")
    assert Matter.objects.count() == 1


def test_an_expired_form_is_sent_again_with_one_click(window: Open) -> None:
    page = window()
    page.goto("/register")
    walking.fill_registration(page)
    page.context.clear_cookies(name="csrftoken")
    press(page, "下一步：核对")
    press(page, "再提交一次")
    page.wait_for_url("**/register/check")
    assert WATER["title"] in page.inner_text("main")
    assert LUO.id_number in page.inner_text("main")


def test_a_handler_whose_session_ends_keeps_the_acceptance(window: Open, signed_in: Open) -> None:
    slip = walking.register(window(), place="坪朗村")
    handler = signed_in("handler")
    walking.find(handler, slip, "受理并承诺")
    walking.choose(handler, "contact_method", "visit")
    walking.fill(handler, contact_note="上门看了高处 12 户，约好三天内来水。")
    handler.locator("label.offer", has_text="农村安全饮水设施维修").click()
    Session.objects.all().delete()
    press(handler, "受理并承诺")
    handler.wait_for_url("**/sign-in?*")
    assert "已经存好" in handler.inner_text("main")
    walking.fill(handler, username="handler", password="duban-demo")
    press(handler, "登录")
    press(handler, "再提交一次")
    said(handler, "已受理")
    commitment = Commitment.objects.get()
    assert commitment.contact_note == "上门看了高处 12 户，约好三天内来水。"
    assert commitment.contact_method == "visit"


def test_vague_words_are_pointed_out_before_they_are_sent(window: Open, signed_in: Open) -> None:
    slip = walking.register(window(), place="坪朗村")
    handler = signed_in("handler")
    walking.accept(handler, slip)
    walking.find(handler, slip, "写办结说明")
    walking.choose(handler, "outcome", "solved")
    walking.fill(handler, statement="将尽快修好。")
    press(handler, "提交办结说明")
    assert "尽快" in handler.inner_text("#vague")
    assert typed(handler, "statement")["statement"].strip() == "将尽快修好。"
    walking.fill(handler, statement="2 月 8 日更换接头 4 处，12 户来水。")
    press(handler, "改好了，提交")
    said(handler, "办结说明已提交")
