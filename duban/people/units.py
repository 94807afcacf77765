"""Units by code. Which unit is the supervision office never changes while a process runs."""

from __future__ import annotations

from functools import cache

from .models import Unit


def active_unit(code: str) -> Unit | None:
    """The unit with this code, if there is one and it is in service."""
    return Unit.objects.filter(code=code, active=True).first()


def unit_name(code: str) -> str:
    """The unit's name; its code when there is no such unit."""
    return Unit.objects.filter(code=code).values_list("name", flat=True).first() or code


@cache
def office_code() -> str:
    """The code of the supervision office, which holds whatever nobody has been assigned. Raises Unit.DoesNotExist."""
    return Unit.objects.values_list("code", flat=True).get(is_office=True)
