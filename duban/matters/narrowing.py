"""Narrowing a list further than by status, light and unit: what the figures of the cockpit lead to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from duban.core.ageing import BY_KEY
from duban.core.kinds import MatterKind
from duban.core.lifecycle import State
from duban.core.places import NOWHERE
from duban.core.refusal import not_offered
from duban.core.zone import day_of

from .models import Matter
from .places import township, written


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; a blank value narrows nothing.

    `kind` and `state` are keys, `age` names a band of days since registration, `place` and `standard` are words: the
    place contains the first, one of its promises carries the second as its title. `since` and `until` are days of
    registration, both included. `township` is one its place belongs to (see `places`), NOWHERE for none.
    """

    kind: str = ""
    state: str = ""
    age: str = ""
    place: str = ""
    standard: str = ""
    since: date | None = None
    until: date | None = None
    township: str = ""

    @property
    def dated(self) -> bool:
        """Whether it names days of registration."""
        return self.since is not None or self.until is not None

    def of(self, rows: QuerySet[Matter], now: datetime) -> QuerySet[Matter]:
        """The rows that are left. Raises Invalid for an unknown kind, state, age or township."""
        for name, known in (("kind", MatterKind), ("state", State), ("age", BY_KEY)):
            value = getattr(self, name)
            if value and value not in list(known):
                raise not_offered(name, known)
        given: dict[str, object] = {"kind": self.kind, "state": self.state, "place__icontains": self.place}
        rows = rows.filter(**{name: value for name, value in given.items() if value})
        if self.township:
            rows = self._of_township(rows)
        if self.standard:
            rows = rows.filter(commitments__standard_title=self.standard).distinct()
        if self.age:
            first, before = BY_KEY[self.age].registered(day_of(now))
            rows = rows.filter(registered_at__lt=before)
            rows = rows if first is None else rows.filter(registered_at__gte=first)
        return rows.filter(registered_on(self.since, self.until))

    def _of_township(self, rows: QuerySet[Matter]) -> QuerySet[Matter]:
        spelled = written()
        known = sorted({NOWHERE, *(one.township for one in spelled)})
        if self.township not in known:
            raise not_offered("township", known)
        return rows.alias(township=township(spelled)).filter(township=self.township)


EVERY = Narrowing()


def registered_on(since: date | None, until: date | None, *, of: str = "") -> Q:
    """Registered on a day from `since` to `until`. A number begins with its day and is indexed; the moment is not.

    `of` leads to the matter from rows of something else: `matter__`.
    """
    within = Q()
    if since is not None:
        within &= Q((f"{of}number__gte", _spelled(since)))
    if until is not None and until < date.max:
        within &= Q((f"{of}number__lt", _spelled(until + timedelta(days=1))))
    return within


def _spelled(day: date) -> str:
    return day.isoformat().replace("-", "")
