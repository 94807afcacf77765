"""A supervision order and a ballot's result sheet print on one A4 page, also the longest, with nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import timezone

from duban.catalogue.book import forget
from duban.catalogue.models import Standard
from duban.core.orders import DEMAND_LIMIT, DEMAND_POINTS
from duban.core.rights import ANYONE
from duban.core.texts import TITLE_LIMIT
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.verbs.paper import enter_paper, hand_out_paper
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.registering import register
from duban.supervision.verbs.ordering import issue_order
from tests.browser import walking
from tests.city import ACCOUNTS, Cast, at
from tests.stage import CROWD, LUO, Stage, boxed, cards

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
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
    assert sheets(printed) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    height, room = page.evaluate(
        "(() => { const e = document.querySelector('.order'); return [e.scrollHeight, e.clientHeight] })()"
    )
    assert height <= room


def sheets(printed: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))


@pytest.mark.parametrize("username", ["office", ""])
def test_a_result_sheet_prints_on_one_page_with_its_letterhead(
    username: str, window: Open, signed_in: Open, city: Cast, standards: dict[str, Standard]
) -> None:
    """Inside and outside, with papers and the longest title."""
    with time_machine.travel(at("2014-02-16 10:00"), tick=False):
        forget()
        stage = Stage({name: city[name] for name in ACCOUNTS}, dict(standards))
        stage.clerks_elsewhere()
        ballot = stage.balloting(*CROWD[:3], title="坪" * TITLE_LIMIT)
        number, ten = ballot.matter.number, timezone.now()
        on_paper = cards(*ballot.voters.order_by("id").values_list("pk", flat=True)[:2])
        hand_out_paper(matter=number, id_numbers=on_paper, actor=stage["clerk2"], now=ten)
        for clerk in ("clerk2", "clerk3"):
            enter_paper(matter=number, counts=boxed(5, 2), actor=stage[clerk], now=ten)
        for _ in range(2):
            stage.vote(ballot, 5, now="2014-02-16 10:00")
        close_ballot(matter=number, actor=stage["office"], now=ten)
        page = signed_in(username) if username else window()
        if not username:
            page.goto(f"/matters/{number}/ballot")
            page.fill("[name=code]", ballot.voters.latest("id").code)
            walking.press(page, "去投票")
        page.goto(f"/desk/ballots/{number}/result" if username else f"/matters/{number}/ballot/result")
        assert "吉首" in page.inner_text(".letterhead__org")
        assert "2014年2月16日" in page.inner_text(".letterhead__no")
        assert sheets(page.pdf(format="A4", prefer_css_page_size=True)) == 1
