"""Lists page by keyset: a cursor names the last row seen, so page 1,000 costs what page 1 does."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from duban.core.refusal import Invalid

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items and the cursor of the next page, or None at the end."""

    items: Sequence[T]
    next: str | None


def cursor(at: datetime | None, row: int) -> str:
    """The cursor after a row: its instant (if the list is by time) and its id."""
    return base64.urlsafe_b64encode(f"{at.isoformat() if at else ''}|{row}".encode()).decode().rstrip("=")


def position(text: str) -> tuple[datetime | None, int]:
    """What a cursor says. Raises Invalid for one that we never gave out."""
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        at, _, row = plain.partition("|")
        instant = datetime.fromisoformat(at) if at else None
        # An instant at the edge of the years may not exist in UTC, as the database keeps it, or in Shanghai.
        if instant is not None and (instant.tzinfo is None or instant.year in (MINYEAR, MAXYEAR)):
            raise ValueError
        return instant and instant.astimezone(UTC), int(row)
    except (ValueError, OverflowError, binascii.Error):
        raise Invalid({"after": ("cursor_unknown", {})}) from None


def newest_first(rows: QuerySet[M], after: str, limit: int) -> Page[M]:
    """A page of rows by id, the newest first. Raises Invalid (after)."""
    if after:
        rows = rows.filter(pk__lt=position(after)[1])
    found = list(rows.order_by("-pk")[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def by_instant(rows: QuerySet[M], key: str, after: str, limit: int, *, latest: bool = False) -> Page[M]:
    """A page of rows by an instant, the earliest first, or the latest. Raises Invalid (after)."""
    onward, turn = ("lt", "-") if latest else ("gt", "")
    if after:
        at, row = position(after)
        if at is None:
            raise Invalid({"after": ("cursor_unknown", {})})
        # The first condition is the second's, loosened: an index can begin at it.
        beyond = Q(**{f"{key}__{onward}": at}) | Q(**{f"pk__{onward}": row})
        rows = rows.filter(Q(**{f"{key}__{onward}e": at}), beyond)
    found = list(rows.order_by(f"{turn}{key}", f"{turn}pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], cursor(getattr(last, key), last.pk) if last else None)
