"""What petitioners of merged matters and assisting units are told."""

from __future__ import annotations

import pytest

from duban.matters.opening import petitioner_of
from duban.matters.verbs.assisting import ask_assist, recall_assist, reply_assist
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.merging import merge, separate
from duban.notifications.delivering import deliver
from duban.people.models import Unit
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import LUO, WU, Stage

UNIT, OTHER = "zhaiyang@jishou.example", "chengguan@jishou.example"
NAMES = {LUO.mobile: "luo", WU.mobile: "wu", UNIT: "unit", OTHER: "other"}


@pytest.fixture
def post(stage: Stage) -> Post:
    for code, address in (("zhaiyang", UNIT), ("chengguan", OTHER)):
        Unit.objects.filter(code=code).update(email=address)
    return Post()


def said(post: Post, now: str) -> dict[str, list[str]]:
    """What each address was told since the last time, but for alarms."""
    post.sent.clear()
    deliver(at(now), channels=post.channels)
    heard: dict[str, list[str]] = {}
    for _, address, text in post.sent:
        assert "%(" not in text
        if not text.startswith(("黄灯", "红灯")):  # the clocks go on meanwhile
            heard.setdefault(NAMES[address], []).append(text)
    return heard


def test_the_followers_petitioner_hears_what_the_leads_hears(stage: Stage, post: Post) -> None:
    lead = stage.assigned()
    dup = stage.assigned("2014-01-30 09:00", petitioner=WU)
    said(post, "2014-01-30 10:00")
    merge(matter=dup.number, lead=lead.number, reason="同", actor=stage["office"], now=at("2014-01-30 10:00"))
    heard = said(post, "2014-01-30 10:05")
    assert set(heard) == {"wu"}
    assert "已并案" in heard["wu"][0]
    stage.accept(lead)
    heard = said(post, "2014-01-30 10:30")
    assert set(heard) == {"luo", "wu"}
    assert "承诺 2014年2月10日 周一 23:59 前办结" in heard["wu"][0]
    assert dup.number in heard["wu"][0]
    assert lead.number not in heard["wu"][0]
    report_progress(matter=lead.number, note="运到", actor=stage["handler"], now=at("2014-02-07 09:00"))
    assert "新的办理进展" in said(post, "2014-02-07 09:05")["wu"][0]
    stage.complete(lead)
    assert "能否销号由您说了算" in said(post, "2014-02-08 17:00")["wu"][0]
    stage.judge(stage.again(dup), 1)
    heard = said(post, "2014-02-09 09:05")
    assert "按您的评价" in heard["wu"][0]
    assert "并案的另一件被评为不满意" in heard["luo"][0]
    assert set(heard) == {"luo", "wu", "unit"}


def test_left_alone_or_taken_out(stage: Stage, post: Post) -> None:
    lead = stage.handling()
    one, two = (stage.assigned("2014-01-30 09:00", petitioner=WU, title=title) for title in ("一", "二"))
    for dup in (one, two):
        merge(
            matter=dup.number,
            lead=lead.number,
            reason="同",
            actor=stage["office"],
            now=at("2014-01-30 11:00"),
        )
    said(post, "2014-01-30 11:00")
    separate(matter=two.number, reason="异", actor=stage["office"], now=at("2014-01-30 12:00"))
    heard = said(post, "2014-01-30 12:05")
    assert "不再并案" in heard["wu"][0]
    assert two.number in heard["unit"][0]
    withdraw(matter=lead.number, reason="", actor=petitioner_of(lead), now=at("2014-01-30 13:00"))
    heard = said(post, "2014-01-30 13:05")
    assert "不再并案" in heard["wu"][0]
    assert one.number in heard["wu"][0]


def test_who_assists_is_asked_and_who_asked_is_answered(stage: Stage, post: Post) -> None:
    matter = stage.assigned()
    said(post, "2014-01-29 16:00")
    asked = {"matter": matter.number, "actor": stage["handler"]}
    ask_assist(**asked, unit="chengguan", task="清沙", now=at("2014-01-30 09:00"))
    heard = said(post, "2014-01-30 09:05")
    assert set(heard) == {"other"}
    assert "2014年2月10日 周一 23:59 前回复" in heard["other"][0]
    reply_assist(matter=matter.number, text="清了", actor=stage["handler2"], now=at("2014-01-30 10:00"))
    heard = said(post, "2014-01-30 10:05")
    assert set(heard) == {"unit"}
    ask_assist(**asked, unit="chengguan", task="再清", now=at("2014-01-30 11:00"))
    recall_assist(**asked, unit="chengguan", reason="不用了", now=at("2014-01-30 11:30"))
    assert "不用再协办" in said(post, "2014-01-30 11:35")["other"][-1]
