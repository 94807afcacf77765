"""Every page, on a phone and at a desk: accessible by axe, nothing from outside, nothing off the edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from duban.core.rights import ANYONE
from duban.matters.verbs.registering import Petitioner, Registered, register
from tests.browser.conftest import DESK, PHONE
from tests.city import LUO

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = {"phone": PHONE, "desk": DESK}
OPEN = ("/", "/register", "/track", "/catalogue", "/public", "/statistics", "/sign-in", "/no-such-page")
INSIDE = {
    "clerk": ("/desk/register",),
    "handler": (
        "/desk",
        "/desk/reports",
        "/desk/matters/{number}",
        "/desk/matters/{number}/acceptance",
        "/settings",
    ),
    "head": ("/desk", "/desk/matters/{number}/return-request"),
    "office": (
        "/office",
        "/office/trays/to_assign",
        "/office/matters",
        "/office/alarms",
        "/settings/calendar",
        "/settings/policy",
        "/settings/routing",
        "/settings/catalogue",
    ),
    "publisher": ("/office/publications",),
    "leader": ("/office", "/office/directive"),
    "sysadmin": ("/settings/accounts", "/settings/accounts/new"),
    "secadmin": ("/settings/accounts",),
    "auditor": ("/settings/audit",),
}


@pytest.fixture
def water(live_site: str) -> Registered:
    """罗家祥's matter, registered a moment ago and assigned to 寨阳乡 by rule."""
    return register(
        kind="hardship",
        title="坪朗村蓄水池容量不足，高处农户断水",
        body="蓄水池容量有限，部分水管损坏，村民吃水困难。",
        place="寨阳乡坪朗村",
        petitioner=Petitioner(LUO.name, LUO.id_number, LUO.mobile),
        actor=ANYONE,
        now=timezone.now(),
    )


def _look(page: Page, path: str) -> list[str]:
    """What is wrong with a page."""
    page.goto(path)
    wrong = [
        f"{path}: {found['id']} ({found['impact']}): {found['nodes'][0]['html'][:160]}"
        for found in Axe().run(page).response["violations"]
    ]
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        wrong.append(f"{path}: {over} px off the edge")
    if page.locator("h1").count() != 1:
        wrong.append(f"{path}: {page.locator('h1').count()} h1")
    return wrong


@pytest.mark.parametrize("size", SIZES)
def test_the_open_pages(size: str, water: Registered, window: Callable[..., Page]) -> None:
    page = window(size=SIZES[size], bypass_csp=True)
    wrong = [said for path in OPEN for said in _look(page, path)]
    page.goto("/track")
    page.fill("input[name=no]", water.matter.number)
    page.fill("input[name=code]", water.query_code)
    page.click("main .btn--main")
    page.wait_for_url(f"**/matters/{water.matter.number}")
    wrong += _look(page, f"/matters/{water.matter.number}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("username", INSIDE)
def test_the_inside(username: str, size: str, water: Registered, signed_in: Callable[..., Page]) -> None:
    page = signed_in(username, size=SIZES[size], bypass_csp=True)
    wrong = [
        said for path in INSIDE[username] for said in _look(page, path.format(number=water.matter.number))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("choice", ["mode=elder", "contrast=more", "lang=en"])
def test_as_visitors_choose_to_see_it(choice: str, window: Callable[..., Page]) -> None:
    """Elder mode, high contrast, English: one tap, kept in a cookie."""
    page = window(bypass_csp=True)
    page.goto(f"/?{choice}")
    wrong = [said for path in ("/", "/register", "/track", "/statistics") for said in _look(page, path)]
    assert not wrong, "\n".join(wrong)
