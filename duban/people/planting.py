"""The units a fresh installation starts with: the article's 15 townships and streets and 106 agencies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction

from duban.core.rights import Actor, Role

from .models import Terminal, Unit

FOUNDER = Actor("system", frozenset({Role.SYSTEM, Role.SYSADMIN, Role.SECADMIN}))
"""Who acts on the server itself: makes the first accounts of an installation, and resets whom no administrator may."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A unit as the seed file has it."""

    code: str
    name: str
    kind: str
    is_office: bool = False


@cache
def seed() -> tuple[Planted, ...]:
    """The seed file's units, in the city's order."""
    rows = json.loads((Path(__file__).parent / "data" / "units.json").read_text(encoding="utf-8"))
    return tuple(Planted(**row) for row in rows)


@transaction.atomic
def plant_units() -> int:
    """Add the units that are missing, each with one terminal; says how many. Doing it again adds nothing.

    A unit somebody has renamed or closed stays as it is.
    """
    there = set(Unit.objects.values_list("code", flat=True))
    missing = [one for one in seed() if one.code not in there]
    added = Unit.objects.bulk_create(
        [Unit(code=one.code, name=one.name, kind=one.kind, is_office=one.is_office) for one in missing]
    )
    Terminal.objects.bulk_create([Terminal(unit=unit, code=f"{unit.code}-1") for unit in added])
    return len(added)
