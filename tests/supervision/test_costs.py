"""What supervision's lists and pages cost does not depend on how much stands on them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from duban.core.rights import SYSTEM
from duban.people.tokens import issue
from duban.supervision.models import DocketItem
from duban.supervision.sweep import sweep
from duban.supervision.verbs.docketing import file_paper
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.proposing import FollowUp
from duban.web.units import forget_units
from tests.city import at
from tests.stage import Stage, build

from .hard import MORNING, docketed, settled, sitting

pytestmark = pytest.mark.django_db
NOW = at("2014-02-12 09:30")
FEW, MANY = 4, 40


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    forget_units()
    with time_machine.travel(NOW, tick=False):
        yield build()
    forget_units()


def grow(stage: Stage, since: int, until: int) -> list[DocketItem]:
    """Hard matters with a paper each; every second one has an order too."""
    items = []
    for n in range(since, until):
        matter = stage.handling(title=f"第 {n} 件停水的事")
        item = docketed(stage, matter)
        file_paper(item=item.pk, kind="option", text="由水利局牵头。", actor=stage["office"], now=at(MORNING))
        if n % 2:
            issue_order(
                matter=matter.number,
                colour="green",
                demand="尽早通水",
                reply_by=None,
                actor=stage["office"],
                now=at(MORNING),
            )
        items.append(item)
    sweep(NOW)
    return items


def held(stage: Stage, items: list[DocketItem]) -> int:
    """A meeting on these items, one of three referred, one left as it is with a follow-up; its id."""
    meeting = sitting(stage, *items)
    for item in items[::3]:
        settled(stage, item, meeting, "refer")
    for item in items[1::3]:
        settled(stage, item, meeting, "keep", follow_up=FollowUp("zhaiyang", NOW.date(), "通水"))
    return meeting.pk


PATHS = (
    "/office/meeting",
    "/office/hard-cases",
    "/office/meetings/{meeting}",
    "/office/meetings/{meeting}/minutes",
    "/office/docket/{item}",
    "/inspection/referrals",
    "/office/alarms",
    "/office/orders",
    "/api/v1/desk/docket",
    "/api/v1/desk/docket/{item}",
    "/api/v1/desk/meetings",
    "/api/v1/desk/meetings/{meeting}",
    "/api/v1/desk/referrals",
    "/api/v1/desk/alarms",
    "/api/v1/desk/orders",
)


def test_a_page_costs_the_same_with_four_items_and_with_forty(stage: Stage) -> None:
    program, browsers, bearers = Client(), {}, {}
    for who in ("office", "inspector"):
        browsers[who] = Client()
        browsers[who].force_login(stage.staff[who])
        bearers[who] = {"Authorization": f"Bearer {issue(username=who, actor=SYSTEM, now=NOW)}"}

    def costs(**places: int) -> dict[str, int]:
        spent = {}
        for path in PATHS:
            there, api = path.format(**places), path.startswith("/api")
            who = "inspector" if path.endswith("referrals") else "office"
            tries = []
            for _again in range(3):  # a second gone by may cost a look at the book's and the units' revisions
                with CaptureQueriesContext(connection) as queries:
                    answer = program.get(there, headers=bearers[who]) if api else browsers[who].get(there)
                assert answer.status_code == 200, there
                tries.append(len(queries))
            spent[path] = min(tries)
        return spent

    first = grow(stage, 0, FEW)
    few = costs(meeting=held(stage, first), item=first[0].pk)
    more = grow(stage, FEW, FEW + MANY)
    assert costs(meeting=held(stage, more), item=more[0].pk) == few
