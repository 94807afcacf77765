"""Who appealed is told of the ruling: the official alone, or the head who spoke for the unit."""

from __future__ import annotations

import pytest

from duban.ledgers.appealing import appeal_entry, rule_appeal
from duban.ledgers.entering import enter
from duban.ledgers.models import LedgerEntry
from duban.matters.verbs.assigning import request_return, rule_return
from duban.notifications.delivering import deliver
from duban.notifications.models import Delivery
from duban.people.models import Unit
from duban.supervision.verbs.ordering import issue_order
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import Stage

NOW, RULED = at("2014-02-08 09:00"), at("2014-02-10 09:00")


def told(post: Post) -> list[tuple[str, str]]:
    """Who was told what about an appeal, since the last time."""
    post.sent.clear()
    deliver(RULED, channels=post.channels)
    return [(address, text) for _key, address, text in post.sent if "申诉" in text]


@pytest.fixture
def post(stage: Stage) -> Post:
    for name in ("handler", "head", "handler2"):
        stage.staff[name].email = f"{name}@jishou.example"
        stage.staff[name].save()
    Unit.objects.filter(code="zhaiyang").update(email="zhaiyang@jishou.example")
    return Post()


def entered(item: str) -> LedgerEntry:
    while enter():
        pass
    return LedgerEntry.objects.get(item=item)


def ruled(entry: LedgerEntry, stage: Stage, who: str, upheld: bool) -> None:
    appeal_entry(entry=entry.pk, reason="放假前才转来。", actor=stage[who], now=NOW)
    rule_appeal(entry=entry.pk, upheld=upheld, note="当天网络中断。", actor=stage["office"], now=RULED)


@pytest.mark.parametrize(
    ("upheld", "outcome"), [(True, "申诉成立，这笔账已冲销"), (False, "申诉不成立，这笔账照旧")]
)
def test_the_official_is_told_once(stage: Stage, post: Post, upheld: bool, outcome: str) -> None:
    matter = stage.assigned()
    stage.accept(matter, now="2014-02-07 10:00")
    entry = entered("accepted_late")
    appeal_entry(entry=entry.pk, reason="放假前才转来。", actor=stage["handler"], now=NOW)
    assert told(post) == []
    rule_appeal(entry=entry.pk, upheld=upheld, note="当天网络中断。", actor=stage["office"], now=RULED)
    ((address, text),) = told(post)
    assert address == "handler@jishou.example"
    assert outcome in text
    assert f"（{matter.number}）" in text
    assert f"/office/ledgers/entries/{entry.pk}" in text
    assert "网络" not in text
    assert told(post) == []
    assert Delivery.objects.filter(event__kind="appeal.ruled").count() == 1


def test_an_official_who_cannot_be_reached_is_not_told_through_others(stage: Stage, post: Post) -> None:
    """It is no business of the unit's mailbox; it stands on the page of the own account."""
    stage.accept(stage.assigned(), now="2014-02-07 10:00")
    stage.staff["handler"].email = ""
    stage.staff["handler"].save()
    ruled(entered("accepted_late"), stage, "handler", upheld=True)
    assert told(post) == []


@pytest.mark.parametrize("gone", [False, True])
def test_the_head_is_told_for_the_unit(stage: Stage, post: Post, gone: bool) -> None:
    matter = stage.assigned()
    request_return(
        matter=matter.number, reason="不属本乡。", suggested="chengguan", actor=stage["handler"],
        now=at("2014-01-29 16:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", unit="chengguan", actor=stage["office"],
        now=at("2014-01-29 17:00"),
    )  # fmt: skip
    ruled(entered("returned"), stage, "head", upheld=True)
    if gone:  # the unit still is to learn of it
        stage.staff["head"].is_active = False
        stage.staff["head"].save()
    ((address, text),) = told(post)
    assert address == ("zhaiyang@jishou.example" if gone else "head@jishou.example")
    assert matter.number in text


def test_an_order_to_a_unit_alone_has_no_number_to_name(stage: Stage, post: Post) -> None:
    issue_order(colour="red", demand="整改。", reply_by=None, unit="zhaiyang", actor=stage["office"], now=NOW)
    ruled(entered("order_red"), stage, "head", upheld=False)
    ((_, text),) = told(post)
    assert "（单位督办）" in text
