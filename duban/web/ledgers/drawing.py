"""What the pages of the ledgers show: periods to choose from, tables of items, one line for each entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext

from duban.core.ledger import LEDGER_OF, Item, Ledger
from duban.core.periods import Period, latest, read_period
from duban.core.rates import Rates
from duban.core.rights import Actor
from duban.ledgers.models import Appeal, EntryAnswer, LedgerEntry
from duban.ledgers.words import ITEMS, LEDGERS, RATES
from duban.matters.assists import seen_among

from ..units import unit_named

MONTHS, QUARTERS = 12, 4  # to choose from


def item_named(item: Item) -> str:
    """按时受理 …"""
    return gettext(ITEMS[item])


def ledger_named(ledger: Ledger) -> str:
    """绩效账, 作风账."""
    return gettext(LEDGERS[ledger])


def period_named(period: Period) -> str:
    """2014 年 1 月, 2014 年第 1 季度."""
    if period.is_quarter:
        return gettext("%(year)s 年第 %(n)s 季度") % {"year": period.first.year, "n": period.quarter}
    return gettext("%(year)s 年 %(n)s 月") % {"year": period.first.year, "n": period.first.month}


def month_named(key: str) -> str:
    """2014-01 as 2014 年 1 月; what is no month stays as it is."""
    period = read_period(key)
    return period_named(period) if period else key


def period_choices(now: datetime, chosen: Period | None) -> list[tuple[str, str]]:
    """The latest months and quarters, and the one chosen where it is none of them: (key, name)."""
    offered = list(latest(now, MONTHS, QUARTERS))
    if chosen is not None and chosen not in offered:
        offered.insert(0, chosen)
    return [(one.key, period_named(one)) for one in offered]


def definitions() -> list[tuple[str, str]]:
    """The three rates and what each is of."""
    return [(gettext(name), gettext(text)) for name, text in RATES.values()]


def percents(rates: Rates) -> tuple[str, str, str]:
    """The three rates as they are printed, in the order of their definitions."""
    return rates.response.percent, rates.resolution.percent, rates.satisfaction.percent


def items_in(counts: Iterable[Mapping[Item, int]]) -> dict[Ledger, list[Item]]:
    """The items of each ledger that occur at all, in the order they are listed in."""
    there = {item for one in counts for item, number in one.items() if number}
    return {ledger: [one for one in ITEMS if one in there and LEDGER_OF[one] is ledger] for ledger in Ledger}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is listed."""

    id: int
    word: str
    number: int
    at: datetime
    month: str
    unit: str
    official: str
    matter: str
    seen: bool  # the account may open the matter
    struck: bool
    appealed: str  # what became of the appeal; blank: none


def lines_of(entries: Sequence[LedgerEntry], actor: Actor) -> list[Line]:
    """Entries of `accounts.told`: one statement at most."""
    seen = seen_among([one.matter for one in entries if one.matter], actor)
    return [_line(one, one.matter_id in seen) for one in entries]


def line_of(entry: LedgerEntry, actor: Actor) -> Line:
    """One of them."""
    return lines_of([entry], actor)[0]


def _line(entry: LedgerEntry, seen: bool) -> Line:
    return Line(
        id=entry.pk,
        word=item_named(entry.what),
        number=entry.number,
        at=entry.at,
        month=month_named(entry.month),
        unit=unit_named(entry.unit),
        official=entry.staff.display_name if entry.staff else "",
        matter=entry.matter.number if entry.matter else "",
        seen=seen,
        struck=bool(getattr(entry, "struck", False)),
        appealed=_appealed(entry),
    )


def answer_to(entry: LedgerEntry) -> EntryAnswer | None:
    """What the official said to it."""
    try:
        return entry.answer
    except ObjectDoesNotExist:
        return None


def appeal_against(entry: LedgerEntry) -> Appeal | None:
    """The appeal against it."""
    try:
        return entry.appeal
    except ObjectDoesNotExist:
        return None


def entries_href(listed: str, month: str, item: str) -> str:
    """Where the entries behind a figure are listed, from the address that lists all of them."""
    return f"{listed}?{urlencode({'month': month, 'item': item})}"


def _appealed(entry: LedgerEntry) -> str:
    appeal = appeal_against(entry)
    if appeal is None:
        return ""
    return {
        Appeal.Ruling.PENDING.value: gettext("申诉待裁定"),
        Appeal.Ruling.UPHELD.value: gettext("申诉成立，已冲销"),
        Appeal.Ruling.REFUSED.value: gettext("申诉不成立"),
    }[appeal.ruling]
