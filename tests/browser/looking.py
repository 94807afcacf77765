"""Looking at a page as axe does, and at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Axe().axe_script


def look(page: Page, *, dark: bool = False) -> Iterator[str]:
    """What is wrong with the page that is open: on a phone, and at a desk (pages of the inside in the dark there)."""
    yield from glance(page)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark" if dark else "light")
    yield from _judged(page, "desk, dark" if dark else "desk")
    if page.evaluate("document.scrollingElement.scrollWidth") > DESK["width"]:
        yield "desk: off the edge"
    page.emulate_media(color_scheme="light")


def glance(page: Page) -> Iterator[str]:
    """What is wrong with it on a phone."""
    page.evaluate(AXE)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    yield from _judged(page, "phone")
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > PHONE["width"]:
        yield f"phone: {width - PHONE['width']} px off the edge: {page.evaluate(_WIDEST)}"
    headings = page.locator("h1").count()
    if headings != 1:
        yield f"{headings} headings of the first level"


_WIDEST = """[...document.querySelectorAll('main *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 90)).join(' | ')"""


def _judged(page: Page, seen: str) -> Iterator[str]:
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(results => results.violations)")
    for one in found:
        nodes = "; ".join(node["html"][:140] for node in one["nodes"][:2])
        yield f"{seen}: {one['id']} ({one['impact']}): {nodes}"
