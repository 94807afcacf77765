"""Who is told of a supervision order: the unit addressed, and the office of the reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from duban.notifications.delivering import deliver
from duban.people.models import Unit
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import accept_reply, recall_order, reply_order, send_back_reply
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import Stage

NOW = at("2014-02-11 09:00")


@pytest.fixture
def heard(stage: Stage) -> Callable[[], dict[str, list[str]]]:
    """What each address was told about orders since the last time."""
    names = {
        "zhaiyang@jishou.example": "unit",
        "ducha@jishou.example": "office",
        "chengguan@jishou.example": "other",
    }
    for address in names:
        Unit.objects.filter(code=address.partition("@")[0]).update(email=address)
    post = Post()

    def told() -> dict[str, list[str]]:
        post.sent.clear()
        deliver(NOW, channels=post.channels)
        said: dict[str, list[str]] = {}
        for _key, address, text in post.sent:
            if "督办件" in text:
                said.setdefault(names.get(address, address), []).append(text)
        return said

    return told


def test_unit_and_office_are_told_in_turn(stage: Stage, heard: Callable[[], dict[str, Any]]) -> None:
    matter = stage.handling()
    order = issue_order(
        colour="red",
        demand="今日内修好。",
        reply_by=None,
        matter=matter.number,
        actor=stage["office"],
        now=NOW,
    )
    (issued,) = heard()["unit"]
    assert f"红色督办件 督红〔2014〕1号（{matter.number}）" in issued
    assert "2014年2月13日 周四 23:59" in issued
    assert f"/orders/{order.key}" in issued
    assert "修好" not in issued
    reply_order(order=order.key, text="已修好。", actor=stage["handler"], now=NOW)
    said = heard()
    assert list(said) == ["office"]
    assert "寨阳乡人民政府已回复" in said["office"][0]
    send_back_reply(order=order.key, reason="没有原因。", reply_by=None, actor=stage["office"], now=NOW)
    assert "被退回" in heard()["unit"][0]
    reply_order(order=order.key, text="等配件。", actor=stage["handler"], now=NOW)
    accept_reply(order=order.key, actor=stage["office"], now=NOW)
    assert "获认可" in heard()["unit"][0]


def test_one_about_no_matter_is_told_as_well(stage: Stage, heard: Callable[[], dict[str, Any]]) -> None:
    order = issue_order(
        colour="green", demand="整改窗口。", reply_by=None, unit="chengguan", actor=stage["office"], now=NOW
    )
    assert "（单位督办）" in heard()["other"][0]
    recall_order(order=order.key, reason="发错了。", actor=stage["office"], now=NOW)
    assert "已收回" in heard()["other"][0]
