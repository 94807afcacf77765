"""The joint meeting over the API: from the docket to a decision, and what a caller is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from duban.core.rights import SYSTEM
from duban.people.tokens import issue
from tests.city import at
from tests.stage import Stage, build

pytestmark = pytest.mark.django_db
NOW = at("2014-02-12 09:30")


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    with time_machine.travel(NOW, tick=False):
        yield build()


class Caller:
    """A program with the token of an account."""

    def __init__(self, username: str) -> None:
        self.headers = {"Authorization": f"Bearer {issue(username=username, actor=SYSTEM, now=NOW)}"}
        self.client = Client()

    def get(self, path: str) -> dict[str, Any]:
        answer = self.client.get(f"/api/v1/desk/{path}", headers=self.headers)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = json.loads(answer.content)
        return found

    def post(self, path: str, content: dict[str, Any], key: str = "") -> HttpResponse:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(
            f"/api/v1/desk/{path}", json.dumps(content), content_type="application/json", headers=headers
        )


def attended(office: Caller, meeting: int) -> dict[str, Any]:
    """The member takes the first seat, is there, and has the chair; all of it over the API."""
    seat = office.get("seats")["items"][0]["id"]
    assert office.post("seats", {"seats": [{"seat": seat, "username": "member"}]}).status_code == 200
    there = office.post(f"meetings/{meeting}/attendance", {"present": [seat], "chair": seat})
    assert there.status_code == 200, there.content
    found: dict[str, Any] = json.loads(there.content)
    return found


def test_from_docket_to_decision(stage: Stage) -> None:
    office, member = Caller("office"), Caller("member")
    matter = stage.handling()
    put = office.post(f"matters/{matter.number}/docket", {"reason": "资金无着落"}, "one")
    again = office.post(f"matters/{matter.number}/docket", {"reason": "资金无着落"}, "one")
    item = json.loads(put.content)["id"]
    assert put.status_code == 201
    assert (again.content, again.headers["Idempotent-Replayed"]) == (put.content, "true")
    listed = office.get("docket")["items"]
    assert [(one["id"], one["number"], one["light"], one["grounds"][0]["ground"]) for one in listed] == [
        (item, matter.number, "red", "hand")
    ]
    called = office.post("meetings", {"held_on": "2014-02-12", "place": "会议室", "items": [item]})
    assert called.status_code == 201
    meeting = json.loads(called.content)
    assert (meeting["year"], meeting["serial"], meeting["items"]) == (2014, 1, [item])
    given = {"meeting": meeting["id"], "kind": "extend", "reason": "等管材", "due_on": "2014-02-20"}
    follow_up = {"unit": "zhaiyang", "due_on": "2014-02-18", "demand": "通水"}
    early = member.post(f"docket/{item}/decision", given)
    assert (early.status_code, json.loads(early.content)["code"]) == (409, "meeting_nobody")
    there = attended(office, meeting["id"])
    assert [(one["username"], one["seat"]) for one in there["present"]] == [("member", there["chair"])]
    decided = member.post(f"docket/{item}/decision", {**given, "follow_up": follow_up})
    decision = json.loads(decided.content)
    assert (decision["kind"], decision["day"], decision["follow_up_due_on"]) == (
        "extend",
        "2014-02-20",
        "2014-02-18",
    )
    assert stage.again(matter).clock_due_at == at("2014-02-20 23:59:59")
    assert office.get(f"docket/{item}")["decision"]["id"] == decision["id"]
    (owed,) = member.get("follow-ups")["items"]
    assert (owed["item"], owed["number"], owed["light"]) == (item, matter.number, "green")
    assert owed["decision"]["follow_up_demand"] == "通水"
    reviewed = office.post(f"decisions/{decision['id']}/review", {"done": True, "note": "已通水"})
    assert json.loads(reviewed.content)["followed_up_at"] == "2014-02-12T09:30:00+08:00"
    assert member.get("follow-ups")["items"] == []
    closed = office.post(f"meetings/{meeting['id']}/closing", {"minutes": "议定一件。"})
    assert closed.status_code == 200
    held = member.get(f"meetings/{meeting['id']}")
    assert held == json.loads(closed.content)
    assert (held["state"], held["minutes"]) == ("closed", "议定一件。")
    (entry,) = held["agenda"]
    assert (entry["number"], entry["decision"]["unit"], entry["decision"]["follow_up_done"]) == (
        matter.number,
        None,
        True,
    )


def test_seats_over_the_api(stage: Stage) -> None:
    office = Caller("office")
    first, second = (one["id"] for one in office.get("seats")["items"][:2])
    taken = office.post("seats", {"seats": [{"seat": first, "username": "member"}]})
    assert json.loads(taken.content)["items"][0]["username"] == "member"
    for wrong, status, code in (
        ([{"seat": second, "username": "member"}], 409, "seat_taken_twice"),
        ([{"seat": second, "username": "leader"}], 409, "seat_not_member"),
        ([{"seat": 10**30, "username": "member"}], 409, "seat_unknown"),
        ([{"username": "member"}], 422, "required"),
        ("x", 422, "list_needed"),
    ):
        answer = office.post("seats", {"seats": wrong})
        assert (answer.status_code, code in answer.content.decode()) == (status, True), answer.content
    moved = office.post(
        "seats", {"seats": [{"seat": first, "username": None}, {"seat": second, "username": "member"}]}
    )
    assert [one["username"] for one in json.loads(moved.content)["items"][:2]] == [None, "member"]


def test_a_referral_s_reason_is_no_part_of_the_meeting(stage: Stage) -> None:
    office, member = Caller("office"), Caller("member")
    matter = stage.handling()
    item = json.loads(office.post(f"matters/{matter.number}/docket", {"reason": "难"}).content)["id"]
    called = office.post("meetings", {"held_on": "2014-02-12", "place": "会议室", "items": [item]})
    meeting = json.loads(called.content)["id"]
    attended(office, meeting)
    given = {"meeting": meeting, "kind": "refer", "reason": "涉嫌推诿"}
    assert member.post(f"docket/{item}/decision", given).status_code == 200
    for caller, reason in ((office, None), (Caller("leader"), None), (member, "涉嫌推诿")):
        (entry,) = caller.get(f"meetings/{meeting}")["agenda"]
        assert (entry["decision"]["kind"], entry["decision"]["reason"]) == ("refer", reason)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({"kind": "dance", "reason": "x"}, 422, "decision_kind"),
        ({"kind": "close", "reason": "已纳入计划"}, 422, "decision_unconfirmed"),
        ({"kind": "extend", "reason": "x", "due_on": "2014-02-15"}, 409, "due_not_workday"),
        ({"kind": "extend", "reason": "x", "due_on": "soon"}, 422, "date_shape"),
        ({"kind": "keep"}, 422, "required"),
    ],
)
def test_what_is_wrong_is_said(stage: Stage, content: dict[str, Any], status: int, code: str) -> None:
    office = Caller("office")
    matter = stage.handling()
    item = json.loads(office.post(f"matters/{matter.number}/docket", {"reason": "难"}).content)["id"]
    called = office.post("meetings", {"held_on": "2014-02-12", "place": "会议室", "items": [item]})
    meeting = json.loads(called.content)["id"]
    attended(office, meeting)
    answer = Caller("member").post(f"docket/{item}/decision", {"meeting": meeting, **content})
    assert answer.status_code == status
    assert code in answer.content.decode()


def test_a_number_no_database_holds_is_nobody_s(stage: Stage) -> None:
    office, member = Caller("office"), Caller("member")
    for huge in (10**30, 2**63, "x", None):
        new = office.post("meetings", {"held_on": "2014-02-12", "place": "会议室", "items": [huge]})
        assert new.status_code in (409, 422)
        item = {"meeting": huge, "kind": "keep", "reason": "x"}
        assert member.post("docket/0/decision", item).status_code in (404, 422)


def test_referrals_are_for_inspectors(stage: Stage) -> None:
    office, member = Caller("office"), Caller("member")
    matter = stage.handling()
    item = json.loads(office.post(f"matters/{matter.number}/docket", {"reason": "难"}).content)["id"]
    called = office.post("meetings", {"held_on": "2014-02-12", "place": "会议室", "items": [item]})
    given = {"meeting": json.loads(called.content)["id"], "kind": "refer", "reason": "涉嫌推诿"}
    attended(office, given["meeting"])
    assert member.post(f"docket/{item}/decision", given).status_code == 200
    (row,) = Caller("inspector").get("referrals")["items"]
    assert (row["number"], row["unit"]["code"], row["text"]) == (matter.number, "zhaiyang", "涉嫌推诿")
    assert Caller("head").get(f"docket/{item}")["decision"] is None
    reasons = [one.get(f"docket/{item}")["decision"]["reason"] for one in (office, Caller("leader"), member)]
    assert reasons == [None, None, "涉嫌推诿"]


def test_the_register_tells_what_became_of_everything(stage: Stage) -> None:
    office, member, head = Caller("office"), Caller("member"), Caller("head")
    first, second = stage.handling(), stage.handling(title="第二处断水")
    for matter in (first, second):
        office.post(f"matters/{matter.number}/docket", {"reason": "资金无着落"})
    later, earlier = (one["id"] for one in member.get("hard-cases")["items"])
    assert office.post(f"docket/{earlier}/dropping", {"reason": "单位已表态"}).status_code == 200
    (dropped,) = member.get("hard-cases?state=dropped")["items"]
    assert (dropped["id"], dropped["settled_at"]) == (earlier, "2014-02-12T09:30:00+08:00")
    assert [one["id"] for one in member.get("hard-cases?state=open")["items"]] == [later]
    assert member.get("hard-cases?state=deferred")["items"] == []
    whole = head.get(f"docket/{earlier}")
    assert whole["dropped_reason"] == "单位已表态"
    (ground,) = whole["grounds"]
    assert (ground["note"], ground["by"]) == ("资金无着落", stage.staff["office"].display_name)
    assert member.client.get("/api/v1/desk/hard-cases?state=x", headers=member.headers).status_code == 422


def test_a_meeting_is_called_off(stage: Stage) -> None:
    office = Caller("office")
    item = office.post(f"matters/{stage.handling().number}/docket", {"reason": "难"}).json()["id"]
    called = office.post("meetings", {"held_on": "2024-02-12", "place": "会议室", "items": [item]}).json()
    off = office.post(f"meetings/{called['id']}/calling-off", {"reason": "日子定错了"})
    assert off.status_code == 200, off.content
    told = json.loads(off.content)
    assert (told["state"], told["called_off_reason"]) == ("off", "日子定错了")
    assert office.get(f"docket/{item}")["meeting"] is None
