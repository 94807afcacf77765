"""Merging and assisting over pages and calls: what each side reads, and what it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from duban.core.rights import SYSTEM
from duban.core.zone import local
from duban.matters.models import Assist, Matter
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assisting import ask_assist
from duban.matters.verbs.merging import merge
from duban.matters.verbs.timing import request_extension
from duban.people.tokens import issue
from duban.supervision.models import CheckItem
from duban.supervision.verbs.checking import start_check
from duban.supervision.verbs.ordering import issue_order
from tests.stage import WU, Stage, build
from tests.supervision.checking import find


@pytest.fixture
def stage(db: None) -> Stage:
    return build()


def fresh(stage: Stage, **more: Any) -> Any:
    """罗家祥's water, an hour old, at 寨阳乡."""
    then = local(timezone.now() - timedelta(hours=1)).replace(tzinfo=None).isoformat()
    return stage.register(then, unit="zhaiyang", **more)


def signed_in(stage: Stage, username: str) -> Client:
    client = Client()
    client.force_login(stage.staff[username])
    return client


def opened(given: Any) -> Client:
    client = Client()
    client.post("/track", {"no": given.matter.number, "code": given.query_code})
    return client


def test_the_office_merges_what_looks_the_same(stage: Stage) -> None:
    lead = fresh(stage, title="坪朗村三组停水十二天")
    dup = fresh(stage, title="坪朗村三组停水好多天", petitioner=WU)
    other = fresh(stage, title="集镇路灯不亮", petitioner=WU)
    office, page = signed_in(stage, "office"), f"/desk/matters/{dup.matter.number}/merger"
    shown = office.get(page).content.decode()
    assert lead.matter.number in shown
    assert other.matter.number not in shown
    wrong = office.post(page, {"number": "20140120-9999-9", "reason": "同一处水管"})
    assert wrong.status_code == 409
    assert "没有这个编号的事项" in wrong.content.decode()
    assert "同一处水管" in wrong.content.decode()
    done = office.post(page, {"lead": lead.matter.number, "number": "", "reason": "同一处水管"})
    assert done.status_code == 302
    shown = office.get(f"/desk/matters/{dup.matter.number}").content.decode()
    assert f"/desk/matters/{lead.matter.number}" in shown
    assert "拆案" in shown
    assert "acceptance" not in shown
    assert dup.matter.number in office.get(f"/desk/matters/{lead.matter.number}").content.decode()


def test_each_petitioner_is_told_and_learns_no_name(stage: Stage) -> None:
    lead, dup = fresh(stage), fresh(stage, title="水又停了", petitioner=WU)
    merge(
        matter=dup.matter.number, lead=lead.matter.number, reason="罗家祥也报过",
        actor=stage["office"], now=timezone.now(),
    )  # fmt: skip
    theirs = opened(dup).get(f"/matters/{dup.matter.number}").content.decode()
    assert f"并入 {lead.matter.number}" in theirs
    assert "评价仍由您自己作出" in theirs
    assert "罗" not in theirs
    mine = opened(lead).get(f"/matters/{lead.matter.number}").content.decode()
    assert "另有 1 位群众反映了同一件事" in mine
    assert dup.matter.number not in mine


def test_who_assists_finds_it_on_the_desk_and_replies(stage: Stage) -> None:
    given = fresh(stage, confidential=True, body="我是罗家祥，电话 13874300001，三组停水。")
    handler, helper = signed_in(stage, "handler"), signed_in(stage, "handler2")
    page = f"/desk/matters/{given.matter.number}"
    assert helper.get(page).status_code == 404
    asked = handler.post(f"{page}/assist-request", {"unit": "城市管理局", "task": "", "due_on": "2014-13-40"})
    assert asked.status_code == 422
    sent = {"unit": stage.staff["handler2"].unit.name, "task": "清理占道的沙石", "due_on": ""}
    assert handler.post(f"{page}/assist-request", sent).status_code == 302
    for listed in ("/desk", "/desk/assists"):
        text = helper.get(listed).content.decode()
        assert given.matter.number in text
        assert "协办，等本单位回复" in text
    shown = helper.get(page).content.decode()
    assert "清理占道的沙石" in shown
    assert "协办单位看不到" in shown
    assert "罗家祥" not in shown
    assert "13874300001" not in shown
    assert "三组停水" in shown
    assert "acceptance" not in shown
    assert "清理占道的沙石" in helper.get(f"{page}/assist-reply").content.decode()
    assert helper.post(f"{page}/assist-reply", {"text": "沙石已经清走"}).status_code == 302
    assert "沙石已经清走" in handler.get(page).content.decode()
    told = opened(given).get(f"/matters/{given.matter.number}").content.decode()
    assert "请求协办" in told
    assert "沙石" not in told
    assert "没有等本单位回复的协办" in helper.get("/desk/assists").content.decode()
    assert helper.get(page).status_code == 200


def test_the_office_sees_what_every_unit_owes(stage: Stage) -> None:
    """It reads along, on the page and over the API; who sees the city sees every unit's, a unit its own."""
    given = fresh(stage)
    nothing = signed_in(stage, "office").get("/desk/assists").content.decode()
    assert "没有等回复的协办" in nothing
    ask_assist(
        matter=given.matter.number, unit="chengguan", task="清理占道的沙石。", actor=stage["office"],
        now=timezone.now(),
    )  # fmt: skip
    for who in ("office", "member", "leader"):
        client = signed_in(stage, who)
        assert 'href="/desk/assists"' in client.get("/office").content.decode()
        shown = client.get("/desk/assists").content.decode()
        assert given.matter.number in shown
        assert "协办：市城市管理局" in shown
    assert _owed(stage, "office") == _owed(stage, "office", "?unit=chengguan") == _owed(stage, "handler2")
    ((number, unit, lead),) = _owed(stage, "office")
    assert (number, unit, lead) == (given.matter.number, "chengguan", "zhaiyang")
    assert _owed(stage, "office", "?unit=zhaiyang") == _owed(stage, "handler") == []
    headers = _token(stage, "handler")
    assert Client().get("/api/v1/desk/assists?unit=chengguan", headers=headers).status_code == 403


def _token(stage: Stage, username: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue(username=username, actor=SYSTEM, now=timezone.now())}"}


def _owed(stage: Stage, username: str, query: str = "") -> list[tuple[str, str, str]]:
    answer = Client().get(f"/api/v1/desk/assists{query}", headers=_token(stage, username))
    assert answer.status_code == 200, answer.content
    return [(one["number"], one["unit"]["code"], one["lead_unit"]["code"]) for one in answer.json()["items"]]


def test_lists_of_what_is_owed_name_nobody_either(stage: Stage) -> None:
    given = fresh(stage, title="罗家祥家停水，电话13874300001")
    ask_assist(
        matter=given.matter.number, unit="chengguan", task="请联系罗家祥，核实水管走向",
        actor=stage["office"], now=timezone.now(),
    )  # fmt: skip
    helper, page = signed_in(stage, "handler2"), f"/desk/matters/{given.matter.number}"
    token = issue(username="handler2", actor=SYSTEM, now=timezone.now())
    api = {"Authorization": f"Bearer {token}"}
    for address in ("/desk", "/desk/assists", page, f"{page}/assist-reply", "/api/v1/desk/assists"):
        text = helper.get(address, headers=api if "api" in address else {}).content.decode()
        assert "罗**家停水" in text, address
        assert "罗家祥" not in text, address
        assert "13874300001" not in text, address
    text = helper.get(f"/api/v1/desk/matters/{given.matter.number}", headers=api).content.decode()
    assert "核实水管走向" in text
    assert "罗家祥" not in text
    assert "请联系罗家祥" in signed_in(stage, "handler").get(page).content.decode()


def test_a_double_click_asks_once(stage: Stage) -> None:
    given, handler = fresh(stage), signed_in(stage, "handler")
    page = f"/desk/matters/{given.matter.number}/assist-request"
    once = handler.get(page).content.decode().partition('name="once" value="')[2].partition('"')[0]
    for _ in range(2):
        answer = handler.post(page, {"unit": "chengguan", "task": "清沙", "once": once})
        assert answer.status_code == 302
    assert Assist.objects.count() == 1


def test_over_the_api(stage: Stage) -> None:
    lead, dup = fresh(stage), fresh(stage, title="水又停了", petitioner=WU)
    now = timezone.now()
    tokens = {one: issue(username=one, actor=SYSTEM, now=now) for one in ("office", "handler2")}

    def call(who: str, path: str, content: dict[str, Any] | None = None) -> Any:
        headers = {"Authorization": f"Bearer {tokens[who]}"}
        client, address = Client(), f"/api/v1/desk/{path}"
        if content is None:
            return client.get(address, headers=headers)
        return client.post(address, content, content_type="application/json", headers=headers)

    number = dup.matter.number
    merged = call("office", f"matters/{number}/merger", {"lead": lead.matter.number, "reason": "同"})
    assert merged.status_code == 200
    assert merged.json()["unit"]["code"] == "zhaiyang"
    body = call("office", f"matters/{number}").json()
    assert body["lead"] == body["merged_into"] == lead.matter.number
    assert body["allowed"] == ["separate"]
    above = call("office", f"matters/{lead.matter.number}").json()
    assert [one["number"] for one in above["merged"]] == [number]
    refused = call("office", f"matters/{number}/assist-request", {"unit": "chengguan", "task": "清沙"})
    assert (refused.status_code, refused.json()["code"]) == (409, "merged_follows")
    assert lead.matter.number in refused.json()["detail"]
    theirs = Client().get(f"/api/v1/matters/{number}", headers={"X-Query-Code": dup.query_code}).json()
    assert theirs["merged_into"] == lead.matter.number
    assert "merged" not in theirs
    asked = call(
        "office", f"matters/{lead.matter.number}/assist-request", {"unit": "chengguan", "task": "清沙"}
    )
    assert asked.status_code == 200
    owed = call("handler2", "assists").json()
    assert [one["number"] for one in owed["items"]] == [lead.matter.number]
    stage.accept(
        lead.matter,
        local(now - timedelta(minutes=30)).replace(tzinfo=None).isoformat(),
        contact_note="与罗家祥通了话",
    )
    seen = call("handler2", f"matters/{lead.matter.number}").json()
    assert "罗家祥" not in str(seen)
    assert "罗家祥" in str(call("office", f"matters/{lead.matter.number}").json())
    assert seen["petitioner"] is None
    assert seen["allowed"] == ["reply_assist"]
    assert call("handler2", f"matters/{lead.matter.number}/assist-reply", {"text": "清了"}).status_code == 200
    assert call("office", f"matters/{number}/separation", {"reason": "异"}).json()["number"] == number
    assert Matter.objects.filter(lead=None).count() == 2


def test_a_page_costs_the_same_however_many_assist_or_follow(
    stage: Stage, django_assert_max_num_queries: Any
) -> None:
    lead, office, now = fresh(stage), signed_in(stage, "office"), timezone.now()
    page = f"/desk/matters/{lead.matter.number}"
    for number in range(4):
        dup = fresh(stage, title=f"停水 {number}", body=f"第 {number} 件")
        merge(matter=dup.matter.number, lead=lead.matter.number, reason="同", actor=stage["office"], now=now)
    for unit in ("chengguan", "zhujian"):
        ask_assist(matter=lead.matter.number, unit=unit, task="看", actor=stage["office"], now=now)
    with django_assert_max_num_queries(32) as spent:
        office.get(page)
    before = len(spent)
    dup = fresh(stage, title="停水 9", body="又一件")
    merge(matter=dup.matter.number, lead=lead.matter.number, reason="同", actor=stage["office"], now=now)
    with django_assert_max_num_queries(before):
        office.get(page)


def test_who_assists_reads_no_name_where_others_wrote_it(stage: Stage) -> None:
    given = fresh(stage)
    number, now = given.matter.number, timezone.now()
    ask_assist(matter=number, unit="chengguan", task="清沙石", actor=stage["handler"], now=now)
    accept(
        matter=number, contact_method="phone", contact_note="约好上门。",
        standard=stage.standards["water"].pk, actor=stage["handler"], now=now,
    )  # fmt: skip
    due = Matter.objects.get(number=number).clock_due_at
    request_extension(
        matter=number, reason="罗家祥家要等配件", due_on=local(due).date() + timedelta(days=3),
        actor=stage["handler"], now=now,
    )  # fmt: skip
    start_check(
        checklist="acceptance", rule="all_open", size=1, seed="1", inspectors=["office"],
        due_on=local(now).date() + timedelta(days=9), actor=stage["office"], now=now,
    )  # fmt: skip
    item = CheckItem.objects.select_related("run__checklist").get()
    find(stage, item, "problem", note="罗家祥（13874300001）说没有人联系过他。", now=now)
    helper, page = signed_in(stage, "handler2"), f"/desk/matters/{number}"
    shown = helper.get(page).content.decode()
    assert "说没有人联系过他" in shown
    assert "罗家祥" not in shown
    assert "13874300001" not in shown
    for act in ("extension-ruling", "extension-signature", "assignment", "merger"):
        refused = helper.post(f"{page}/{act}", {"granted": "maybe"})
        assert refused.status_code == 404
        assert "罗家祥" not in refused.content.decode()


def test_who_assists_is_led_nowhere_they_may_not_go(stage: Stage) -> None:
    lead, dup = fresh(stage), fresh(stage, title="水又停了", petitioner=WU)
    now = timezone.now()
    merge(matter=dup.matter.number, lead=lead.matter.number, reason="同一处", actor=stage["office"], now=now)
    ask_assist(matter=lead.matter.number, unit="chengguan", task="清沙石", actor=stage["handler"], now=now)
    page, link = f"/desk/matters/{lead.matter.number}", f'href="/desk/matters/{dup.matter.number}"'
    assert link in signed_in(stage, "handler").get(page).content.decode()
    shown = signed_in(stage, "handler2").get(page).content.decode()
    assert dup.matter.number in shown
    assert link not in shown


def test_an_earlier_or_later_matter_held_elsewhere_is_a_number_alone(stage: Stage) -> None:
    first = fresh(stage)
    second = fresh(stage, title="蓄水池又漏了，城管来修", previous=first.matter.number)
    Matter.objects.filter(pk=second.matter.pk).update(unit="chengguan")
    earlier, later = first.matter.number, second.matter.number
    shown = signed_in(stage, "handler").get(f"/desk/matters/{earlier}").content.decode()
    assert later in shown
    assert f'href="/desk/matters/{later}"' not in shown
    assert "城管来修" not in shown
    shown = signed_in(stage, "handler2").get(f"/desk/matters/{later}").content.decode()
    assert earlier in shown
    assert f'href="/desk/matters/{earlier}"' not in shown
    shown = signed_in(stage, "office").get(f"/desk/matters/{earlier}").content.decode()
    assert f'href="/desk/matters/{later}"' in shown
    assert "城管来修" in shown


def test_an_order_to_another_unit_is_a_number_alone(stage: Stage) -> None:
    given = fresh(stage)
    number, now = given.matter.number, timezone.now()
    order = issue_order(
        colour="green", demand="快办。", reply_by=None, matter=number, actor=stage["office"], now=now
    )
    Matter.objects.filter(number=number).update(unit="chengguan")
    shown = signed_in(stage, "handler2").get(f"/desk/matters/{number}").content.decode()
    assert order.number in shown
    assert f"/orders/{order.key}" not in shown
