"""The catalogue and the routing rules a fresh installation starts with, through the real verbs.

The seed is an example of a county-level city of 2013: the office checks every row before it relies on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from duban.core.events import Kind
from duban.core.rights import Actor, Role
from duban.journal.recording import Entry, record

from .editions import Changes, Draft, publish_edition
from .models import Edition, RoutingRule
from .revisions import bump
from .routes import STREAM

FOUNDER = Actor("system", frozenset({Role.SYSTEM, Role.OFFICE}))
"""Who publishes the first edition of an installation, before the office has an account."""
_DATA = Path(__file__).parent / "data"


@cache
def seed() -> tuple[Draft, ...]:
    """Every standard of the seed file, expanded to the units it is for."""
    return tuple(_expanded(json.loads((_DATA / "standards.json").read_text(encoding="utf-8"))))


def plant_catalogue(*, now: datetime, actor: Actor = FOUNDER) -> Edition | None:
    """Publish the seed as edition 1. None, and nothing done, when there is an edition already."""
    if Edition.objects.exists():
        return None
    return publish_edition(changes=Changes(put=seed()), note="首次发布", actor=actor, now=now)


@transaction.atomic
def plant_routes(*, now: datetime, actor: Actor = FOUNDER) -> int:
    """Enter the seed's routing rules, in bulk with one event; says how many. 0 when there are rules already."""
    if RoutingRule.objects.exists():
        return 0
    bump()
    rows = json.loads((_DATA / "routes.json").read_text(encoding="utf-8"))
    added = RoutingRule.objects.bulk_create([RoutingRule(**row) for row in rows])
    facts = {"deed": "planted", "rules": [rule.pk for rule in added]}
    record(STREAM, Entry(Kind.ROUTES_AMENDED, facts), actor=actor, at=now)
    return len(added)


def _expanded(data: dict[str, Any]) -> Iterator[Draft]:
    for group in data["groups"]:
        units = data["sets"][group["units"]] if isinstance(group["units"], str) else group["units"]
        for row in group["standards"]:
            for unit in units:
                yield Draft(
                    code=f"{unit}-{row['slug']}",
                    unit_code=unit,
                    title=row["title"],
                    steps=tuple(row["steps"]),
                    limit_workdays=row["limit_workdays"],
                    fee=row["fee"],
                    basis=row["basis"],
                    kind=row["kind"],
                )
