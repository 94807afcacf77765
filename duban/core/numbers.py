"""The number a matter carries for life (挂号编号): day, serial, check digit, as in 20140129-0163-7.

The serial runs on across days and never repeats. The check digit is Damm's over the digits of day and
serial: every mistyped digit and every two swapped neighbours are noticed before anyone is asked.
"""

from __future__ import annotations

import re
from datetime import date

from .typed import narrow

_SHAPE = re.compile(r"([0-9]{8})-?([0-9]{4}|[1-9][0-9]{4,11})-?([0-9])")

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""Damm's totally anti-symmetric quasigroup of order 10; its diagonal is 0."""


def number_of(registered_on: date, serial: int) -> str:
    """The number for a day and a serial (serial ≥ 1, four digits or more). Raises ValueError otherwise."""
    if serial < 1:
        raise ValueError("serials start at 1")
    day, running = f"{registered_on:%Y%m%d}", f"{serial:04d}"
    return f"{day}-{running}-{check_digit(day + running)}"


def normalise(text: str) -> str | None:
    """A number as someone typed it (blanks, missing or odd dashes, full-width digits) in its one spelling.

    None when it cannot be a number: wrong shape or wrong check digit.
    """
    found = _SHAPE.fullmatch(narrow(text))
    if found is None:
        return None
    day, serial, check = found.groups()
    return f"{day}-{serial}-{check}" if check_digit(day + serial) == check else None


def check_digit(digits: str) -> str:
    """Damm's check digit over a string of digits."""
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim
