"""What doors and other rooms ask about units and accounts. Every answer is one statement."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.db.models import Q

from duban.core.refusal import Unknown

from .models import ApiToken, Staff, Terminal, Unit

DEMO_PASSWORD = "duban-demo"  # noqa: S105 - published on purpose; production refuses to start with it
DEMO_ACCOUNTS = (
    "clerk",
    "handler",
    "handler2",
    "head",
    "office",
    "member",
    "publisher",
    "leader",
    "inspector",
    "sysadmin",
    "secadmin",
    "auditor",
)


def units(*, kind: str = "", text: str = "", closed_too: bool = False) -> list[Unit]:
    """The units in the city's order: townships, then agencies; of one kind, or with a text in name or code."""
    found = Unit.objects.all() if closed_too else Unit.objects.filter(active=True)
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(code__icontains=text))
    return list(found)


def unit_of(code: str) -> Unit:
    """The unit with this code, in service or not. Raises Unknown(`unit_unknown`)."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Unknown("unit_unknown")
    return unit


def unit_names() -> dict[str, str]:
    """Every unit's name by its code, also of units out of service: history names them."""
    return dict(Unit.objects.values_list("code", "name"))


def terminals(unit: str) -> list[Terminal]:
    """The terminals of a unit."""
    return list(Terminal.objects.filter(unit__code=unit).order_by("code"))


def staff_of_unit(unit: str, *, role: str = "") -> list[Staff]:
    """The active accounts of a unit (by code), or those of them that hold a role."""
    found = Staff.objects.filter(unit__code=unit, is_active=True)
    return [staff for staff in found if not role or role in staff.roles]


def account(staff: int) -> Staff:
    """One account. Raises Unknown(`account_unknown`)."""
    found = Staff.objects.filter(pk=staff).first()
    if found is None:
        raise Unknown("account_unknown")
    return found


def account_named(username: str) -> Staff:
    """The account with this user name, in use or not. Raises Unknown(`account_unknown`)."""
    found = Staff.objects.filter(username=username).first()
    if found is None:
        raise Unknown("account_unknown")
    return found


def accounts(*, unit: str = "", role: str = "", text: str = "") -> list[Staff]:
    """Accounts for the administrators, ended ones too: of a unit, with a role, with a text in either name."""
    found = Staff.objects.all()
    if unit:
        found = found.filter(unit__code=unit)
    if text:
        found = found.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    return [staff for staff in found if not role or role in staff.roles]


def staff_names(ids: set[int]) -> dict[int, str]:
    """Display names by account id, for drawing a history."""
    return dict(Staff.objects.filter(pk__in=ids).values_list("pk", "display_name")) if ids else {}


def tokens_of(staff: int) -> list[ApiToken]:
    """An account's tokens, the newest first; revoked ones too."""
    return list(ApiToken.objects.filter(staff_id=staff).order_by("-id"))


def demo_passwords_present() -> list[str]:
    """The demo accounts that still open with the demo's password. Each costs one password hash (~0.4 s)."""
    found = Staff.objects.filter(username__in=DEMO_ACCOUNTS, is_active=True)
    return [staff.username for staff in found if check_password(DEMO_PASSWORD, staff.password)]
