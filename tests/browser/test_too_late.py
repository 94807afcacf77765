"""A form filled in while somebody else was quicker: a sentence says so, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import recall_order
from tests.browser import walking
from tests.browser.days import Days
from tests.browser.looking import glance
from tests.browser.walking import press
from tests.city import ACCOUNTS, Cast, at
from tests.stage import Stage
from tests.supervision.hard import MORNING, docketed, sitting

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from duban.catalogue.models import Standard

Open = Callable[..., "Page"]


@pytest.fixture
def stage(city: Cast, standards: dict[str, Standard], days: Days) -> Stage:
    """The city of the site, on the morning of 2014-02-12."""
    days.clock.move_to(at(MORNING))
    return Stage({name: city[name] for name in ACCOUNTS}, dict(standards))


def told(page: Page) -> str:
    """What the page says against what was sent."""
    said = page.locator("main [role=alert]").inner_text()
    assert not list(glance(page))
    return said


def test_a_reply_to_an_order_that_was_recalled(signed_in: Open, stage: Stage) -> None:
    number, office = stage.handling().number, {"actor": stage["office"], "now": at(MORNING)}
    order = issue_order(colour="red", demand="今日内修好。", reply_by=None, matter=number, **office)
    handler = signed_in("handler")
    handler.goto(f"/orders/{order.key}/reply")
    walking.fill(handler, text="接头已换，12 户来水。")
    recall_order(order=order.key, reason="发错了单位", **office)
    press(handler, "回复")
    assert "这份督办件已经收回，不用再办" in told(handler)
    assert handler.input_value("main [name=text]") == "接头已换，12 户来水。"


def test_a_decision_on_a_matter_that_was_closed(signed_in: Open, stage: Stage) -> None:
    matter = stage.handling()
    item = docketed(stage, matter)
    sitting(stage, item)
    member = signed_in("member")
    member.goto(f"/office/docket/{item.pk}/decision?kind=extend")
    walking.fill(member, reason="配件须从外地调运。", due_on="2014-02-24")
    press(member, "下一步：核对")
    stage.judge(stage.complete(matter, MORNING), 5, MORNING)
    press(member, "确认作出决定")
    assert "已经销号" in told(member)
    assert member.input_value("main [name=reason]") == "配件须从外地调运。"
    assert member.input_value("main [name=due_on]") == "2014-02-24"


def test_a_decision_on_an_item_that_was_dropped(signed_in: Open, stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    sitting(stage, item)
    member, office = signed_in("member"), signed_in("office")
    office.goto(f"/office/docket/{item.pk}")
    member.goto(f"/office/docket/{item.pk}/decision?kind=keep")
    walking.fill(member, reason="继续办理。")
    press(member, "下一步：核对")
    office.locator("section[aria-labelledby=i-x] [name=reason]").fill("单位已经办好")
    press(office, "撤下")
    walking.said(office, "已撤下议程")
    press(member, "确认作出决定")
    assert "这个议题已有结论，不能再改" in told(member)
    assert member.input_value("main [name=reason]") == "继续办理。"


def test_a_ballot_with_nobody_on_the_roll(signed_in: Open, stage: Stage) -> None:
    matter = stage.completed_for_many()
    office = signed_in("office")
    office.goto(f"/desk/ballots/{matter.number}")
    walking.fill(office, closes_on="2014-02-20")
    press(office, "定下选民册，开始测评")
    assert "选民册上不足 2 人，不能测评" in told(office)
    assert "邀请大家联名" in told(office)
    assert office.input_value("main [name=closes_on]") == "2014-02-20"
