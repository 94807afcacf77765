"""Deciding an item in steps: which decision, what it needs, what it will do, and only then the deed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from duban.journal.models import Event
from duban.matters.models import Matter
from duban.matters.verbs.assisting import ask_assist
from duban.matters.verbs.merging import merge
from duban.supervision.models import Decision, DocketItem, Meeting
from duban.supervision.verbs.docketing import drop_from_docket
from duban.web.units import forget_units
from tests.city import at
from tests.stage import Stage, build
from tests.supervision.hard import MORNING, decided, docketed, settled, sitting

from .confirming import confirmed, decides, hidden, looked_at

pytestmark = pytest.mark.django_db
NOW = at("2014-02-12 09:30")


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    forget_units()
    with time_machine.travel(NOW, tick=False):
        yield build()
    forget_units()


@pytest.fixture
def member(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.staff["member"])
    return client


def listed(stage: Stage, matter: Matter) -> tuple[DocketItem, Meeting]:
    item = docketed(stage, matter)
    return item, sitting(stage, item)


def main(answer: Any) -> str:
    return "<main" + str(answer.content.decode().split("<main", 1)[1])


def test_first_only_which_decision(stage: Stage, member: Client) -> None:
    item, _meeting = listed(stage, stage.handling())
    page = main(member.get(f"/office/docket/{item.pk}"))
    for kind in ("reassign", "extend", "defer", "close", "refer", "keep"):
        assert f"/office/docket/{item.pk}/decision?kind={kind}" in page
    assert 'name="due_on"' not in page
    assert " disabled" not in page
    choice = member.get(f"/office/docket/{item.pk}/decision")
    assert (choice.status_code, "decision?kind=keep" in main(choice)) == (200, True)
    assert member.get(f"/office/docket/{item.pk}/decision?kind=dance").status_code == 200


def test_what_cannot_be_decided_is_shown_with_the_reason(stage: Stage, member: Client) -> None:
    item, _meeting = listed(stage, stage.completed(collective=True))
    page = main(member.get(f"/office/docket/{item.pk}"))
    for kind, why in (
        ("reassign", "已经办结，正等评价"),
        ("extend", "现在不在办理中"),
        ("defer", "现在不在办理中"),
        ("close", "集体事项，由相关群众投票测评"),
    ):
        assert f"decision?kind={kind}" not in page
        assert why in page
        answer = member.get(f"/office/docket/{item.pk}/decision?kind={kind}")
        assert answer.status_code == 409
        assert why in main(answer).split('role="alert"')[1]
    assert "decision?kind=keep" in page


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("reassign", {"unit"}),
        ("extend", {"due_on"}),
        ("defer", {"review_on"}),
        ("close", {"confirmed"}),
        ("refer", set()),
        ("keep", set()),
    ],
)
def test_then_only_its_own_fields(stage: Stage, member: Client, kind: str, fields: set[str]) -> None:
    item, _meeting = listed(stage, stage.handling())
    page = main(member.get(f"/office/docket/{item.pk}/decision?kind={kind}"))
    own = {"unit", "due_on", "review_on", "confirmed"}
    assert {one for one in own if f'name="{one}"' in page} == fields
    assert 'name="reason"' in page
    assert 'name="follow_up_unit"' in page


SAYS: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    (
        "reassign",
        {"unit": "城管局"},
        (
            "寨阳乡人民政府改交市城市管理局办理",
            "2014年2月13日 周四前联系诉求人并受理",
            "2014年2月10日 周一办结的期限不再算",
        ),
    ),
    (
        "extend",
        {"due_on": "2014-02-20"},
        ("由2014年2月10日 周一改为2014年2月20日 周四，从明天算起共 6 个工作日", "联席会议决定延长办理期限"),
    ),
    (
        "defer",
        {"review_on": "2014-03-20"},
        (
            "暂缓办理，仍由寨阳乡人民政府负责",
            "改为2014年3月20日 周四",
            "会议决定暂缓办理，到2014年3月20日 周四复议",
        ),
    ),
    ("close", {"confirmed": "on"}, ("立即销号，不再办理", "所有人都看得到", "按联席会议决定结案")),
    ("refer", {}, ("理由只有纪检监察和您看得到", "承办单位和期限都不变，照原来的安排继续")),
    ("keep", {}, ("仍由寨阳乡人民政府办理，期限不变", "承办单位和期限都不变，照原来的安排继续")),
]


@pytest.mark.parametrize(("kind", "fields", "says"), SAYS, ids=[one[0] for one in SAYS])
def test_then_what_will_happen(
    stage: Stage, member: Client, kind: str, fields: dict[str, Any], says: tuple[str, ...]
) -> None:
    item, meeting = listed(stage, stage.handling())
    if "unit" in fields:
        fields = {"unit": "市城市管理局"}
    before = Event.objects.count()
    typed = {"meeting": meeting.pk, "kind": kind, "reason": "须统筹。\n另行安排。", **fields}
    follow_up = {
        "follow_up_unit": "寨阳乡人民政府",
        "follow_up_due_on": "2014-02-21",
        "follow_up": "两周内通水",
    }
    page = looked_at(member, item.pk, typed | follow_up)
    for words in (
        *says,
        "寨阳乡人民政府须在2014年2月21日 周五前落实并报告",
        "两周内通水",
        "一经作出立即执行，不能撤回",
        "另行安排。",
    ):
        assert words in page, words
    assert (Event.objects.count(), Decision.objects.count()) == (before, 0)
    sent = hidden(page)
    back = main(member.post(f"/office/docket/{item.pk}/decision", {**sent, "change": "1"}))
    for kept in (
        *(str(value) for value in fields.values() if value != "on"),
        "须统筹。",
        "两周内通水",
        "2014-02-21",
    ):
        assert kept in back, kept
    assert ("checked" in back) is ("confirmed" in fields)
    assert 'role="alert"' not in back
    assert not Decision.objects.exists()
    assert confirmed(member, item.pk, page).status_code == 302
    decision = Decision.objects.get()
    assert (decision.kind, decision.reason) == (kind, "须统筹。\n另行安排。")
    assert decision.follow_up_unit_id == "zhaiyang"


def test_what_ends_and_goes_along_is_said(stage: Stage, member: Client) -> None:
    matter, other = stage.handling(), stage.handling(title="另一件")
    decided(stage, matter, "defer", review_on=date(2014, 3, 20))
    merge(matter=other.number, lead=matter.number, reason="同", actor=stage["office"], now=NOW)
    ask_assist(matter=matter.number, unit="zhujian", task="借车", actor=stage["office"], now=NOW)
    item, meeting = listed(stage, stage.again(matter))
    typed = {"meeting": meeting.pk, "reason": "须统筹。"}
    page = looked_at(member, item.pk, {**typed, "kind": "reassign", "unit": "chengguan"})
    for words in (
        "上一次挂账（2014年3月20日 周四复议）到此结束",
        "协办，请求随之收回",
        "并入的 1 件一并照此办理",
    ):
        assert words in page
    page = looked_at(member, item.pk, {**typed, "kind": "close", "confirmed": "on"})
    assert f"以 {other.number} 为主件继续办理" in page


def test_bad_input_comes_back_with_everything_kept(stage: Stage, member: Client) -> None:
    item, meeting = listed(stage, stage.handling())
    path = f"/office/docket/{item.pk}/decision"
    typed = {
        "meeting": meeting.pk,
        "kind": "extend",
        "reason": "等配件",
        "due_on": "2014-02-15",
    }
    for changes, status, words in (
        ({}, 409, "不是工作日"),
        ({"due_on": ""}, 422, "请选择日期"),
        ({"due_on": "2014-02-20", "follow_up": "通水"}, 422, "跟踪落实须同时写明单位和日期"),
    ):
        answer = member.post(path, {**typed, **changes})
        text = main(answer)
        assert answer.status_code == status
        assert words in text
        assert "等配件" in text
        assert ("通水" in text) is ("follow_up" in changes)
    assert "请选择作什么决定" in main(member.post(path, {**typed, "kind": "dance"}))
    assert not Decision.objects.exists()


def test_nothing_is_done_that_was_not_shown(stage: Stage, member: Client) -> None:
    """Confirmed without a preview, or with other fields than were shown: what would happen is shown instead."""
    item, meeting = listed(stage, stage.handling())
    typed = {"meeting": meeting.pk, "kind": "extend", "reason": "等配件", "due_on": "2014-02-20"}
    page = looked_at(member, item.pk, typed)
    unseen = member.post(f"/office/docket/{item.pk}/decision", {**typed, "sure": "1"})
    other = confirmed(member, item.pk, page, due_on="2014-02-21")
    for answer in (unseen, other):
        assert answer.status_code == 409
        assert "情况有变，还没有作出决定" in main(answer)
        assert "确认作出决定" in main(answer)
    assert "2014年2月21日 周五，从明天算起共 7 个工作日" in main(other)
    assert not Decision.objects.exists()
    assert confirmed(member, item.pk, main(other)).status_code == 302
    assert Decision.objects.get().day == date(2014, 2, 21)


def test_a_day_later_it_is_looked_at_once_more(stage: Stage, member: Client) -> None:
    item, meeting = listed(stage, stage.handling())
    typed = {"meeting": meeting.pk, "kind": "extend", "reason": "等配件", "due_on": "2014-02-20"}
    page = looked_at(member, item.pk, typed)
    with time_machine.travel(at("2014-02-13 09:30"), tick=False):
        member.force_login(stage.staff["member"])
        answer = confirmed(member, item.pk, page)
        assert answer.status_code == 409
        assert "共 5 个工作日" in main(answer)
        assert confirmed(member, item.pk, main(answer)).status_code == 302


@pytest.mark.parametrize("how", ["closed", "decided", "dropped"])
def test_what_happened_meanwhile_is_said(stage: Stage, member: Client, how: str) -> None:
    matter = stage.handling()
    item, meeting = listed(stage, matter)
    typed = {"meeting": meeting.pk, "kind": "extend", "reason": "等配件", "due_on": "2014-02-20"}
    page = looked_at(member, item.pk, typed)
    match how:
        case "closed":
            stage.judge(stage.complete(matter, MORNING), 5, MORNING)
        case "decided":
            settled(stage, item, meeting, "keep")
        case _:
            drop_from_docket(item=item.pk, reason="已表态", actor=stage["office"], now=NOW)
    before = Decision.objects.count()
    answer = confirmed(member, item.pk, page)
    text = main(answer)
    assert answer.status_code == 409
    assert ("已经销号" if how == "closed" else "这个议题已有结论，不能再改") in text
    assert "等配件" in text
    assert "2014-02-20" in text
    assert Decision.objects.count() == before


def test_sent_twice_is_done_once(stage: Stage, member: Client) -> None:
    item, meeting = listed(stage, stage.handling())
    page = looked_at(member, item.pk, {"meeting": meeting.pk, "kind": "keep", "reason": "继续办"})
    for _twice in range(2):
        assert confirmed(member, item.pk, page).status_code == 302
    assert "没有再办一次" in main(member.get(f"/office/docket/{item.pk}"))
    assert Decision.objects.count() == 1


def test_a_lost_session_loses_nothing(stage: Stage, member: Client) -> None:
    item, meeting = listed(stage, stage.handling())
    page = looked_at(member, item.pk, {"meeting": meeting.pk, "kind": "keep", "reason": "继续办"})
    member.logout()
    answer = confirmed(member, item.pk, page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?")
    assert not Decision.objects.exists()


def test_looking_costs_the_same_however_much_stands_there(stage: Stage, member: Client) -> None:
    item, meeting = listed(stage, stage.handling())
    typed = {"meeting": meeting.pk, "kind": "keep", "reason": "继续办"}
    looked_at(member, item.pk, typed)
    with CaptureQueriesContext(connection) as asked:
        looked_at(member, item.pk, typed)
    assert len(asked) <= 40
    assert decides(member, item.pk, typed).status_code == 302
