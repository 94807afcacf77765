"""What people do in front of the pages, by the words they see on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.access.scene import photo
from tests.city import LUO, PASSWORD, Person

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WATER = {
    "title": "八仙湖村蓄水池容量不足，高处农户断水",
    "body": "蓄水池容量有限，部分水管损坏，村民吃水困难。",
    "place": "八仙湖村三组",
}
"""No routing rule knows the place, so the office has to decide."""


@dataclass(frozen=True)
class Slip:
    """What the petitioner takes home."""

    number: str
    code: str


def link(page: Page, words: str) -> Locator:
    """A link of the page itself by its words."""
    return page.locator("main").get_by_role("link", name=words).first


def press(page: Page, words: str) -> None:
    """Press the button with these words."""
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def sign_in(page: Page, username: str) -> None:
    """Sign in on the page that asks for it; it leads on to where one wanted to go."""
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main .btn--main")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def come_back(page: Page, username: str, path: str) -> None:
    """Open a page of the inside on another day, when the session has ended."""
    page.goto(path)
    if "/sign-in" in page.url:
        sign_in(page, username)


def choose(page: Page, name: str, value: str) -> None:
    """Choose a card of a group, as a finger does."""
    page.locator(f"label:has(input[name={name}][value='{value}'])").click()


def fill(page: Page, **fields: str) -> None:
    """Fill fields by their names."""
    for name, words in fields.items():
        page.fill(f"main [name={name}]", words)


def fill_registration(page: Page, person: Person = LUO, **changes: str) -> None:
    """Fill the registration form, and stop before sending it."""
    choose(page, "kind", "hardship")
    fill(page, **{**WATER, **person.form(), **changes})


def register(page: Page, person: Person = LUO, *, collective: bool = False, **changes: str) -> Slip:
    """From the home page to number and query code."""
    page.goto("/")
    link(page, "我要挂号").click()
    fill_registration(page, person, **changes)
    if collective:
        page.locator("label:has(input[name=collective])").click()
    press(page, "下一步：核对")
    page.wait_for_url("**/register/check")
    assert person.id_number in page.inner_text("main")
    press(page, "确认提交")
    page.wait_for_url("**/register/done")
    return slip_of(page)


def slip_of(page: Page) -> Slip:
    """Number and query code, as the page shows them."""
    number, code = (figure.inner_text() for figure in page.locator(".slip__figure").all())
    assert re.fullmatch(r"\d{8}-\d{4,}-\d", number)
    return Slip(number, code)


def follow(page: Page, slip: Slip) -> None:
    """Open the matter with number and query code, from the home page."""
    page.goto("/")
    fill(page, no=slip.number, code=slip.code)
    press(page, "查进度")
    page.wait_for_url(f"**/matters/{slip.number}")


def judge(page: Page, grade: int, comment: str = "") -> None:
    """Give the verdict on the matter's page."""
    choose(page, "grade", str(grade))
    fill(page, comment=comment)
    press(page, "提交评价")
    page.wait_for_load_state()


def find(page: Page, slip: Slip, verb: str) -> None:
    """Find the matter in the work list, open it, and open the form of a verb."""
    page.goto("/desk")
    page.locator(f"li.job:has-text('{slip.number}') a").click()
    link(page, verb).click()


def accept(page: Page, slip: Slip, standard: str = "农村安全饮水设施维修") -> None:
    """Accept: contact, one of the unit's own standards."""
    find(page, slip, "受理并承诺")
    choose(page, "contact_method", "phone")
    fill(page, contact_note="电话联系，问清了高处 12 户断水的情况。")
    page.locator("label.offer", has_text=standard).click()
    press(page, "受理并承诺")
    said(page, "已受理")


def report(page: Page, slip: Slip, note: str) -> None:
    """Report progress, with a photo."""
    find(page, slip, "报进展")
    fill(page, note=note)
    page.set_input_files("input[name=photos]", picture())
    press(page, "告诉诉求人")
    said(page, "进展已经告诉诉求人")


def complete(page: Page, slip: Slip, statement: str) -> None:
    """Write the completion statement."""
    find(page, slip, "写办结说明")
    choose(page, "outcome", "solved")
    fill(page, statement=statement)
    press(page, "提交办结说明")
    said(page, "办结说明已提交")


def said(page: Page, words: str) -> None:
    """The page tells what was just done."""
    page.locator("[role=status]", has_text=words).wait_for()


def status(page: Page) -> str:
    """The published status of the matter on the page."""
    return page.locator("main .status").first.inner_text()


def picture() -> Any:
    """A photo to choose in a file field."""
    return {"name": "水管.jpg", "mimeType": "image/jpeg", "buffer": photo()}
