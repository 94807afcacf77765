"""Citizens by real name (domain rule 17): one person, one row, however often they register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from duban.core import identity
from duban.core.refusal import Invalid
from duban.core.zone import day_of

from .models import Citizen
from .sealing import blind_index

ID_PURPOSE = "citizen.id_number"
MOBILE_PURPOSE = "citizen.mobile"


def checked(*, name: str, id_number: str, mobile: str, now: datetime) -> tuple[str, str, str]:
    """Name, ID number and mobile in their one spelling. Raises Invalid with every wrong field at once."""
    wrong: dict[str, tuple[str, Mapping[str, object]]] = {}

    def value(field: str, check: Callable[[], str]) -> str:
        try:
            return check()
        except identity.Unacceptable as error:
            wrong[field] = (error.code, error.params)
            return ""

    plain = (
        value("name", lambda: identity.name(name)),
        value("id_number", lambda: identity.id_number(id_number, today=day_of(now))),
        value("mobile", lambda: identity.mobile(mobile)),
    )
    if wrong:
        raise Invalid(wrong)
    return plain


def identify(*, name: str, id_number: str, mobile: str, now: datetime, in_person: bool = False) -> Citizen:
    """The citizen with this ID number, found or added.

    Name and mobile stay as first known: who merely knows somebody's ID number must not turn their messages to
    another telephone. `in_person`, where a clerk has seen the card, brings them up to date.

    One statement on both engines, so two registrations at once by one person meet in the unique index and never
    in a race. What else the row holds is read only when asked for. Raises Invalid for the fields name, id_number
    and mobile.
    """
    name, id_number, mobile = checked(name=name, id_number=id_number, mobile=mobile, now=now)
    citizen = Citizen(
        name=name,
        id_number=id_number,
        mobile=mobile,
        id_index=id_index(id_number),
        mobile_index=mobile_index(mobile),
        created_at=now,
    )
    kept = ["name", "mobile", "mobile_index", "created_at"]
    Citizen.objects.bulk_create(
        [citizen],
        update_conflicts=True,
        unique_fields=["id_index"],
        update_fields=kept[:3] if in_person else ["id_index"],
    )
    for field in kept:
        delattr(citizen, field)
    return citizen


def id_index(id_number: str) -> str:
    """Where a citizen is found by ID number (in its one spelling)."""
    return blind_index(id_number, purpose=ID_PURPOSE)


def mobile_index(mobile: str) -> str:
    """Where citizens are found by mobile (in its one spelling)."""
    return blind_index(mobile, purpose=MOBILE_PURPOSE)
