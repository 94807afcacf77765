"""What comes too late or cannot be, by the page and over the API: the same no, and nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from duban.core.rights import SYSTEM
from duban.evaluation.models import Ballot, PaperEntry, Voter
from duban.evaluation.verbs.paper import hand_out_paper
from duban.matters.opening import petitioner_of
from duban.matters.verbs.closing import withdraw
from duban.people.tokens import issue
from duban.supervision.models import Decision, Order, OrderReply
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import recall_order
from tests import city
from tests.city import at
from tests.stage import CROWD, Stage, build
from tests.supervision.hard import docketed, sitting

NOW = at("2014-02-12 09:30")
DECISION = {"kind": "reassign", "reason": "由城管局统筹。", "unit": "chengguan"}


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    with time_machine.travel(NOW, tick=False):
        yield build()


def page(stage: Stage, who: str, path: str, fields: dict[str, Any]) -> HttpResponse:
    """What a browser is answered when it sends a form."""
    client = Client()
    client.force_login(stage.staff[who])
    return client.post(path, fields)


def call(who: str, path: str, content: dict[str, Any]) -> dict[str, Any]:
    """What a program is answered, with the status."""
    headers = {"Authorization": f"Bearer {issue(username=who, actor=SYSTEM, now=NOW)}"}
    there = f"/api/v1/desk/{path}"
    answer = Client().post(there, content, content_type="application/json", headers=headers)
    return {**answer.json(), "status": answer.status_code}


def ordered(stage: Stage, matter: str = "", unit: str = "") -> Order:
    return issue_order(
        colour="yellow", demand="今日内修好。", reply_by=None, matter=matter, unit=unit, actor=stage["office"],
        now=NOW,
    )  # fmt: skip


def test_a_reply_after_the_order_was_withdrawn(stage: Stage) -> None:
    order = ordered(stage, matter=stage.handling().number)
    recall_order(order=order.key, reason="发错了单位。", actor=stage["office"], now=NOW)
    told = call("handler", f"orders/{order.key}/reply", {"text": "已经修好。"})
    assert (told["status"], told["code"]) == (409, "order_recalled")
    shown = page(stage, "handler", f"/orders/{order.key}/reply", {"text": "已经修好。"})
    assert shown.status_code == 409
    assert "已经收回，不用再办" in shown.content.decode()
    assert "已经修好。" in shown.content.decode()  # what was typed is not lost
    assert not OrderReply.objects.exists()


def test_a_reply_after_the_matter_was_withdrawn(stage: Stage) -> None:
    """The order stands by itself: it was issued for what went wrong, and is still to be replied to."""
    matter = stage.handling()
    orders = [ordered(stage, matter=matter.number), ordered(stage, unit="zhaiyang")]
    withdraw(matter=matter.number, reason="自己修好了", actor=petitioner_of(matter), now=NOW)
    told = call("handler", f"orders/{orders[0].key}/reply", {"text": "已经修好。"})
    assert (told["status"], told["state"]) == (200, "replied")
    sent = page(stage, "handler", f"/orders/{orders[1].key}/reply", {"text": "已经修好。"})
    assert sent.status_code == 302
    progress = call("handler", f"matters/{matter.number}/progress", {"note": "已经修好。"})
    assert (progress["status"], progress["code"]) == (409, "already_closed")
    shown = page(stage, "handler", f"/desk/matters/{matter.number}/progress", {"note": "已经修好。"})
    assert shown.status_code == 409


def test_a_decision_on_a_closed_matter(stage: Stage) -> None:
    matter = stage.completed()
    item = docketed(stage, matter)
    meeting = sitting(stage, item)
    stage.judge(matter, 5, "2014-02-12 09:20")
    told = call("member", f"docket/{item.pk}/decision", {**DECISION, "meeting": meeting.pk})
    assert (told["status"], told["code"]) == (409, "already_closed")
    shown = page(stage, "member", f"/office/docket/{item.pk}/decision", {**DECISION, "meeting": meeting.pk})
    assert shown.status_code == 409
    assert told["detail"] in shown.content.decode()
    assert not Decision.objects.exists()


def test_a_roll_that_names_somebody_twice(stage: Stage) -> None:
    matter = stage.completed_for_many(CROWD[0])
    new = CROWD[1]
    twice = [new.form(), {**new.form(), "mobile": CROWD[2].mobile}]
    told = call("office", f"matters/{matter.number}/ballot", {"extra": twice})
    assert (told["status"], told["errors"]["extra.2"]["code"]) == (422, "roll_twice")
    known = call("office", f"matters/{matter.number}/ballot", {"extra": [CROWD[0].form(), city.LUO.form()]})
    assert {field: one["code"] for field, one in known["errors"].items()} == {
        "extra.1": "roll_known",
        "extra.2": "roll_known",
    }
    typed = "\n".join(f"{one.name} {one.id_number} {one.mobile}" for one in (new, new, CROWD[0]))
    shown = page(stage, "office", f"/desk/ballots/{matter.number}/opening", {"extra": typed})
    assert shown.status_code == 422
    text = shown.content.decode()
    assert "第 2 行：身份证号与第 1 行重复" in text
    assert "第 3 行：这个人已经在选民册上" in text
    assert not Ballot.objects.exists()


def test_a_ballot_with_nobody_on_the_roll(stage: Stage) -> None:
    """The petitioner alone is nobody: what one person decides is no ballot."""
    matter = stage.completed_for_many()
    told = call("office", f"matters/{matter.number}/ballot", {})
    assert (told["status"], told["code"]) == (409, "roll_empty")
    shown = page(stage, "office", f"/desk/ballots/{matter.number}/opening", {"extra": ""})
    assert shown.status_code == 409
    assert told["detail"] in shown.content.decode()
    assert not Ballot.objects.exists()
    assert not Voter.objects.exists()


@pytest.mark.parametrize("second", ["page", "call"])
def test_paper_entries_that_disagree(stage: Stage, second: str) -> None:
    """Both counts are void, whichever door each came by; the box is counted anew."""
    ballot = stage.balloting(CROWD[0], CROWD[1])
    stage.clerks_elsewhere()
    number = ballot.matter.number
    stage.vote(ballot, 5)
    ids = [one.id_number for one in CROWD[:2]]
    hand_out_paper(matter=number, id_numbers=ids, actor=stage["clerk2"], now=NOW)
    one, two = counted(g5=2), counted(g5=1, g1=1)
    if second == "page":
        assert call("clerk2", f"matters/{number}/ballot-count", {"grades": one})["count"] == "first"
        sent = page(stage, "clerk3", f"/desk/ballots/{number}/count", typed(two))
        assert sent.status_code == 302
    else:
        assert page(stage, "clerk2", f"/desk/ballots/{number}/count", typed(one)).status_code == 302
        assert call("clerk3", f"matters/{number}/ballot-count", {"grades": two})["count"] == "differed"
    assert not PaperEntry.objects.filter(ballot=ballot, discarded_at=None).exists()
    early = call("office", f"matters/{number}/ballot-closing", {})
    assert early["status"] == 409
    assert call("clerk2", f"matters/{number}/ballot-count", {"grades": one})["count"] == "first"
    assert call("clerk3", f"matters/{number}/ballot-count", {"grades": one})["count"] == "agreed"


def counted(**papers: int) -> dict[str, int]:
    return {str(grade): papers.get(f"g{grade}", 0) for grade in range(1, 6)}


def typed(grades: dict[str, int]) -> dict[str, str]:
    return {f"grade_{grade}": str(number) for grade, number in grades.items()} | {"sure": "1"}
