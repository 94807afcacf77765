"""The places of matters in the database: the township that a typed place belongs to, by the spellings of `core.places`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from duban.catalogue.book import book
from duban.core.places import NOWHERE, Spelling, spellings
from duban.people.models import Unit

from .models import Matter


def written(units: Iterable[tuple[str, str]] | None = None) -> tuple[Spelling, ...]:
    """How the city's townships are written; `units` (code, name) are those in service, where they are known already."""
    if units is None:
        units = Unit.objects.filter(active=True).values_list("code", "name")
    return spellings(units, book().routes)


def township(spelled: Sequence[Spelling]) -> Case:
    """A matter's township: that of the first spelling its place contains; NOWHERE without one."""
    cases = [When(_stands(one), then=Value(one.township)) for one in spelled]
    return Case(*cases, default=Value(NOWHERE), output_field=CharField())


def texts(rows: QuerySet[Matter]) -> Mapping[str, int]:
    """How many of the rows have each typed place."""
    counted = rows.order_by().values("place").annotate(n=Count("id", distinct=True))
    return {row["place"]: row["n"] for row in cast(Iterable[dict[str, Any]], counted)}


def _stands(one: Spelling) -> Q:
    if one.leading:
        return Q(place__startswith=one.text) | Q(place__contains=f"市{one.text}")
    return Q(place__contains=one.text)
