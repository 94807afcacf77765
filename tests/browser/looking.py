"""Looking at a page as axe does, and at its edges."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Axe().axe_script
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}


def look(page: Page, *, dark: bool = False) -> Iterator[str]:
    """What is wrong with the page that is open: on a phone, at a desk and, for pages of the inside, in the dark."""
    page.evaluate(AXE)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    yield from _judged(page, "phone", EVERYTHING)
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > PHONE["width"]:
        yield f"phone: {width - PHONE['width']} px off the edge: {page.evaluate(_WIDEST)}"
    headings = page.locator("h1").count()
    if headings != 1:
        yield f"{headings} headings of the first level"
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    yield from _judged(page, "desk", EVERYTHING)
    if page.evaluate("document.scrollingElement.scrollWidth") > DESK["width"]:
        yield "desk: off the edge"
    if dark:
        page.emulate_media(color_scheme="dark")
        yield from _judged(page, "dark", COLOURS)
        page.emulate_media(color_scheme="light")


_WIDEST = """[...document.querySelectorAll('main *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 90)).join(' | ')"""


def _judged(page: Page, seen: str, options: dict[str, Any]) -> Iterator[str]:
    found = page.evaluate(f"axe.run({json.dumps(options)}).then(results => results.violations)")
    for one in found:
        nodes = "; ".join(node["html"][:140] for node in one["nodes"][:2])
        yield f"{seen}: {one['id']} ({one['impact']}): {nodes}"
