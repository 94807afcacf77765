"""Units for drop-down lists and for addresses. They change a few times a year and are read once a minute."""

from __future__ import annotations

from time import monotonic

from duban.people.queries import units

READ_EVERY = 60.0  # seconds
_read: tuple[float, list[tuple[str, str]]] | None = None


def unit_choices() -> list[tuple[str, str]]:
    """(code, name) of every unit in service, townships first."""
    global _read
    if _read is None or monotonic() - _read[0] > READ_EVERY:
        _read = (monotonic(), [(unit.code, unit.name) for unit in units()])
    return _read[1]


def unit_named(code: str) -> str:
    """The name of a unit in service; the code itself for one that is not."""
    return dict(unit_choices()).get(code, code)


def unit_code(typed: str) -> str:
    """The code of a unit typed by name or by code; what was typed when there is no such unit."""
    plain = typed.strip()
    return next((code for code, name in unit_choices() if plain in (name, code)), plain)


def forget_units() -> None:
    """Read them again at the next call."""
    global _read
    _read = None
