"""Accounts: two administrators make one account work, and no one holds two of the three offices (三员)."""

from __future__ import annotations

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.core.rights import ADMINISTRATORS, Actor, Role
from duban.journal.models import Event
from duban.people.accounts import (
    change_roles,
    create_account,
    deactivate,
    move_unit,
    reactivate,
    set_password,
)
from duban.people.models import Staff, Unit
from duban.people.planting import FOUNDER
from duban.people.tokens import issue, staff_of

from .conftest import NOW, PASSWORD, SECADMIN, SYSADMIN, MakeAccount

pytestmark = pytest.mark.django_db


def new(actor: Actor = SYSADMIN, **changed: object) -> Staff:
    fields: dict[str, object] = {
        "username": "shi.dahai",
        "display_name": "石大海",
        "unit": "zhaiyang",
        "password": PASSWORD,
    }
    return create_account(**{**fields, **changed}, actor=actor, now=NOW)  # type: ignore[arg-type]


def kinds(staff: Staff) -> list[str]:
    return list(
        Event.objects.filter(stream=f"account:{staff.pk}").order_by("seq").values_list("kind", flat=True)
    )


def test_one_makes_the_account_the_other_gives_it_rights(zhaiyang: Unit) -> None:
    staff = new()
    assert staff.actor == Actor(f"staff:{staff.pk}", frozenset(), "zhaiyang")
    change_roles(staff=staff.pk, roles=["handler", "head"], actor=SECADMIN, now=NOW)
    found = Staff.objects.get(pk=staff.pk)
    assert found.actor.roles == {Role.HANDLER, Role.HEAD}
    assert found.check_password(PASSWORD)
    assert found.masked_name == "石**"
    assert kinds(staff) == ["account.created", "account.changed"]
    assert "石大海" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_the_system_administrator_gives_no_rights(zhaiyang: Unit) -> None:
    with pytest.raises(Forbidden):
        new(roles=["handler"])
    staff = new()
    with pytest.raises(Forbidden):
        change_roles(staff=staff.pk, roles=["handler"], actor=SYSADMIN, now=NOW)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSADMIN}))
def test_no_other_role_makes_accounts(zhaiyang: Unit, role: Role) -> None:
    with pytest.raises(Forbidden):
        new(actor=Actor("staff:5", frozenset({role})))
    assert not Staff.objects.exists()


def test_every_wrong_field_is_named_at_once(zhaiyang: Unit) -> None:
    with pytest.raises(Invalid) as refused:
        new(username="石", display_name="", unit="nowhere", password="123")
    assert {field: code for field, (code, _) in refused.value.errors.items()} == {
        "username": "username_shape",
        "display_name": "name_missing",
        "unit": "unit_unknown",
        "password": "password_weak",
    }


def test_a_username_is_given_once(account: MakeAccount) -> None:
    account("shi.dahai")
    with pytest.raises(Invalid) as refused:
        new()
    assert refused.value.errors["username"][0] == "username_taken"


def test_two_who_take_one_name_at_once_are_told_so(account: MakeAccount, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The second passed the look-up before the first was written: the unique index decides."""
    account("shi.dahai")
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda _: False)
    with pytest.raises(Invalid) as refused:
        new()
    assert set(refused.value.errors) == {"username"}


def test_an_account_is_not_made_with_a_role_nobody_has(zhaiyang: Unit) -> None:
    with pytest.raises(Invalid) as refused:
        new(FOUNDER, roles=["king"])
    assert set(refused.value.errors) == {"roles"}


def test_a_closed_unit_gets_no_accounts(zhaiyang: Unit) -> None:
    Unit.objects.update(active=False)
    with pytest.raises(Invalid):
        new()


def test_without_a_password_nobody_signs_in(zhaiyang: Unit) -> None:
    assert not new(password=None).has_usable_password()


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (["sysadmin", "secadmin"], "two_administrators"),
        (["sysadmin", "auditor"], "two_administrators"),
        (["secadmin", "auditor"], "two_administrators"),
        (["sysadmin", "secadmin", "auditor"], "two_administrators"),
        (["auditor", "office"], "administrator_with_business"),
        (["sysadmin", "handler"], "administrator_with_business"),
    ],
)
def test_the_three_administrators_are_three(account: MakeAccount, roles: list[str], code: str) -> None:
    staff = account()
    with pytest.raises(Refused) as refused:
        change_roles(staff=staff.pk, roles=roles, actor=SECADMIN, now=NOW)
    assert refused.value.code == code
    assert Staff.objects.get().roles == ["handler"]


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_one_office_is_held_alone(account: MakeAccount, role: Role) -> None:
    staff = account()
    change_roles(staff=staff.pk, roles=[role.value], actor=SECADMIN, now=NOW)
    assert Staff.objects.get().actor.roles == {role}


@pytest.mark.parametrize("role", ["petitioner", "system", "anyone", "king"])
def test_a_role_that_is_nobodys_account_is_refused(account: MakeAccount, role: str) -> None:
    staff = account()
    with pytest.raises(Invalid):
        change_roles(staff=staff.pk, roles=[role], actor=SECADMIN, now=NOW)


def test_nobody_changes_their_own_rights(account: MakeAccount) -> None:
    staff = account("secadmin", ("secadmin",))
    with pytest.raises(Refused) as refused:
        change_roles(staff=staff.pk, roles=["office"], actor=staff.actor, now=NOW)
    assert refused.value.code == "own_account"


def test_moving_to_another_unit(account: MakeAccount, chengguan: Unit) -> None:
    staff = account()
    move_unit(staff=staff.pk, unit="chengguan", actor=SYSADMIN, now=NOW)
    assert Staff.objects.get().actor.unit == "chengguan"
    facts = Event.objects.filter(kind="account.changed").get().facts
    assert facts == {"unit": "chengguan", "before": "zhaiyang"}
    with pytest.raises(Invalid):
        move_unit(staff=staff.pk, unit="nowhere", actor=SYSADMIN, now=NOW)
    with pytest.raises(Forbidden):
        move_unit(staff=staff.pk, unit="zhaiyang", actor=SECADMIN, now=NOW)


def test_an_ended_account_has_no_rights_and_no_tokens(account: MakeAccount) -> None:
    staff = account()
    token = issue(username="handler", actor=SYSADMIN, now=NOW)
    deactivate(staff=staff.pk, actor=SYSADMIN, now=NOW)
    assert kinds(staff)[-2:] == ["account.changed", "token.revoked"]
    assert Staff.objects.get().actor.roles == frozenset()
    reactivate(staff=staff.pk, actor=SYSADMIN, now=NOW)
    assert Staff.objects.get().actor.roles == {Role.HANDLER}
    assert staff_of(token) is None


def test_ending_refuses_oneself_strangers_and_the_unknown(account: MakeAccount) -> None:
    admin = account("sysadmin", ("sysadmin",))
    with pytest.raises(Refused, match="own_account"):
        deactivate(staff=admin.pk, actor=admin.actor, now=NOW)
    with pytest.raises(Forbidden):
        deactivate(staff=admin.pk, actor=SECADMIN, now=NOW)
    with pytest.raises(Forbidden):
        reactivate(staff=admin.pk, actor=SECADMIN, now=NOW)
    with pytest.raises(Unknown):
        deactivate(staff=0, actor=SYSADMIN, now=NOW)


@pytest.mark.parametrize("office", ["secadmin", "auditor"])
def test_the_system_administrator_does_not_end_who_watches_them(account: MakeAccount, office: str) -> None:
    staff = account(office, (office,))
    with pytest.raises(Refused, match="administrators_end"):
        deactivate(staff=staff.pk, actor=SYSADMIN, now=NOW)
    assert Staff.objects.get().is_active
    assert kinds(staff) == ["account.created"]
    deactivate(staff=staff.pk, actor=FOUNDER, now=NOW)  # from the server's command line
    assert not Staff.objects.get().is_active
    change_roles(staff=staff.pk, roles=[], actor=SECADMIN, now=NOW)  # nobody can use it any more
    assert Staff.objects.get().roles == []


@pytest.mark.parametrize("office", ["sysadmin", "auditor"])
@pytest.mark.parametrize("roles", [[], ["office"], ["secadmin"]])
def test_the_security_administrator_does_not_take_the_others_office(
    account: MakeAccount, office: str, roles: list[str]
) -> None:
    staff = account(office, (office,))
    with pytest.raises(Refused, match="administrators_role"):
        change_roles(staff=staff.pk, roles=roles, actor=SECADMIN, now=NOW)
    assert Staff.objects.get().roles == [office]
    assert kinds(staff) == ["account.created"]
    change_roles(staff=staff.pk, roles=[office], actor=SECADMIN, now=NOW)  # takes nothing away


def test_a_colleague_in_the_same_office_can_be_ended(account: MakeAccount) -> None:
    second, guard = account("sysadmin2", ("sysadmin",)), account("secadmin2", ("secadmin",))
    deactivate(staff=second.pk, actor=SYSADMIN, now=NOW)
    change_roles(staff=guard.pk, roles=["office"], actor=SECADMIN, now=NOW)
    assert not Staff.objects.get(pk=second.pk).is_active
    assert Staff.objects.get(pk=guard.pk).roles == ["office"]


def test_a_password_is_set_by_the_holder_or_the_administrator(account: MakeAccount) -> None:
    staff = account()
    set_password(staff=staff.pk, password="water-since-2014", actor=staff.actor, now=NOW)
    assert Staff.objects.get().check_password("water-since-2014")
    set_password(staff=staff.pk, password="water-since-2013", actor=SYSADMIN, now=NOW)
    with pytest.raises(Forbidden):
        set_password(staff=staff.pk, password="water-since-2012", actor=SECADMIN, now=NOW)
    with pytest.raises(Invalid):
        set_password(staff=staff.pk, password="password", actor=staff.actor, now=NOW)
    assert Staff.objects.get().check_password("water-since-2013")


@pytest.mark.parametrize("office", ["secadmin", "auditor"])
def test_the_system_administrator_does_not_reset_who_watches_them(account: MakeAccount, office: str) -> None:
    """Whoever sets the password of another of the three could act as both (三员分立)."""
    staff = account(office, (office,))
    for active in (True, False):  # nor of one that is to be opened again afterwards
        Staff.objects.update(is_active=active)
        with pytest.raises(Refused, match="administrators_password"):
            set_password(staff=staff.pk, password="water-since-2014", actor=SYSADMIN, now=NOW)
    assert Staff.objects.get().check_password(PASSWORD)
    assert kinds(staff) == ["account.created"]
    set_password(staff=staff.pk, password="water-since-2014", actor=staff.actor, now=NOW)
    set_password(
        staff=staff.pk, password="water-since-2015", actor=FOUNDER, now=NOW
    )  # from the server's command line
    assert Staff.objects.get().check_password("water-since-2015")


def test_a_colleague_in_the_same_office_can_be_helped(account: MakeAccount) -> None:
    staff = account("sysadmin2", ("sysadmin",))
    set_password(staff=staff.pk, password="water-since-2014", actor=SYSADMIN, now=NOW)
    assert Staff.objects.get().check_password("water-since-2014")


def test_a_password_the_sign_in_form_would_not_take_is_refused(zhaiyang: Unit) -> None:
    staff = new()
    set_password(staff=staff.pk, password="水管" * 100, actor=SYSADMIN, now=NOW)
    with pytest.raises(Invalid):
        set_password(staff=staff.pk, password="水管" * 100 + "。", actor=SYSADMIN, now=NOW)
