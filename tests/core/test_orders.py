"""Supervision orders (domain rule 11): colours, numbers, the table of their life, when a stronger one is proposed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.lights import SECOND, Light
from duban.core.orders import (
    ENDED,
    OPEN,
    SEVERITY,
    TABLE,
    UNREPLIED,
    Colour,
    OrderState,
    OrderStep,
    escalation,
    is_overdue,
    key_of,
    light,
    next_colour,
    points,
    possible,
    read_key,
    spelled,
    step,
)
from duban.core.refusal import Refused
from tests.city import at
from tests.core.year_2014 import CALENDAR

S, T = OrderState, OrderStep


@pytest.mark.parametrize(
    ("state", "taken", "reached"),
    [
        (S.ISSUED, T.ACKNOWLEDGE, S.ACKNOWLEDGED),
        (S.ISSUED, T.REPLY, S.REPLIED),
        (S.ACKNOWLEDGED, T.REPLY, S.REPLIED),
        (S.REPLIED, T.ACCEPT, S.ACCEPTED),
        (S.REPLIED, T.SEND_BACK, S.ISSUED),
        (S.ISSUED, T.RECALL, S.RECALLED),
        (S.ACKNOWLEDGED, T.RECALL, S.RECALLED),
        (S.REPLIED, T.RECALL, S.RECALLED),
        (S.ISSUED, T.ESCALATE, S.ESCALATED),
        (S.ACKNOWLEDGED, T.ESCALATE, S.ESCALATED),
    ],
)
def test_the_ways_of_an_order(state: OrderState, taken: OrderStep, reached: OrderState) -> None:
    assert step(state, taken) is reached
    assert taken in possible(state)


@given(st.sampled_from(OrderState), st.sampled_from(OrderStep))
def test_every_other_step_is_refused_with_the_reason(state: OrderState, taken: OrderStep) -> None:
    if state in TABLE[taken]:
        return
    with pytest.raises(Refused) as refused:
        step(state, taken)
    assert refused.value.code == ENDED.get(state, "order_wrong_state")


@given(st.lists(st.sampled_from(OrderStep), max_size=30))
def test_what_has_ended_stays_ended(steps: list[OrderStep]) -> None:
    state, ended = S.ISSUED, None
    for taken in steps:
        try:
            state = step(state, taken)
        except Refused:
            continue
        assert ended is None
        ended = state if state in ENDED else None
    assert (state in OPEN) is (ended is None)


def test_open_and_ended_part_the_states() -> None:
    assert set(OrderState) == OPEN | set(ENDED)
    assert not OPEN & set(ENDED)
    assert OPEN > UNREPLIED
    assert not any(possible(state) for state in ENDED)


def test_each_colour_leads_to_the_next_and_red_to_none() -> None:
    assert [next_colour(colour) for colour in SEVERITY] == [Colour.YELLOW, Colour.RED, None]
    assert [colour.severity for colour in Colour] == [0, 1, 2]


DUE = at("2014-02-14 23:59:59")  # a Friday; the next workday is Monday the 17th


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize(
    ("now", "proposed"),
    [
        (DUE, False),
        (DUE + SECOND, False),
        (at("2014-02-17 23:59:59"), False),
        (at("2014-02-18 00:00:00"), True),
        (at("2014-03-18 00:00:00"), True),
    ],
)
def test_a_stronger_one_is_proposed_a_workday_after_the_reply_was_due(
    state: OrderState, now: object, proposed: bool
) -> None:
    for colour in Colour:
        found = escalation(colour, state, DUE, now, CALENDAR, 1)  # type: ignore[arg-type]
        assert found == (next_colour(colour) if proposed and state in UNREPLIED else None)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (at("2014-02-13 23:59:59"), Light.GREEN),
        (at("2014-02-14 00:00:00"), Light.YELLOW),
        (DUE, Light.YELLOW),
        (DUE + timedelta(seconds=1), Light.RED),
    ],
)
def test_the_light_of_a_reply(now: object, shown: Light) -> None:
    for state in OrderState:
        assert light(state, DUE, now) is (shown if state in UNREPLIED else None)  # type: ignore[arg-type]
        late = is_overdue(state, DUE, now)  # type: ignore[arg-type]
        assert late is (state in UNREPLIED and shown is Light.RED)


def test_a_number_is_spelled_as_the_letter_prints_it() -> None:
    assert spelled(Colour.GREEN, 2014, 3) == "督绿〔2014〕3号"
    assert key_of(Colour.RED, 2014, 12) == "2014-red-12"


@given(st.sampled_from(Colour), st.integers(2000, 9999), st.integers(1, 999_999))
def test_a_key_reads_back(colour: Colour, year: int, serial: int) -> None:
    assert read_key(key_of(colour, year, serial)) == (colour, year, serial)


@pytest.mark.parametrize(
    "text", ["", "2014-red-0", "2014-red-03", "2014-blue-3", "14-red-3", "2014-red-3 ", "٢٠١٤-red-3"]
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize(
    ("demand", "printed"),
    [
        ("今日内设置围挡。", ["今日内设置围挡。"]),
        ("今日内设置围挡。\n\n更换井盖。", ["一、今日内设置围挡。", "二、更换井盖。"]),
        ("1、设围挡\n（二）、换井盖\n3. 回复", ["一、设围挡", "二、换井盖", "三、回复"]),
        ("2月17日前更换。\n说明原因。", ["一、2月17日前更换。", "二、说明原因。"]),
    ],
)
def test_a_demand_is_printed_point_by_point(demand: str, printed: list[str]) -> None:
    assert points(demand) == printed
