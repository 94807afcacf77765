"""Every page of the access table, for someone who may see it: accessible by axe, nothing off the edge or outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from duban.catalogue import book
from tests.access.bodies import BEFORE
from tests.access.scene import set_scene
from tests.access.table import Row, pages
from tests.access.visiting import Visitors, address
from tests.browser import walking
from tests.browser.looking import glance, look
from tests.city import ACCOUNTS, Cast
from tests.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from duban.catalogue.models import Standard

Open = Callable[..., "Page"]
NO_PAGES = ("attachment", "check_evidence", "ledgers_export")
IN_ENGLISH = ("home", "register", "track", "matter", "catalogue", "statistics", "public", "sign_in")


def visible() -> list[tuple[str, Row]]:
    """Every page that is drawn, with the first one in the table's order who sees it."""
    drawn = [
        row for row in pages() if row.method == "GET" and "ok" in row.answers and row.name not in NO_PAGES
    ]
    return [(next(who for who, answer in row.expected().items() if answer == "ok"), row) for row in drawn]


@pytest.fixture
def visitors(live_site: str, city: Cast, standards: dict[str, Standard]) -> Visitors:
    """The scene of the access table, as of now, in front of the live site."""
    book.forget()
    stage = Stage({name: city[name] for name in ACCOUNTS}, dict(standards))
    return Visitors(set_scene(stage, timezone.now()))


@pytest.fixture
def opened(visitors: Visitors, window: Open, live_site: str) -> Callable[[str, Row], Page]:
    """opened(who, row): the page, in the visitor's own window."""
    windows: dict[str, Page] = {}

    def show(who: str, row: Row) -> Page:
        before = BEFORE.get(row.name)
        name = f"{who} {row}" if before else visitors.session(who, row.situation)
        if name not in windows:
            browser = visitors.browser(who, row.situation)
            for step, content in before(visitors.scene) if before else ():
                browser.post(step, content)
            windows[name] = window()
            windows[name].context.add_cookies(
                [
                    {"name": kept.key, "value": kept.value, "url": live_site}
                    for kept in browser.cookies.values()
                ]
            )
        page = windows[name]
        answer = page.goto(address(row, visitors.scene))
        assert answer is not None
        assert answer.status == 200, row
        assert page.url.endswith(address(row, visitors.scene)), row
        return page

    return show


def test_every_page_a_visitor_sees(opened: Callable[[str, Row], Page]) -> None:
    outside = [(who, row) for who, row in visible() if who not in ACCOUNTS]
    assert len(outside) >= 15
    _assert_fine((row, look(opened(who, row))) for who, row in outside)


def test_every_page_an_account_sees(opened: Callable[[str, Row], Page]) -> None:
    inside = [(who, row) for who, row in visible() if who in ACCOUNTS]
    assert len(inside) >= 40
    _assert_fine((row, look(opened(who, row), dark=True)) for who, row in inside)


@pytest.mark.parametrize("choice", ["mode=elder", "contrast=more", "lang=en"])
def test_the_pages_most_people_see_in_every_display(choice: str, opened: Callable[[str, Row], Page]) -> None:
    def seen() -> Iterable[tuple[Row, Iterable[str]]]:
        for who, row in visible():
            if row.name in (*IN_ENGLISH, "desk", "desk_matter", "office"):
                page = opened(who, row)
                page.goto(f"{page.url}?{choice}")
                yield row, glance(page)

    _assert_fine(seen())


def test_pages_of_failure_and_forms_in_error(visitors: Visitors, window: Open, signed_in: Open) -> None:
    """No such page, no right, a takedown's stub, every kind of form with everything missing, an expired form."""
    wrong: dict[str, list[str]] = {}
    page, scene = window(), visitors.scene
    for path in ("/no-such-page", f"/public/{scene.number('taken-down')}", "/api/v1/docs"):
        page.goto(path)
        wrong[path] = list(glance(page))
    page.goto("/register")
    walking.press(page, "下一步：核对")
    wrong["/register in error"] = list(glance(page))
    page.goto("/track")
    walking.press(page, "查进度")
    wrong["/track in error"] = list(glance(page))
    page.context.clear_cookies(name="csrftoken")
    walking.press(page, "查进度")
    wrong["an expired form"] = list(glance(page))

    page = signed_in("handler")
    page.goto("/office")
    wrong["no right"] = list(glance(page))
    for situation, slug in (
        ("assigned", "acceptance"),
        ("handling", "completion"),
        ("assigned", "return-request"),
    ):
        page.goto(f"/desk/matters/{scene.number(situation)}/{slug}")
        page.locator("main form .btn--main").click()
        page.locator("[role=alert]").first.wait_for()
        wrong[f"{slug} in error"] = list(glance(page))
    page.goto(f"/desk/matters/{scene.number('assigned')}/contact")
    walking.fill(page, reason="电话联系")
    walking.press(page, "记下理由并查看")
    wrong["contact"] = list(glance(page))
    wrong = {what: found for what, found in wrong.items() if found}
    assert not wrong


IN_ERROR = (
    ("office", "order_new", "-", "发出"),
    ("handler", "order_deed:reply", "ordered", "回复"),
    ("office", "order_deed:sending-back", "order-replied", "退回重报"),
    ("office", "order_deed:recall", "ordered", "收回督办件"),
    ("office", "alarm_answer", "alarm", "记下"),
    ("office", "check_new", "-", "抽样，开始检查"),
    ("office", "check_item", "check-sampled", "记下结果"),
    ("office", "checklist", "-", "保存为新的一版"),
    ("office", "docket_matter", "assigned", "提交"),
    ("office", "docket_item", "-", "放进材料"),
    ("member", "docket_decision", "-", "下一步：核对"),
    ("office", "meeting_page", "-", "结束会议"),
    ("anyone", "cosign", "many", "发验证码"),
    ("anyone", "ballot", "balloting", "去投票"),
    ("mine", "ballot", "balloting", "下一步：确认"),
)
"""Whose form of supervision, and the button that sends it with everything missing."""


def test_forms_of_supervision_in_error(opened: Callable[[str, Row], Page]) -> None:
    wrong = {}
    for who, name, situation, button in IN_ERROR:
        page = opened(who, Row("GET", name, situation, ()))
        if name == "docket_decision":
            walking.link(page, "延长期限").click()
        for area in page.locator("main form textarea").all():
            area.fill("")
        walking.press(page, button)
        page.locator("[role=alert]").first.wait_for()
        wrong[f"{name} {button}"] = list(glance(page))
    wrong = {what: found for what, found in wrong.items() if found}
    assert not wrong


def _assert_fine(seen: Iterable[tuple[Row, Iterable[str]]]) -> None:
    wrong = [f"{row}: {found}" for row, looked in seen for found in looked]
    assert not wrong, "\n" + "\n".join(wrong)
