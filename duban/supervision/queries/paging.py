"""Pages of alarms and orders: by keyset, as every list."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from duban.core.refusal import Invalid
from duban.matters.paging import Page, cursor, position

M = TypeVar("M", bound=Model)


def newest_first(rows: QuerySet[M], after: str, limit: int) -> Page[M]:
    """A page of rows by id, the newest first. Raises Invalid (after)."""
    if after:
        rows = rows.filter(pk__lt=position(after)[1])
    found = list(rows.order_by("-pk")[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def by_instant(rows: QuerySet[M], key: str, after: str, limit: int) -> Page[M]:
    """A page of rows by an instant, the earliest first. Raises Invalid (after)."""
    if after:
        at, row = position(after)
        if at is None:
            raise Invalid({"after": ("not_acceptable", {})})
        rows = rows.filter(Q(**{f"{key}__gte": at}), Q(**{f"{key}__gt": at}) | Q(pk__gt=row))
    found = list(rows.order_by(key, "pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], cursor(getattr(last, key), last.pk) if last else None)
