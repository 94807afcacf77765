"""Accounts: who works here and what they may do. The three administrators check one another (三员).

The system administrator makes and ends accounts, the security administrator gives rights; no account holds two of
the three offices, and an administrator does no business. None of the three rids the city of another: whoever watches
them is retired on the server (`duban retire`), by somebody who is none of the three, and on record.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from duban.core import rights
from duban.core.events import Kind
from duban.core.identity import Unacceptable
from duban.core.identity import name as person_name
from duban.core.refusal import Invalid, Refused, Unknown
from duban.core.rights import ADMINISTRATORS, STAFF_ROLES, Actor, Role, Verb
from duban.journal.recording import Entry, record

from .models import Staff, Unit
from .tokens import revoke_all

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
LONGEST_PASSWORD = 200  # what the sign-in form takes: a longer one would open nothing


@transaction.atomic
def create_account(
    *,
    username: str,
    display_name: str,
    unit: str,
    roles: Collection[str] = (),
    password: str | None,
    email: str = "",
    phone: str = "",
    actor: Actor,
    now: datetime,
) -> Staff:
    """A new account in a unit (by code); with roles only if the actor may give rights too.

    Without a password nobody can sign in to it until one is set.
    Raises Forbidden, Invalid for username, display_name, unit, roles and password, Refused(`two_administrators`,
    `administrator_with_business`).
    """
    rights.require(actor, Verb.MANAGE_ACCOUNTS)
    if roles:
        rights.require(actor, Verb.MANAGE_RIGHTS)
    wrong: dict[str, tuple[str, Mapping[str, object]]] = {}
    if not _USERNAME.fullmatch(username):
        wrong["username"] = ("username_shape", {})
    elif Staff.objects.filter(username=username).exists():
        wrong["username"] = ("username_taken", {})
    try:
        display_name = person_name(display_name)
    except Unacceptable as error:
        wrong["display_name"] = (error.code, error.params)
    home = Unit.objects.filter(code=unit, active=True).first()
    if home is None:
        wrong["unit"] = ("unit_unknown", {})
    if not STAFF_ROLES.issuperset(roles):
        wrong["roles"] = ("role_unknown", {})
    staff = Staff(username=username, display_name=display_name, email=email, phone=phone)
    if password is not None and (fault := _fault(password, staff)):
        wrong["password"] = fault
    if wrong or home is None:
        raise Invalid(wrong)
    staff.unit = home
    staff.roles = _checked_roles(roles)
    staff.set_password(password)
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
    except IntegrityError:
        raise Invalid({"username": ("username_taken", {})}) from None
    facts = {"unit": home.code, "roles": staff.roles}
    record(f"account:{staff.pk}", Entry(Kind.ACCOUNT_CREATED, facts), actor=actor, at=now)
    return staff


@transaction.atomic
def change_roles(*, staff: int, roles: Collection[str], actor: Actor, now: datetime) -> Staff:
    """Give an account exactly these roles. Nobody changes their own.

    Of an account in use the security administrator takes neither of the other two offices away.
    Raises Forbidden, Unknown, Invalid for roles, Refused(`own_account`, `two_administrators`,
    `administrator_with_business`, `administrators_role`).
    """
    rights.require(actor, Verb.MANAGE_RIGHTS)
    account = _locked(staff)
    if actor.key == f"staff:{account.pk}":
        raise Refused("own_account")
    if not STAFF_ROLES.issuperset(roles):
        raise Invalid({"roles": ("role_unknown", {})})
    given = _checked_roles(roles)
    if not kept_offices(account, actor).issubset(given):
        raise Refused("administrators_role", field="roles")
    before, account.roles = account.roles, given
    account.save(update_fields=["roles"])
    _changed(account, {"roles": account.roles, "before": before}, actor, now)
    return account


@transaction.atomic
def move_unit(*, staff: int, unit: str, actor: Actor, now: datetime) -> Staff:
    """Move an account into another unit (by code). Raises Forbidden, Unknown, Invalid for unit."""
    rights.require(actor, Verb.MANAGE_ACCOUNTS)
    account = _locked(staff)
    home = Unit.objects.filter(code=unit, active=True).first()
    if home is None:
        raise Invalid({"unit": ("unit_unknown", {})})
    before, account.unit = account.unit.code, home
    account.save(update_fields=["unit"])
    _changed(account, {"unit": home.code, "before": before}, actor, now)
    return account


@transaction.atomic
def deactivate(*, staff: int, actor: Actor, now: datetime) -> Staff:
    """End an account and its tokens at once; its history stays.

    The system administrator does not end the security or the audit administrator, who watch them.
    Raises Forbidden, Unknown, Refused(`own_account`, `administrators_end`).
    """
    rights.require(actor, Verb.MANAGE_ACCOUNTS)
    account = _locked(staff)
    if actor.key == f"staff:{account.pk}":
        raise Refused("own_account")
    if kept_offices(account, actor):
        raise Refused("administrators_end")
    account.is_active = False
    account.save(update_fields=["is_active"])
    _changed(account, {"active": False}, actor, now, *revoke_all(account, now))
    return account


@transaction.atomic
def reactivate(*, staff: int, actor: Actor, now: datetime) -> Staff:
    """Open an ended account again; its old tokens stay revoked. Raises Forbidden, Unknown."""
    rights.require(actor, Verb.MANAGE_ACCOUNTS)
    account = _locked(staff)
    account.is_active = True
    account.save(update_fields=["is_active"])
    _changed(account, {"active": True}, actor, now)
    return account


@transaction.atomic
def set_password(*, staff: int, password: str, actor: Actor, now: datetime) -> Staff:
    """A new password, by the holder or by the system administrator; open sessions of the account end.

    Of the security and the audit administrator only by the holder, or on the server itself (`duban password`): who
    knows their password could act in two of the three offices. Raises Forbidden, Unknown, Invalid for password,
    Refused(`administrators_password`).
    """
    own = actor.key == f"staff:{staff}"
    if not own:
        rights.require(actor, Verb.MANAGE_ACCOUNTS)
    account = _locked(staff)
    if not own and not actor.has(Role.SYSTEM) and not resettable(account):
        raise Refused("administrators_password")
    if fault := _fault(password, account):
        raise Invalid({"password": fault})
    account.set_password(password)
    account.save(update_fields=["password"])
    _changed(account, {"password": True}, actor, now)
    return account


def resettable(account: Staff) -> bool:
    """Whether the system administrator may set this account's password, in use or not."""
    return ADMINISTRATORS.isdisjoint({Role(role) for role in account.roles} - {Role.SYSADMIN})


def kept_offices(account: Staff, actor: Actor) -> frozenset[Role]:
    """The offices of the three that an account in use keeps, whatever this actor wants: those the actor is not in.

    The server's own actor may take any; so may whoever changes an account that nobody can use.
    """
    if actor.has(Role.SYSTEM) or not account.is_active:
        return frozenset()
    return ADMINISTRATORS.intersection(Role(role) for role in account.roles) - actor.roles


def _locked(staff: int) -> Staff:
    """The account by itself: joined to its unit, whoever waited while that changed would not find it."""
    account = Staff.objects.select_related(None).select_for_update().filter(pk=staff).first()
    if account is None:
        raise Unknown("account_unknown")
    return account


def _checked_roles(roles: Collection[str]) -> list[str]:
    held = {Role(role) for role in roles}
    offices = held & ADMINISTRATORS
    if len(offices) > 1:
        raise Refused("two_administrators", field="roles")
    if offices and held != offices:
        raise Refused("administrator_with_business", field="roles")
    return sorted(role.value for role in held)


def _fault(password: str, staff: Staff) -> tuple[str, Mapping[str, object]] | None:
    """What is wrong with a new password, or None."""
    if len(password) > LONGEST_PASSWORD:
        return "too_long", {"limit": LONGEST_PASSWORD}
    try:
        validate_password(password, staff)
    except ValidationError:
        return "password_weak", {}
    return None


def _changed(account: Staff, facts: dict[str, object], actor: Actor, now: datetime, *further: Entry) -> None:
    record(f"account:{account.pk}", Entry(Kind.ACCOUNT_CHANGED, facts), *further, actor=actor, at=now)
