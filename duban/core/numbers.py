"""The number a matter carries for life (挂号编号): day, serial, check digit, as in 20140129-0163-5.

The serial runs on across days and never repeats. The check digit is ISO 7064 MOD 11,10 over the digits of
day and serial, so a mistyped digit or two swapped neighbours are noticed before anyone is asked.
"""

from __future__ import annotations

import re
from datetime import date

_SHAPE = re.compile(r"(\d{8})-?(\d{4,12})-?(\d)")


def number_of(registered_on: date, serial: int) -> str:
    """The number for a day and a serial (serial ≥ 1). Raises ValueError otherwise."""
    if serial < 1:
        raise ValueError("serials start at 1")
    day, running = f"{registered_on:%Y%m%d}", f"{serial:04d}"
    return f"{day}-{running}-{check_digit(day + running)}"


def normalise(text: str) -> str | None:
    """A number as someone typed it (spaces, missing or odd dashes, full-width digits) in its one spelling.

    None when it cannot be a number: wrong shape or wrong check digit.
    """
    plain = text.translate(_TYPED).replace(" ", "").strip()
    found = _SHAPE.fullmatch(plain)
    if found is None:
        return None
    day, serial, check = found.groups()
    return f"{day}-{serial}-{check}" if check_digit(day + serial) == check else None


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10 over a string of digits."""
    remainder = 10
    for digit in digits:
        remainder = ((remainder + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - remainder) % 10)


_TYPED = {
    ord(wide): ord(plain) for wide, plain in zip("０１２３４５６７８９－—–　", "0123456789--- ", strict=True)
}
_TYPED |= {ord("_"): ord("-"), ord("‐"): ord("-"), ord("−"): ord("-")}
