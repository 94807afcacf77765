"""Units by code."""

from __future__ import annotations

from functools import cache
from time import monotonic

from duban.core.refusal import Refused

from .models import Unit

LOOK_EVERY = 1.0  # seconds
_serving: tuple[float, dict[str, str]] | None = None


def unit_in_service(code: str, *, field: str = "unit") -> Unit:
    """The unit with this code. Raises Refused: unit_unknown, unit_inactive."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Refused("unit_unknown", field=field)
    if not unit.active:
        raise Refused("unit_inactive", field=field)
    return unit


def handling_unit(code: str, *, field: str = "unit") -> Unit:
    """The unit with this code, if it can be given a matter: the supervision office supervises and handles none.

    Raises Refused: unit_unknown, unit_inactive, unit_is_office.
    """
    unit = unit_in_service(code, field=field)
    if unit.is_office:
        raise Refused("unit_is_office", field=field)
    return unit


def serves(code: str) -> bool:
    """Whether a unit with this code is in service, as known at most a second ago: no statement as a rule.

    Routing asks it for every matter; a rule may outlive its unit.
    """
    return code in _in_service(code)


def unit_name(code: str) -> str:
    """The unit's name, as known at most a second ago; its code when there is no such unit."""
    name = _in_service(code).get(code)
    return name or Unit.objects.filter(code=code).values_list("name", flat=True).first() or code


def _in_service(wanted: str) -> dict[str, str]:
    """Names of the units in service by code, read again once a second and for a code not among them."""
    global _serving
    if _serving is None or monotonic() - _serving[0] >= LOOK_EVERY or wanted not in _serving[1]:
        _serving = monotonic(), dict(Unit.objects.filter(active=True).values_list("code", "name"))
    return _serving[1]


@cache
def office_code() -> str:
    """The code of the supervision office, which holds whatever nobody has been assigned. Raises Unit.DoesNotExist.

    Which unit that is never changes while a process runs.
    """
    return Unit.objects.values_list("code", flat=True).get(is_office=True)
