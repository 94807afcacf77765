"""What an event enters: table by table, and for ten thousand random histories against a naive recount."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.core.events import CONSUMERS, Consumer, Kind
from duban.core.ledger import (
    ENTERING,
    LEDGER_OF,
    UNIT,
    Account,
    Entered,
    Item,
    Ledger,
    entries,
    month_of,
    struck_order,
    totals,
)
from duban.core.rates import Rate, rates
from duban.core.scoring import FIRST_WEIGHTS, Standing, rank, sample, score

AT = datetime(2014, 1, 31, 16, 0, tzinfo=UTC)  # 2014-02-01 00:00 in Shanghai
HOLDS = {"unit": "zhaiyang", "state": "handling", "due_at": None}
MOVED = {"was": {**HOLDS, "unit": "chengguan"}, "now": HOLDS, "handler": 7}
HELD = {"unit": "zhaiyang", "handler": 7}
RULED = {"item": "order_red", "unit": "zhaiyang", "staff": 7, "month": "2014-01", "number": 1}


@pytest.mark.parametrize(
    ("kind", "facts", "entered"),
    [
        (Kind.MATTER_ACCEPTED, {**MOVED, "late": False}, ["accepted_on_time"]),
        (Kind.MATTER_ACCEPTED, {**MOVED, "late": True}, ["accepted_late"]),
        (Kind.MATTER_COMPLETED, {**MOVED, "late": False, "outcome": "solved"}, ["completed_on_time", "solved"]),
        (Kind.MATTER_COMPLETED, {**MOVED, "late": True, "outcome": "cannot"}, ["completed_late", "cannot"]),
        (Kind.MATTER_REOPENED, MOVED, ["reopened"]),
        *(
            (Kind.VERDICT_GIVEN, {**HELD, "grade": grade}, ["satisfied" if grade > 2 else "dissatisfied"])
            for grade in range(1, 6)
        ),
        (Kind.VERDICT_GIVEN, {"grade": 5}, []),  # from before verdicts said whom they judge
        (Kind.ALARM_RAISED, {**HELD, "boundary": "red"}, ["red_light"]),
        (Kind.ALARM_RAISED, {**HELD, "boundary": "yellow"}, []),
        (Kind.ASSIST_REPLIED, {**HELD, "late": False}, ["assist_on_time"]),
        (Kind.ASSIST_REPLIED, {**HELD, "late": True}, ["assist_late"]),
        (Kind.BALLOT_CLOSED, {**HELD, "outcome": "passed"}, ["ballot_passed"]),
        (Kind.BALLOT_CLOSED, {**HELD, "outcome": "blocked"}, ["ballot_blocked"]),
        (Kind.BALLOT_CLOSED, {**HELD, "outcome": "no_quorum"}, []),
        *((Kind.ORDER_ISSUED, {**HELD, "colour": one}, [f"order_{one}"]) for one in ("green", "yellow", "red")),
        (Kind.FINDING_RECORDED, {**HELD, "result": "ok"}, ["check_passed"]),
        (Kind.FINDING_RECORDED, {**HELD, "result": "problem"}, ["check_failed"]),
        (Kind.MATTER_CLOSED, MOVED, []),
        (Kind.ENTRY_ANSWERED, {}, []),
        (Kind.ENTRY_APPEALED, {}, []),
        (Kind.APPEAL_RULED, {**RULED, "upheld": False}, []),
    ],
)  # fmt: skip
def test_what_an_event_enters(kind: Kind, facts: dict[str, Any], entered: list[str]) -> None:
    found = list(entries(kind, AT, facts))
    assert found == [Entered(Item(item), "zhaiyang", 7, "2014-02", 1) for item in entered]


def test_a_granted_return_stands_with_the_unit_that_returned_and_no_official() -> None:
    assert list(entries(Kind.RETURN_GRANTED, AT, MOVED)) == [
        Entered(Item.RETURNED, "chengguan", None, "2014-02", 1)
    ]


@pytest.mark.parametrize("said", [{}, {"month": "2014-01"}])
def test_a_recalled_order_puts_the_month_of_the_order_right(said: dict[str, str]) -> None:
    """A recall from before it said whose month that is, its own."""
    recalled = {**HELD, "colour": "red", "order": 3, **said}
    month = said.get("month", "2014-02")
    assert list(entries(Kind.ORDER_RECALLED, AT, recalled)) == [
        Entered(Item.ORDER_RED, "zhaiyang", 7, month, -1)
    ]


def test_what_an_upheld_appeal_took_back_no_recall_takes_back_again() -> None:
    ruled, recalled = {**RULED, "order": 3, "upheld": True}, {**HELD, "colour": "red", "order": 3}
    assert struck_order(Kind.APPEAL_RULED, ruled) == 3
    assert struck_order(Kind.APPEAL_RULED, {**ruled, "upheld": False}) is None
    assert struck_order(Kind.APPEAL_RULED, {**RULED, "upheld": True}) is None  # another thing than an order
    assert struck_order(Kind.ORDER_RECALLED, recalled) is None
    assert list(entries(Kind.ORDER_RECALLED, AT, recalled, struck={3})) == []
    for kind, facts, struck in ((Kind.ORDER_RECALLED, recalled, {4}), (Kind.APPEAL_RULED, ruled, {3})):
        assert [one.number for one in entries(kind, AT, facts, struck=struck)] == [-1]


def test_an_upheld_appeal_puts_the_month_of_the_entry_right() -> None:
    assert list(entries(Kind.APPEAL_RULED, AT, {**RULED, "upheld": True})) == [
        Entered(Item.ORDER_RED, "zhaiyang", 7, "2014-01", -1)
    ]


def test_a_month_is_one_of_shanghai() -> None:
    assert (month_of(AT), month_of(AT - timedelta(microseconds=1))) == ("2014-02", "2014-01")


def test_every_item_stands_in_one_ledger_and_weighs_something_known() -> None:
    assert set(LEDGER_OF) == set(FIRST_WEIGHTS) == set(Item)
    assert {one for one in Item if LEDGER_OF[one] is Ledger.CONDUCT} >= {Item.REOPENED, Item.ORDER_RED}
    assert [FIRST_WEIGHTS[Item(f"order_{one}")] for one in ("green", "yellow", "red")] == [0, -5, -10]
    assert {kind for kind in Kind if Consumer.LEDGERS in CONSUMERS.get(kind, ())} == ENTERING


# --- random histories against a counter that shares no code

MANY = 10_000
UNITS, OFFICIALS = ("zhaiyang", "chengguan", "zhujian"), (None, 7, 8)
KINDS = tuple(sorted(ENTERING))
History = list[tuple[Kind, datetime, dict[str, Any]]]


def _event(chance: random.Random) -> tuple[Kind, datetime, dict[str, Any]]:
    unit, official = chance.choice(UNITS), chance.choice(OFFICIALS)
    facts: dict[str, Any] = {
        "unit": unit,
        "handler": official,
        "was": {"unit": unit},
        "now": {"unit": unit},
        "late": chance.random() < 0.5,
        "outcome": chance.choice(["solved", "answered", "partly", "cannot"]),
        "grade": chance.randint(1, 5),
        "boundary": chance.choice(["red", "yellow"]),
        "colour": chance.choice(["green", "yellow", "red"]),
        "result": chance.choice(["ok", "problem"]),
        "upheld": chance.random() < 0.5,
        "item": chance.choice(["reopened", "red_light", "completed_late"]),
        "staff": official,
        "month": chance.choice(["2014-01", "2014-02"]),
        "number": 1,
        "order": chance.randint(1, 4),
    }
    kind = chance.choice(KINDS)
    if kind is Kind.BALLOT_CLOSED:
        facts["outcome"] = chance.choice(["passed", "blocked", "no_quorum"])
    return kind, AT + timedelta(hours=chance.randint(-1500, 1500)), facts


def random_history(chance: random.Random) -> History:
    """Up to a dozen events of any kind, of anybody, in any order."""
    return [_event(chance) for _ in range(chance.randint(0, 12))]


def naive_recount(history: History) -> Counter[tuple[str, int, str, str]]:
    """By unit, official (0: all of the unit), month and item, spelled out kind by kind."""
    found: Counter[tuple[str, int, str, str]] = Counter()
    struck = [facts["order"] for kind, _, facts in history if kind == "appeal.ruled" and facts["upheld"]]
    for kind, at, facts in history:
        month = (at + timedelta(hours=8)).strftime("%Y-%m")
        officials, items, by = [facts["handler"]], [], 1
        if kind == "matter.accepted":
            items = ["accepted_late" if facts["late"] else "accepted_on_time"]
        elif kind == "matter.completed":
            items = ["completed_late" if facts["late"] else "completed_on_time", facts["outcome"]]
        elif kind == "matter.reopened":
            items = ["reopened"]
        elif kind == "verdict.given":
            items = ["dissatisfied" if facts["grade"] in (1, 2) else "satisfied"]
        elif kind == "return.granted":
            items, officials = ["returned"], [None]
        elif kind == "alarm.raised":
            items = ["red_light"] if facts["boundary"] == "red" else []
        elif kind == "assist.replied":
            items = ["assist_late" if facts["late"] else "assist_on_time"]
        elif kind == "ballot.closed":
            items = [] if facts["outcome"] == "no_quorum" else ["ballot_" + facts["outcome"]]
        elif kind in ("order.issued", "order.recalled"):
            items, by = ["order_" + facts["colour"]], 1
            if kind == "order.recalled":
                by, month = -1, facts["month"]
                items = [] if facts["order"] in struck else items
        elif kind == "finding.recorded":
            items = [{"ok": "check_passed", "problem": "check_failed"}[facts["result"]]]
        elif kind == "appeal.ruled" and facts["upheld"]:
            items, officials, by, month = [facts["item"]], [facts["staff"]], -1, facts["month"]
        for item in items:
            found[facts["unit"], 0, month, item] += by
            for official in officials:
                if official is not None:
                    found[facts["unit"], official, month, item] += by
    return Counter({key: number for key, number in found.items() if number})


def _entered(part: History, whole: History) -> list[Entered]:
    """What a part of a history enters; which orders were struck, the whole of it says."""
    struck = {struck_order(kind, facts) for kind, _, facts in whole} - {None}
    return [one for kind, at, facts in part for one in entries(kind, at, facts, struck=struck)]  # type: ignore[arg-type]


def _folded(part: History, whole: History | None = None) -> Counter[Account]:
    return totals(_entered(part, whole or part))


def _plain(counts: Counter[Account]) -> dict[tuple[str, int, str, str], int]:
    return {(unit, staff, month, item.value): number for (unit, staff, month, item), number in counts.items()}


def test_totals_of_ten_thousand_histories_are_a_naive_recount() -> None:
    chance = random.Random(497)
    seen = set[str]()
    for _ in range(MANY):
        history = random_history(chance)
        folded = _folded(history)
        assert _plain(folded) == naive_recount(history)
        seen |= {account.item.value for account in folded}
    assert seen == {item.value for item in Item}


@given(st.randoms(use_true_random=False), st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_totals_do_not_depend_on_order_or_on_batches(chance: random.Random, length: int, cut: int) -> None:
    history = [_event(chance) for _ in range(length)]
    shuffled = chance.sample(history, len(history))
    parts = _folded(shuffled[:cut], history)
    parts.update(_folded(shuffled[cut:], history))
    assert {key: number for key, number in parts.items() if number} == dict(_folded(history))


@given(st.randoms(use_true_random=False), st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_a_unit_has_what_its_officials_have_and_what_nobody_answers_for(
    chance: random.Random, length: int
) -> None:
    history = [_event(chance) for _ in range(length)]
    nobodys = totals(one for one in _entered(history, history) if one.staff is None)
    added: Counter[Account] = Counter()
    for account, number in _folded(history).items():
        if account.staff != UNIT:
            added[account._replace(staff=UNIT)] += number
    added.update(nobodys)
    units = {account: number for account, number in _folded(history).items() if account.staff == UNIT}
    assert {account: number for account, number in added.items() if number} == units


Fate = tuple[bool, bool, int, int]  # struck, recalled, and in which months it was issued and recalled


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 40), st.integers(0, 60)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_orders_never_count_below_nought_whatever_became_of_them(
    fates: list[Fate], chance: random.Random
) -> None:
    history: History = []
    for order, (struck, recalled, days, later) in enumerate(fates):
        at = AT + timedelta(days=days)
        facts = {**HELD, "colour": "red", "order": order, "month": month_of(at)}
        history.append((Kind.ORDER_ISSUED, at, facts))
        if struck:
            history.append(
                (Kind.APPEAL_RULED, at, {**RULED, "order": order, "month": month_of(at), "upheld": True})
            )
        if recalled:
            history.append((Kind.ORDER_RECALLED, at + timedelta(days=later), facts))
    counts = _folded(chance.sample(history, len(history)))
    assert all(number > 0 for number in counts.values())
    standing = sum(not struck and not recalled for struck, recalled, _, _ in fates)
    assert sum(number for account, number in counts.items() if account.staff == UNIT) == standing


# --- rates, scores, ranking


def test_a_rate_of_nothing_is_neither_nought_nor_a_hundred() -> None:
    none = rates({})
    assert [one.value for one in (none.response, none.resolution, none.satisfaction)] == [None] * 3
    assert none.response.percent == "—"


def test_the_three_rates() -> None:
    found = rates(
        {
            Item.ACCEPTED_ON_TIME: 2, Item.ACCEPTED_LATE: 1,
            Item.SOLVED: 3, Item.ANSWERED: 1, Item.PARTLY: 1, Item.CANNOT: 2,
            Item.SATISFIED: 2, Item.DISSATISFIED: 1, Item.BALLOT_PASSED: 1, Item.BALLOT_BLOCKED: 1,
            Item.REOPENED: 9,
        }
    )  # fmt: skip
    assert found.response == Rate(2, 3)
    assert found.resolution.value == Fraction(4, 7)
    assert (found.satisfaction.percent, found.response.percent) == ("60.0%", "66.7%")


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(0, 3, "0.0%"), (3, 3, "100.0%"), (1, 2000, "0.1%"), (1, 2001, "0.0%"), (1999, 2000, "100.0%"), (1, 8, "12.5%")],
)  # fmt: skip
def test_a_percentage_has_one_decimal_half_up(part: int, whole: int, printed: str) -> None:
    assert Rate(part, whole).percent == printed


def test_a_score_weighs_and_an_unknown_item_weighs_nothing() -> None:
    counts = {Item.SOLVED: 3, Item.ORDER_RED: 1, Item.REOPENED: 5}
    assert score(counts, {Item.SOLVED: 2, Item.ORDER_RED: -10}) == -4
    assert sample({Item.COMPLETED_ON_TIME: 2, Item.COMPLETED_LATE: 1, Item.SOLVED: 3}) == 3


def test_equals_share_a_rank_and_small_samples_have_none() -> None:
    found = rank(
        [
            Standing("a", 10, 5), Standing("b", 20, 10), Standing("c", 9, 9),
            Standing("d", 100, 4), Standing("e", 30, 10), Standing("f", 0, 0),
        ],
        least=5,
    )  # fmt: skip
    assert [(one.rank, one.standing.unit) for one in found] == [
        (1, "e"), (2, "a"), (2, "b"), (4, "c"), (None, "d"), (None, "f"),
    ]  # fmt: skip
    assert rank([], least=5) == []
