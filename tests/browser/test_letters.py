"""A supervision order prints on one A4 page, also the longest one, with nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from duban.catalogue.models import Standard
from duban.core.orders import DEMAND_LIMIT, DEMAND_POINTS
from duban.core.rights import ANYONE
from duban.core.texts import TITLE_LIMIT
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.registering import register
from duban.supervision.verbs.ordering import issue_order
from tests.city import Cast
from tests.stage import LUO

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONG = "\n".join(["修" * (DEMAND_LIMIT // DEMAND_POINTS - 1)] * DEMAND_POINTS)
BROKEN = "\n".join(
    ["修" * 41] * (DEMAND_POINTS - 1) + ["修" * 100]
)  # each point spills over to a second line


@pytest.mark.parametrize(
    ("demand", "title"),
    [
        ("今日内修好。", TITLE_LIMIT),
        ("\n".join(["修" * 27, "修" * 20, "修"]), 14),  # the most in large letters
        ("\n".join(["修" * 28] * 7), 28),  # the most in middle letters
        ("修" * 222, 28),
        (LONG, TITLE_LIMIT),
        (BROKEN, TITLE_LIMIT),
        ("修" * DEMAND_LIMIT, 10),
    ],
)
def test_an_order_prints_on_one_page(
    demand: str, title: int, signed_in: Callable[..., Page], city: Cast, standards: dict[str, Standard]
) -> None:
    now = timezone.now()
    number = register(
        kind="hardship", title="坪" * title, body="断水。", petitioner=LUO, unit="zhaiyang",
        actor=ANYONE, now=now,
    ).matter.number  # fmt: skip
    accept(
        matter=number, contact_method="phone", contact_note="问清了。", standard=standards["water"].pk,
        actor=city.handler.actor, now=now,
    )  # fmt: skip
    order = issue_order(
        colour="red", demand=demand, reply_by=None, matter=number, actor=city.office.actor, now=now
    )
    page = signed_in("office")
    page.goto(f"/orders/{order.key}/print")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    height, room = page.evaluate(
        "(() => { const e = document.querySelector('.order'); return [e.scrollHeight, e.clientHeight] })()"
    )
    assert height <= room
