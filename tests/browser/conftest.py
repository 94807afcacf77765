"""The live site and people in front of it: each has a browser window of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import time_machine

from duban.web.units import forget_units
from tests.browser import walking
from tests.browser.days import Days
from tests.city import Cast, at
from tests.cluster import chromium as chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 375, "height": 667}
DESK = {"width": 1440, "height": 900}
PATIENCE = 10_000  # milliseconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every story here carries the mark, so `-m "not browser"` leaves them out."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for the whole run."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread; the tests themselves are plain synchronous code and may use the ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = os.environ.get("TEST_CHROMIUM") or chromium_path()
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def live_site(live_server: Any, city: Cast) -> str:
    """The address of the running site, with the small city in its (committing) database."""
    return str(live_server.url)


@pytest.fixture
def window(chromium: Browser, live_site: str) -> Iterator[Callable[..., Page]]:
    """window(size=PHONE, script=True, **options) opens a page in a browser of its own.

    A request to anywhere but the site, an error on the page or in its console fails the test at its end.
    """
    home = urlsplit(live_site).netloc
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def guard(request: Request) -> None:
        # Only watched: intercepting would switch the browser's cache off. What leaves finds no address (see FLAGS).
        if request.url.startswith("http") and urlsplit(request.url).netloc != home:
            wrong.append(f"request to the outside: {request.url}")

    def open_window(*, size: dict[str, int] = PHONE, script: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=script,
            base_url=live_site,
            locale=options.pop("locale", "zh-CN"),
            timezone_id="Asia/Shanghai",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", guard)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on(
            "console",
            lambda said: (
                wrong.append(f"console: {said.text}")
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )
        return page

    yield open_window
    for context in opened:
        context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def signed_in(window: Callable[..., Page]) -> Callable[..., Page]:
    """signed_in("handler") opens a window and signs the account in through the form."""

    def sign_in(username: str, **options: Any) -> Page:
        page = window(**options)
        page.goto("/sign-in")
        walking.sign_in(page, username)
        return page

    return sign_in


@pytest.fixture
def days(live_site: str) -> Iterator[Days]:
    """The clock of the site and its worker, from Tuesday 2014-01-07 at nine; `days.at(…)` goes on."""
    forget_units()
    with time_machine.travel(at("2014-01-07 09:00")) as traveller:
        yield Days(traveller)
    forget_units()
