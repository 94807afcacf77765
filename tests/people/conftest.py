"""The cast: a township, a bureau, the office, and the two administrators who make and empower accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from duban.core.rights import Actor, Role
from duban.core.zone import SHANGHAI
from duban.people.accounts import create_account
from duban.people.models import Staff, Unit
from duban.people.planting import FOUNDER

NOW = datetime(2014, 1, 7, 9, 0, tzinfo=SHANGHAI)
SYSADMIN = Actor("staff:9001", frozenset({Role.SYSADMIN}), unit="zhengfuban")
SECADMIN = Actor("staff:9002", frozenset({Role.SECADMIN}), unit="zhengfuban")
PASSWORD = "pipes-for-pinglang"

MakeAccount = Callable[..., Staff]


@pytest.fixture(autouse=True)
def fast_passwords(settings: object) -> None:
    """A cheap hash: these tests are about accounts, not about PBKDF2."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def zhaiyang(db: None) -> Unit:
    return Unit.objects.create(code="zhaiyang", name="寨阳乡人民政府", kind="township")


@pytest.fixture
def chengguan(db: None) -> Unit:
    return Unit.objects.create(code="chengguan", name="市城市管理局", kind="agency")


@pytest.fixture
def account(zhaiyang: Unit) -> MakeAccount:
    """Makes accounts in 寨阳乡."""

    def make(username: str = "handler", roles: tuple[str, ...] = ("handler",)) -> Staff:
        return create_account(
            username=username,
            display_name="石大海",
            unit="zhaiyang",
            roles=roles,
            password=PASSWORD,
            actor=FOUNDER,
            now=NOW,
        )

    return make
