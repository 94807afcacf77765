"""The joint meeting's pages: from the docket to the printed minutes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from duban.matters.verbs.merging import merge
from duban.supervision.models import Decision, DocketItem, Meeting, Seat
from duban.supervision.verbs.docketing import file_paper
from duban.web.units import forget_units
from tests.city import at
from tests.stage import Stage, build
from tests.supervision.hard import attended, convened, decided, docketed, sitting

from .confirming import confirmed, decides, looked_at

pytestmark = pytest.mark.django_db
NOW = at("2014-02-12 09:30")


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    forget_units()
    with time_machine.travel(NOW, tick=False):
        yield build()
    forget_units()


def browser(stage: Stage, username: str) -> Client:
    client = Client()
    client.force_login(stage.staff[username])
    return client


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    if shots := os.environ.get("DUBAN_SHOTS"):
        Path(shots, path.strip("/").replace("/", "-").replace("?", "-") + ".html").write_text(text)
    return text


def test_empty_states_say_what_comes_here(stage: Stage) -> None:
    office = browser(stage, "office")
    assert "测评未通过到了规定次数" in body(office, "/office/meeting")
    assert "提交过联席会议的都记在这里" in body(office, "/office/hard-cases")
    assert "没有可以上会的议题" in body(office, "/office/meeting/new")
    assert "还没有移交的" in body(browser(stage, "inspector"), "/inspection/referrals")


def test_a_whole_meeting(stage: Stage) -> None:
    office, member, head = (browser(stage, one) for one in ("office", "member", "head"))
    matter = stage.handling()
    put = office.post(f"/office/matters/{matter.number}/docket", {"reason": "管网资金无着落", "once": "a"})
    assert put.status_code == 302
    item = DocketItem.objects.get()
    assert matter.title in body(office, "/office/meeting")
    here = f"/office/docket/{item.pk}"
    assert head.post(f"{here}/paper", {"kind": "position", "text": "乡里无力承担。"}).status_code == 302
    first = Seat.objects.earliest("place").pk
    assert office.post("/office/seats", {f"seat-{first}": "member"}).status_code == 302
    called = {"held_on": "2014-02-12", "place": "市委二楼会议室", "items": [item.pk], "once": "b"}
    assert matter.title in body(office, "/office/meeting/new")
    for _twice in range(2):
        assert office.post("/office/meeting/new", called).status_code == 302
    meeting = Meeting.objects.get()
    page = f"/office/meetings/{meeting.pk}"
    there = {"present": [first], "chair": first}
    assert office.post(f"{page}/attendance", there).status_code == 302
    assert "作出决定" in body(member, here)
    decision = {
        "meeting": meeting.pk,
        "kind": "reassign",
        "reason": "管网改造由城管局统筹。",
        "unit": "chengguan",
        "follow_up_unit": "chengguan",
        "follow_up_due_on": "2014-02-14",
        "follow_up": "两周内通水",
    }
    shown = looked_at(member, item.pk, decision)
    assert stage.again(matter).unit_id == "zhaiyang"
    for _twice in range(2):
        assert confirmed(member, item.pk, shown).status_code == 302
    assert stage.again(matter).unit_id == "chengguan"
    assert "改交办理" in body(office, here)
    assert "谁到会" in body(office, page)
    assert office.post(f"{page}/closing", {"minutes": "会议议定一件。\n请抓好落实。"}).status_code == 302
    minutes = body(office, f"{page}/minutes")
    for words in ("会议议定一件。", "管网改造由城管局统筹。", "田组长", "两周内通水", "2014年第1次"):
        assert words in minutes
    assert "改交办理" in body(office, "/office/hard-cases")
    body(office, "/office/meeting")
    body(office, "/office/seats")
    assert office.post(f"{here}/review", {"done": "yes", "note": "已通水"}).status_code == 302
    assert Decision.objects.get().follow_up_done is True


def test_only_who_is_there_is_offered_to_decide(stage: Stage) -> None:
    item = docketed(stage, stage.handling(), "2014-02-12 09:00")
    meeting = convened(stage, item, now="2014-02-12 09:00")
    member, there = browser(stage, "member"), f"/office/docket/{item.pk}"
    assert "记为到会的成员就能在这里作出决定" in body(member, there)
    way = f"{there}/decision?kind=keep"
    assert way not in body(member, there)
    assert member.get(way).headers["Location"] == there
    typed = {"meeting": meeting.pk, "kind": "keep", "reason": "乡里继续办。"}
    early = member.post(f"{there}/decision", typed)
    assert early.status_code == 409
    assert "还没有记录谁到会、谁主持" in early.content.decode()
    assert "乡里继续办。" in early.content.decode()
    page = f"/office/meetings/{meeting.pk}"
    assert "记为到会的成员在议题页面作出决定" not in body(member, page)
    attended(stage, meeting, "2014-02-12 09:00")
    assert "记为到会的成员在议题页面作出决定" in body(member, page)
    assert way in body(member, there)
    assert decides(member, item.pk, typed).status_code == 302


def test_what_was_typed_stays(stage: Stage) -> None:
    item = docketed(stage, stage.handling(), "2014-02-12 09:00")
    meeting = sitting(stage, item, now="2014-02-12 09:00")
    member = browser(stage, "member")
    typed = {"meeting": meeting.pk, "kind": "close", "reason": "已纳入改造计划"}
    answer = member.post(f"/office/docket/{item.pk}/decision", typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "已纳入改造计划" in text
    assert "理由会向所有人公开" in text
    late = member.post(f"/office/docket/{item.pk}/decision", {**typed, "kind": "extend", "due_on": "二月"})
    assert late.status_code == 422
    refused = member.post(
        f"/office/docket/{item.pk}/decision", {**typed, "kind": "extend", "due_on": "2014-02-15"}
    )
    assert refused.status_code == 409
    assert "不是工作日" in refused.content.decode()
    new = browser(stage, "office").post("/office/meeting/new", {"held_on": "x", "place": "会议室"})
    assert new.status_code == 422
    none = browser(stage, "office").post("/office/meeting/new", {"held_on": "2014-02-20", "place": "会议室"})
    assert "议题：" in none.content.decode()  # and no method of a mapping that has no such key


def test_an_agenda_that_cannot_be_is_told_beside_it(stage: Stage) -> None:
    """Whatever is wrong with the items: a sentence beside them, and what was typed and ticked is still there."""
    office = browser(stage, "office")
    listed = docketed(stage, stage.handling(), "2014-02-12 09:00")
    convened(stage, listed, now="2014-02-12 09:00")
    free = docketed(stage, stage.handling(title="另一件"), "2014-02-12 09:00")
    typed = {"held_on": "2014-02-13", "place": "市委二楼会议室"}
    for items, status, words in (
        ([], 422, "请至少选一个议题"),
        (["٣"], 422, "请至少选一个议题"),
        ([free.pk, 0], 409, "没有这个议题"),
        ([free.pk, listed.pk], 409, "已排在"),
    ):
        answer = office.post("/office/meeting/new", {**typed, "items": items})
        text = answer.content.decode()
        assert answer.status_code == status, items
        assert words in text
        assert "市委二楼会议室" in text
        box = re.search(rf'<input[^>]*name="items"[^>]*value="{free.pk}"[^>]*>', text)
        assert box is not None
        assert ("checked" in box[0]) is (free.pk in items)


def test_a_referral_is_kept_from_the_unit(stage: Stage) -> None:
    matter = stage.handling()
    item = docketed(stage, matter, "2014-02-12 09:00")
    meeting = sitting(stage, item, now="2014-02-12 09:00")
    typed = {"meeting": meeting.pk, "kind": "refer", "reason": "涉嫌推诿"}
    assert decides(browser(stage, "member"), item.pk, typed).status_code == 302
    for username in ("head", "handler"):
        client = browser(stage, username)
        for path in (f"/office/docket/{item.pk}", f"/desk/matters/{matter.number}"):
            text = client.get(path).content.decode()
            assert "推诿" not in text
            assert "移交纪检" not in text
    for username in ("office", "leader"):
        text = body(browser(stage, username), f"/office/docket/{item.pk}")
        assert "移交纪检监察" in text
        assert "推诿" not in text
    assert "推诿" in body(browser(stage, "member"), f"/office/docket/{item.pk}")
    text = body(browser(stage, "inspector"), "/inspection/referrals")
    assert "涉嫌推诿" in text
    assert "罗" not in text


def test_the_matters_page_leads_to_the_docket(stage: Stage) -> None:
    matter = stage.handling()
    page = f"/desk/matters/{matter.number}"
    way = f"/office/matters/{matter.number}/docket"
    assert way in body(browser(stage, "office"), page)
    assert way not in body(browser(stage, "head"), page)
    item = docketed(stage, matter, "2014-02-12 09:00")
    for username in ("office", "head", "member"):
        assert f"/office/docket/{item.pk}" in body(browser(stage, username), page)
    assert f"/office/docket/{item.pk}" not in body(browser(stage, "handler"), page)


def test_lists_cost_the_same_however_long(stage: Stage) -> None:
    office = browser(stage, "office")
    paths = ("/office/meeting", "/office/hard-cases", "/office/meeting/new")

    def costs() -> list[int]:
        spent = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                office.get(path)
            spent.append(len(queries))
        return spent

    item = docketed(stage, stage.handling(title="第一件"), "2014-02-12 09:00")
    file_paper(item=item.pk, kind="option", text="x", actor=stage["office"], now=NOW)
    costs()
    before = costs()
    for n in range(4):
        docketed(stage, stage.handling(title=f"又一件 {n}"), "2014-02-12 09:00")
    # Four rows more; a second gone by may cost a look at the book's and the units' revisions.
    assert all(now <= then + 2 for now, then in zip(costs(), before, strict=True))


def test_what_comes_too_late_is_told_with_what_was_typed(stage: Stage) -> None:
    item = docketed(stage, stage.handling(), "2014-02-12 09:00")
    meeting = convened(stage, item, now="2014-02-12 09:00")
    there, page = f"/office/docket/{item.pk}", f"/office/meetings/{meeting.pk}"
    member, office = browser(stage, "member"), browser(stage, "office")
    seat = Seat.objects.earliest("place").pk
    office.post("/office/seats", {f"seat-{seat}": "member"})
    office.post(f"{page}/attendance", {"present": [seat], "chair": seat})
    typed = {"meeting": meeting.pk, "kind": "keep", "reason": "继续办理。"}
    assert decides(member, item.pk, typed).status_code == 302
    assert office.post(f"{page}/closing", {"minutes": "议定一件。"}).status_code == 302
    for client, path, late in (
        (member, f"{there}/decision", {**typed, "reason": "再议一次"}),
        (office, f"{there}/paper", {"kind": "option", "text": "再议一次"}),
        (office, f"{there}/dropping", {"reason": "再议一次"}),
        (office, f"{page}/closing", {"minutes": "再议一次"}),
    ):
        answer = client.post(path, late)
        text = answer.content.decode()
        assert answer.status_code == 409, path
        assert 'role="alert"' in text, path
        assert "再议一次" in text, path


def test_the_citizen_reads_who_set_the_deadline(stage: Stage) -> None:
    """Also in a second round, whose own deadline began with the reopening."""
    matter = stage.judge(stage.complete(stage.handling()), 2)
    there = f"/matters/{matter.number}"
    citizen = Client()
    citizen.post("/track", {"no": matter.number, "code": matter.query_code})
    assert "2月9日退回重办" in body(citizen, there)
    decided(stage, matter, "extend", due_on=date(2014, 2, 20))
    text = body(citizen, there)
    assert "2月12日由联席会议定，6 个工作日" in text
    assert "联席会议决定，当天不算" in text


def test_ticks_and_minutes_stay_whichever_button_is_pressed(stage: Stage) -> None:
    item = docketed(stage, stage.handling(), "2014-02-12 09:00")
    meeting = convened(stage, item, now="2014-02-12 09:00")
    first, second, *_rest = Seat.objects.order_by("place")
    Seat.objects.filter(pk=second.pk).update(staff=stage.staff["leader"])
    office, page = browser(stage, "office"), f"/office/meetings/{meeting.pk}"

    def ticked(text: str) -> list[int]:
        return [
            int(pk)
            for pk, rest in re.findall(r'name="present" value="(\d+)"([^>]*)>', text)
            if "checked" in rest
        ]

    typed = {"present": [second.pk], "chair": first.pk, "minutes": "议到一半。"}
    refused = office.post(f"{page}/attendance", typed)
    assert refused.status_code in (409, 422)
    assert ticked(refused.content.decode()) == [second.pk]
    assert "议到一半。" in refused.content.decode()
    early = office.post(f"{page}/closing", typed | {"minutes": ""})
    assert ticked(early.content.decode()) == [second.pk]
    noted = office.post(f"{page}/attendance", typed | {"chair": second.pk})
    assert noted.status_code == 302
    after = body(office, noted.headers["Location"])
    assert "议到一半。" in after
    assert ticked(after) == [second.pk]
    assert len(re.findall("<form", after.split("<main", 1)[1])) == 2  # the other one calls the meeting off
    assert office.post(f"{page}/closing", typed | {"minutes": "议定。"}).status_code == 302


def test_a_meeting_on_a_wrong_day_is_called_off(stage: Stage) -> None:
    office, item = browser(stage, "office"), docketed(stage, stage.handling())
    page = f"/office/meetings/{convened(stage, item, held_on=date(2024, 2, 12)).pk}"
    assert "取消这次会议" in body(office, page)
    assert "取消这次会议" not in body(browser(stage, "member"), page)
    empty = office.post(f"{page}/calling-off", {"reason": "", "once": "a"})
    assert (empty.status_code, "谁到会" in empty.content.decode()) == (422, False)
    assert office.post(f"{page}/calling-off", {"reason": "日子定错了", "once": "b"}).status_code == 302
    after = body(office, page)
    assert "已取消" in after
    assert "日子定错了" in after
    assert "取消这次会议" not in after
    assert item.matter.title in body(office, "/office/meeting/new")
    assert "还没有排会" in body(office, f"/office/docket/{item.pk}")


def test_an_item_of_a_merged_matter_waits(stage: Stage) -> None:
    item = docketed(stage, stage.handling())
    lead = stage.handling(title="主件")
    merge(matter=item.matter.number, lead=lead.number, reason="同", actor=stage["office"], now=NOW)
    assert "分开后再议" in body(browser(stage, "member"), f"/office/docket/{item.pk}")
    assert "已并案" in body(browser(stage, "office"), "/office/hard-cases")


def test_every_meeting_can_be_found_and_the_agenda_says_what_it_leaves_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = browser(stage, "office")
    assert "还没有召集过会议" in body(office, "/office/meetings")
    items = [docketed(stage, stage.handling(title=f"第 {n} 处断水")) for n in range(3)]
    meetings = [convened(stage, one, now="2014-02-12 09:00") for one in items[:2]]
    for one in meetings:
        assert f"/office/meetings/{one.pk}" in body(office, "/office/meetings")
    assert 'href="/office/meetings"' in body(office, "/office/meeting")
    assert "还有" not in body(office, "/office/meeting/new")
    docketed(stage, stage.handling(title="第四处断水"))
    monkeypatch.setattr("duban.supervision.meetings.TO_CONVENE", 1)
    monkeypatch.setattr("duban.supervision.meetings.convenable.__kwdefaults__", {"limit": 1})
    assert "还有 1 个议题" in body(office, "/office/meeting/new")
    monkeypatch.setattr("duban.web.meeting.docket.UPCOMING", 1)
    assert "看全部会议" in body(office, "/office/meeting")
