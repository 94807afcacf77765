"""Acknowledging and replying to an order, and the office's ruling: every way and every refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.matters.verbs.assigning import request_return, rule_return
from duban.supervision.models import Order
from duban.supervision.queries import seen_order, waiting_for
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import (
    accept_reply,
    acknowledge_order,
    recall_order,
    reply_order,
    send_back_reply,
)
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-11 10:00")
Do = Callable[..., Any]


@pytest.fixture
def order(stage: Stage) -> Order:
    """A yellow one about 寨阳乡's matter, to be replied to by the end of 2014-02-13."""
    return issue_order(
        colour="yellow", demand="今日内修好。", reply_by=date(2014, 2, 13), matter=stage.handling().number,
        actor=stage["office"], now=at("2014-02-11 09:00"),
    )  # fmt: skip


@pytest.fixture
def do(stage: Stage, order: Order) -> Do:
    """One of the five verbs on the order, by whoever usually does it."""
    usual: dict[Do, tuple[str, dict[str, Any]]] = {
        acknowledge_order: ("handler", {}),
        reply_order: ("handler", {"text": "接头已换，12 户来水。"}),
        accept_reply: ("office", {}),
        send_back_reply: ("office", {"reason": "没有说明迟延的原因。", "reply_by": None}),
        recall_order: ("office", {"reason": "发错了单位。"}),
    }

    def deed(verb: Do, **changes: Any) -> Any:
        who, fields = usual[verb]
        given = {"order": order.key, "actor": stage[who], "now": NOW, **fields}
        return verb(**{**given, **changes})

    return deed


VERBS = (acknowledge_order, reply_order, accept_reply, send_back_reply, recall_order)


def kinds(order: Order) -> list[str]:
    """What happened to the order, from the journal of its matter."""
    assert order.matter is not None
    events = Event.objects.filter(stream=order.matter.stream, facts__order=order.pk).order_by("seq")
    return [event.kind for event in events]


def test_the_whole_way(stage: Stage, order: Order, do: Do) -> None:
    assert do(acknowledge_order).state == "acknowledged"
    assert waiting_for("zhaiyang") == 1
    first = do(reply_order)
    assert waiting_for("zhaiyang") == 0
    back = do(send_back_reply, reply_by=date(2014, 2, 18))
    assert (back.state, back.reply_by, back.acknowledged_at) == ("issued", at("2014-02-18 23:59:59"), None)
    assert waiting_for("zhaiyang") == 1
    do(reply_order, actor=stage["head"], text="迟延因等配件。")
    done = do(accept_reply)
    assert (done.state, done.ended_at) == ("accepted", NOW)
    replies = seen_order(order.key, stage["handler"]).replies.all()
    assert [(one.ruling, one.late) for one in replies] == [("sent_back", False), ("accepted", False)]
    first.refresh_from_db()
    assert (first.ruling_note, first.ruled_by) == ("没有说明迟延的原因。", stage.staff["office"])
    assert kinds(order) == [
        "order.issued", "order.acknowledged", "order.replied", "order.sent_back", "order.replied", "order.accepted",
    ]  # fmt: skip
    assert list(breaks()) == []


def test_sent_back_without_a_day_two_workdays_are_given(order: Order, do: Do) -> None:
    do(reply_order)
    assert do(send_back_reply, now=at("2014-02-14 09:00")).reply_by == at("2014-02-18 23:59:59")


@pytest.mark.parametrize(("now", "late"), [("2014-02-13 23:59:59", False), ("2014-02-14 00:00:00", True)])
def test_a_late_reply_is_taken_and_marked(order: Order, do: Do, now: str, late: bool) -> None:
    assert do(reply_order, now=at(now)).late is late
    assert Event.objects.get(kind="order.replied").facts["late"] is late


def test_a_reply_counts_as_read(stage: Stage, order: Order, do: Do) -> None:
    do(reply_order)
    order.refresh_from_db()
    assert (order.acknowledged_by, order.acknowledged_at) == (stage.staff["handler"], NOW)


def test_a_recalled_one_says_to_whom_it_went(order: Order, do: Do) -> None:
    do(reply_order)
    recalled = do(recall_order)
    assert (recalled.state, recalled.recall_reason) == ("recalled", "发错了单位。")
    assert recalled.replies.get().ruling == "lapsed"
    facts = Event.objects.get(kind="order.recalled").facts
    assert (facts["colour"], facts["unit"], facts["handler"]) == ("yellow", "zhaiyang", order.handler_id)


def test_once_ended_nothing_can_be_done_and_the_reason_is_said(order: Order, do: Do) -> None:
    do(recall_order)
    for verb in VERBS:
        with pytest.raises(Refused) as refused:
            do(verb)
        assert refused.value.code == "order_recalled"
    assert kinds(order) == ["order.issued", "order.recalled"]


def test_after_acceptance_nothing_can_be_done(order: Order, do: Do) -> None:
    do(reply_order)
    do(accept_reply)
    for verb in VERBS:
        with pytest.raises(Refused) as refused:
            do(verb)
        assert refused.value.code == "order_accepted"


def test_nothing_is_done_twice_or_out_of_turn(order: Order, do: Do) -> None:
    for verb in (accept_reply, send_back_reply):  # there is no reply yet
        with pytest.raises(Refused) as refused:
            do(verb)
        assert refused.value.code == "order_wrong_state"
    do(acknowledge_order)
    with pytest.raises(Refused):
        do(acknowledge_order)
    do(reply_order)
    with pytest.raises(Refused):
        do(reply_order)


@pytest.mark.parametrize(
    ("verb", "changes", "field", "wrong"),
    [
        (reply_order, {"text": " "}, "text", "order_reply_missing"),
        (reply_order, {"text": "修" * 2001}, "text", "text_long"),
        (send_back_reply, {"reason": ""}, "reason", "reason_missing"),
        (send_back_reply, {"reply_by": date(2014, 2, 10)}, "reply_by", "order_reply_past"),
        (recall_order, {"reason": ""}, "reason", "reason_missing"),
    ],
)
def test_what_is_missing_is_named(
    order: Order, do: Do, verb: Do, changes: dict[str, Any], field: str, wrong: str
) -> None:
    if verb is send_back_reply:
        do(reply_order)
    before = kinds(order)
    with pytest.raises(Invalid) as invalid:
        do(verb, **changes)
    assert invalid.value.errors[field][0] == wrong
    assert kinds(order) == before


def test_the_unit_replies_and_the_office_rules(stage: Stage, order: Order, do: Do) -> None:
    for verb in (acknowledge_order, reply_order):
        for who in ("office", "member", "leader"):
            with pytest.raises(Forbidden):
                do(verb, actor=stage[who])
        for who in ("handler2", "clerk", "publisher"):
            with pytest.raises(Unknown):
                do(verb, actor=stage[who])
    for verb in (accept_reply, send_back_reply, recall_order):
        for who in ("handler", "head", "member", "leader"):
            with pytest.raises(Forbidden):
                do(verb, actor=stage[who])
        with pytest.raises(Unknown):
            do(verb, actor=stage["handler2"])
    for key in ("2014-red-99", "nonsense", ""):
        with pytest.raises(Unknown):
            do(reply_order, order=key)


def test_it_stays_with_the_unit_it_went_to(stage: Stage) -> None:
    matter = stage.assigned()
    order = issue_order(
        colour="green", demand="抓紧受理。", reply_by=None, matter=matter.number,
        actor=stage["office"], now=at("2014-01-29 16:00"),
    )  # fmt: skip
    request_return(
        matter=matter.number, reason="属城管。", suggested="chengguan", actor=stage["handler"],
        now=at("2014-01-29 17:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", unit="chengguan", actor=stage["office"],
        now=at("2014-01-30 09:00"),
    )  # fmt: skip
    with pytest.raises(Unknown):
        reply_order(order=order.key, text="不归我们。", actor=stage["handler2"], now=at("2014-01-30 10:00"))
    reply_order(order=order.key, text="已转城管。", actor=stage["handler"], now=at("2014-01-30 10:00"))


def test_it_is_answered_also_after_the_matter_was_closed(stage: Stage, order: Order, do: Do) -> None:
    assert order.matter is not None
    stage.judge(stage.complete(order.matter, now="2014-02-11 11:00"), 5, now="2014-02-12 09:00")
    do(reply_order, now=at("2014-02-12 10:00"))
    do(accept_reply, now=at("2014-02-12 11:00"))
    closed = stage.again(order.matter)
    assert (closed.state, kinds(order)[-1]) == ("closed", "order.accepted")
    assert list(breaks()) == []


def test_one_to_a_unit_alone_goes_the_same_way(stage: Stage) -> None:
    order = issue_order(
        colour="red", demand="整改窗口。", reply_by=None, unit="chengguan", actor=stage["office"], now=NOW
    )
    acknowledge_order(order=order.key, actor=stage["handler2"], now=NOW)
    reply_order(order=order.key, text="已整改。", actor=stage["handler2"], now=NOW)
    accept_reply(order=order.key, actor=stage["office"], now=NOW)
    events = Event.objects.filter(stream=f"order:{order.pk}").order_by("seq")
    assert [event.seq for event in events] == [1, 2, 3, 4]
    assert list(breaks()) == []
