"""Matter numbers (挂号编号)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from duban.core.numbers import check_digit, normalise, number_of

from .year_2014 import QUICK, day

NUMBER = number_of(day("2014-01-29"), 163)
numbers = st.builds(number_of, st.dates(date(2013, 12, 9), date(2099, 12, 31)), st.integers(1, 10**12 - 1))


@pytest.mark.parametrize(
    ("on", "serial", "number"),
    [
        ("2014-01-29", 163, "20140129-0163-7"),
        ("2013-12-09", 1, "20131209-0001-" + damm.calc_check_digit("201312090001")),
        ("2014-04-07", 9999, "20140407-9999-" + damm.calc_check_digit("201404079999")),
        ("2014-04-07", 10000, "20140407-10000-" + damm.calc_check_digit("2014040710000")),
    ],
)
def test_a_number_is_day_serial_and_check_digit(on: str, serial: int, number: str) -> None:
    assert number_of(day(on), serial) == number


@pytest.mark.parametrize("serial", [0, -1])
def test_serials_start_at_1(serial: int) -> None:
    with pytest.raises(ValueError, match="start at 1"):
        number_of(day("2014-01-29"), serial)


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        NUMBER.replace("-", ""),
        NUMBER.replace("-", " "),
        f"  {NUMBER}\n",
        NUMBER.replace("-", " - "),
        *(NUMBER.replace("-", dash) for dash in "－—–‐‑−_＿"),
        "".join(chr(ord(char) + 0xFEE0) for char in NUMBER),
        f"\u200b{NUMBER}\ufeff",
    ],
)
def test_one_spelling_of_a_number(typed: str) -> None:
    assert normalise(typed) == NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "163",
        "0163-7",
        "20140129-0163",
        NUMBER[:-1] + "8",
        NUMBER + "0",
        "20140129-163-7",
        "20140129--0163-7",
        "2014-01-29-0163-7",
        "挂号编号",
        "٢٠١٤٠١٢٩-٠١٦٣-٧",
        "20140129-00163-" + check_digit("2014012900163"),
        "1" * 40,
    ],
)
def test_what_cannot_be_a_number(typed: str) -> None:
    assert normalise(typed) is None


@QUICK
@given(numbers)
def test_every_number_is_its_own_one_spelling(number: str) -> None:
    assert normalise(number) == normalise(number.replace("-", "")) == number
    day_and_serial = number.replace("-", "")[:-1]
    assert check_digit(day_and_serial) == damm.calc_check_digit(day_and_serial)


@QUICK
@given(numbers)
def test_every_single_mistyped_digit_is_noticed(number: str) -> None:
    for place, right in enumerate(number):
        if right != "-":
            for wrong in set("0123456789") - {right}:
                assert normalise(number[:place] + wrong + number[place + 1 :]) is None


@QUICK
@given(numbers)
def test_every_swap_of_two_neighbours_is_noticed(number: str) -> None:
    bare = number.replace("-", "")
    for place in range(len(bare) - 1):
        swapped = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
        assert swapped == bare or normalise(swapped) is None


def test_the_check_digit_holds_in_every_state() -> None:
    """What the two properties sample, shown for every running state and every pair of digits."""
    for before in range(10):
        for one in range(10):
            assert len({check_digit(f"{before}{other}") for other in range(10)}) == 10
            swaps = [(one, other) for other in range(10) if other != one]
            assert all(check_digit(f"{before}{a}{b}") != check_digit(f"{before}{b}{a}") for a, b in swaps)
