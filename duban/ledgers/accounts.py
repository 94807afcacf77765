"""Reading the accounts: a unit month by month, its officials, the entries behind every figure; and who may."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from duban.core.ledger import UNIT, Item, Ledger
from duban.core.periods import Period, read_period
from duban.core.rates import Rates, rates
from duban.core.refusal import Unknown
from duban.core.rights import Actor, Role, Verb, may
from duban.core.scoring import score
from duban.matters.paging import Page, cursor, position
from duban.people.models import Staff
from duban.people.queries import account

from .models import Appeal, LedgerEntry, MonthCount
from .ranking import Counts
from .scores import weights_by_month

MONTHS_SHOWN = 12
PAGE = 50


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of an account."""

    month: str
    counts: Counts
    score: int

    @property
    def rates(self) -> Rates:
        """The three rates."""
        return rates(self.counts)


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """An official of a unit, with what stands to the account there in a period."""

    id: int
    username: str
    name: str
    counts: Counts


def permit_unit(actor: Actor, unit: str) -> None:
    """A unit's account: for who sees the city, and for its head. Raises Unknown: others do not learn of it."""
    if not (may(actor, Verb.SEE_CITY) or (actor.has(Role.HEAD) and actor.unit == unit)):
        raise Unknown("ledger_not_yours")


def permit_official(actor: Actor, staff: Staff) -> None:
    """An official's conduct ledger: for who sees the city, the head of the unit, and the official. Raises Unknown."""
    if actor.key != f"staff:{staff.pk}":
        permit_unit(actor, staff.unit.code)


def months_of_official(actor: Actor, staff: int) -> list[MonthLine]:
    """An official's months, as far as the actor may read them. Raises Unknown."""
    return months_of(_own_units_part(actor, staff), staff=staff)


def months_of(unit: str, *, staff: int = UNIT, most: int = MONTHS_SHOWN) -> list[MonthLine]:
    """The latest months in which anything was entered, the newest first: two statements."""
    rows = MonthCount.objects.filter(staff=staff).exclude(number=0)
    rows = rows.filter(unit=unit) if unit else rows
    latest = rows.order_by("-month").values_list("month", flat=True).distinct()[:most]
    found: defaultdict[str, Counts] = defaultdict(Counter)
    for month, item, number in rows.filter(month__in=list(latest)).values_list("month", "item", "number"):
        found[month][Item(item)] += number
    points = weights_by_month(found)
    return [
        MonthLine(month, found[month], score(found[month], points[month]))
        for month in sorted(found, reverse=True)
    ]


def officials_of(unit: str, period: Period) -> list[OfficialLine]:
    """Who answers for anything in the period, by account: two statements."""
    rows = MonthCount.objects.filter(unit=unit, month__in=period.months).exclude(staff=UNIT).exclude(number=0)
    found: defaultdict[int, Counts] = defaultdict(Counter)
    for staff, item, number in rows.values_list("staff", "item", "number"):
        found[staff][Item(item)] += number
    people = Staff.objects.filter(pk__in=found).order_by("pk").values_list("pk", "username", "display_name")
    return [OfficialLine(pk, username, name, found[pk]) for pk, username, name in people]


def entries_of(
    actor: Actor,
    *,
    unit: str = "",
    staff: int | None = None,
    item: str = "",
    month: str = "",
    ledger: str = "",
    nobodys: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> Page[LedgerEntry]:
    """The entries behind a figure, the newest first, each with its event, matter, official and what was said to it.

    Of a unit or of an official, one of which must be named; `nobodys`: for which the unit alone answers. Raises Unknown where the account is not the actor's to see.
    """
    rows = told()
    if staff is not None:
        part = _own_units_part(actor, staff)
        rows = rows.filter(staff=staff, unit=part) if part else rows.filter(staff=staff)
        rows = rows.filter(unit=unit) if unit else rows
    else:
        permit_unit(actor, unit)
        rows = rows.filter(unit=unit, staff=None) if nobodys else rows.filter(unit=unit)
    for name, value, known in (("item", item, set(Item)), ("ledger", ledger, set(Ledger))):
        if value:
            rows = rows.filter(**{name: value}) if value in known else rows.none()
    if month:
        rows = rows.filter(month=month) if read_period(month) else rows.none()
    if after:
        rows = rows.filter(pk__lt=position(after)[1])
    found = list(rows.order_by("-pk")[: limit + 1])
    onward = cursor(None, found[limit - 1].pk) if len(found) > limit else None
    return Page(found[:limit], onward)


def _own_units_part(actor: Actor, staff: int) -> str:
    """The unit whose entries of an official the actor may read: a head's own; blank for all of them. Raises Unknown."""
    permit_official(actor, account(staff))
    whole = actor.key == f"staff:{staff}" or may(actor, Verb.SEE_CITY)
    return "" if whole else actor.unit or ""


def entry_of(entry: int, actor: Actor) -> LedgerEntry:
    """One entry. Raises Unknown also where the account is not the actor's to see."""
    row = told().filter(pk=entry).first()
    if row is None:
        raise Unknown("entry_unknown")
    if row.staff is not None:
        if actor.key != f"staff:{row.staff_id}":
            permit_unit(actor, row.unit)
    else:
        permit_unit(actor, row.unit)
    return row


def told() -> QuerySet[LedgerEntry]:
    """Entries with all that is drawn of them, in one statement. `taken_back`: an upheld appeal struck it."""
    upheld = Appeal.objects.filter(entry=OuterRef("pk"), ruling=Appeal.Ruling.UPHELD)
    return LedgerEntry.objects.select_related(
        "event", "staff", "matter", "answer", "appeal", "appeal__by", "appeal__ruled_by"
    ).annotate(struck=Exists(upheld))


def appeals(*, pending: bool = True, after: str = "", limit: int = PAGE) -> Page[LedgerEntry]:
    """Entries that are appealed against and wait for a ruling, the oldest first; or the ruled ones, newest first."""
    waiting = Q(appeal__ruling=Appeal.Ruling.PENDING)
    rows = told().filter(appeal__isnull=False).filter(waiting if pending else ~waiting)
    if after:
        last = position(after)[1]
        rows = rows.filter(appeal__pk__gt=last) if pending else rows.filter(appeal__pk__lt=last)
    found = list(rows.order_by("appeal__pk" if pending else "-appeal__pk")[: limit + 1])
    onward = cursor(None, found[limit - 1].appeal.pk) if len(found) > limit else None
    return Page(found[:limit], onward)


def appeals_waiting() -> int:
    """How many appeals wait for a ruling."""
    return Appeal.objects.filter(ruling=Appeal.Ruling.PENDING).count()
