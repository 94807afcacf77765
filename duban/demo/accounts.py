"""Who works in the demo city: the accounts of the contract, and one at every other unit's terminal."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from duban.core.rights import Actor
from duban.people.accounts import create_account
from duban.people.models import Staff, Unit
from duban.people.planting import FOUNDER
from duban.people.queries import DEMO_ACCOUNTS, DEMO_PASSWORD

from .persons import full_name

PASSWORD = DEMO_PASSWORD
USERNAMES = DEMO_ACCOUNTS
_CAST: Mapping[str, tuple[str, str]] = {
    "clerk": ("龙秀英", "zhaiyang"),
    "handler": ("石明亮", "zhaiyang"),
    "head": ("吴建国", "zhaiyang"),
    "handler2": ("张晓城", "chengguan"),
    "office": ("向志强", "ducha"),
    "member": ("田世平", "shiweiban"),
    "publisher": ("彭春燕", "ducha"),
    "leader": ("杨正华", "zhengfuban"),
    "inspector": ("麻正清", "jiwei"),
    "sysadmin": ("陈立新", "zhengwu"),
    "secadmin": ("李安民", "zhengwu"),
    "auditor": ("周慎之", "shenji"),
}
_BENCH: Mapping[str, tuple[str, str, str]] = {
    "office.2": ("彭文斌", "ducha", "office"),
    "member.2": ("龙建军", "shiweiban", "member"),
    "member.3": ("张家明", "zhengfuban", "member"),
    "member.4": ("罗玉兰", "zuzhibu", "member"),
    "member.5": ("李正华", "jiwei", "member"),
}
"""Who sits beside the twelve; nobody can sign in as them."""
SEATED = ("member.2", "member.3", "member.4", "member.5", "member")
"""The members in the order of the joint meeting's seats."""


@dataclass(frozen=True)
class Troupe:
    """The accounts as actors, by user name; every unit has someone who clerks and handles."""

    actors: Mapping[str, Actor]

    def __getitem__(self, username: str) -> Actor:
        return self.actors[username]

    def handler(self, unit: str) -> Actor:
        """Who handles a unit's matters."""
        return self.actors[{"zhaiyang": "handler", "chengguan": "handler2"}.get(unit, f"{unit}.1")]

    def clerk(self, unit: str) -> Actor:
        """Who sits at a unit's terminal."""
        return self.actors["clerk" if unit == "zhaiyang" else f"{unit}.1"]


@transaction.atomic
def plant_accounts(now: datetime, rng: random.Random, *, password: str | None = PASSWORD) -> Troupe:
    """Create the accounts through the real verb. The twelve open with the password; the others, and all without one, do not."""
    for username in USERNAMES:
        name, unit = _CAST[username]
        role = username.removesuffix("2")
        create_account(
            username=username, display_name=name, unit=unit, roles=[role], password=None,
            actor=FOUNDER, now=now,
        )  # fmt: skip
    for code in Unit.objects.filter(active=True).order_by("id").values_list("code", flat=True):
        create_account(
            username=f"{code}.1", display_name=full_name(rng), unit=code,
            roles=["clerk", "handler"], password=None, actor=FOUNDER, now=now,
        )  # fmt: skip
    for username, (name, unit, role) in _BENCH.items():
        create_account(
            username=username, display_name=name, unit=unit, roles=[role], password=None,
            actor=FOUNDER, now=now,
        )  # fmt: skip
    # One hash for the twelve: hashing is slow on purpose, and this password is published anyway.
    Staff.objects.filter(username__in=USERNAMES).update(password=make_password(password))
    return troupe()


def troupe() -> Troupe:
    """The accounts there are."""
    return Troupe({staff.username: staff.actor for staff in Staff.objects.all()})
