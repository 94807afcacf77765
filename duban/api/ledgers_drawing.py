"""How the ledgers are drawn in answers."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ObjectDoesNotExist

from duban.core.rates import Rate
from duban.ledgers.accounts import MonthLine
from duban.ledgers.models import LedgerEntry
from duban.ledgers.ranking import UnitLine

from .answers import Json, moment


def drawn_unit(line: UnitLine) -> Json:
    """A unit in the ranking."""
    found = line.rates
    return {
        "unit": {"code": line.code, "name": line.name},
        "matters": line.matters,
        "response": _rate(found.response),
        "resolution": _rate(found.resolution),
        "satisfaction": _rate(found.satisfaction),
        "score": line.score,
        "rank": line.rank,
    }


def drawn_month(line: MonthLine) -> Json:
    """A month of an account."""
    counts = {item.value: number for item, number in sorted(line.counts.items()) if number}
    return {"month": line.month, "score": line.score, "counts": counts}


def drawn(entry: LedgerEntry, names: Mapping[str, str]) -> Json:
    """An entry of `accounts.told`; `names` are those of the units."""
    event = entry.event
    return {
        "id": entry.pk,
        "ledger": entry.ledger,
        "item": entry.item,
        "number": entry.number,
        "month": entry.month,
        "unit": {"code": entry.unit, "name": names.get(entry.unit, entry.unit)},
        "official": entry.staff_id,
        "matter": entry.matter.number if entry.matter else None,
        "event": {
            "stream": event.stream,
            "seq": event.seq,
            "kind": event.kind,
            "at": moment(event.at),
            "hash": event.hash,
        },
        "struck": bool(getattr(entry, "struck", False)),
        "answer": _answer(entry),
        "appeal": _appeal(entry),
    }


def _rate(rate: Rate) -> Json:
    return {"part": rate.part, "whole": rate.whole, "percent": rate.percent if rate.whole else None}


def _answer(entry: LedgerEntry) -> str | None:
    try:
        return entry.answer.text
    except ObjectDoesNotExist:
        return None


def _appeal(entry: LedgerEntry) -> Json | None:
    try:
        appeal = entry.appeal
    except ObjectDoesNotExist:
        return None
    return {
        "by": appeal.by_id,
        "reason": appeal.reason,
        "at": moment(appeal.at),
        "ruling": appeal.ruling,
        "note": appeal.note,
        "ruled_at": moment(appeal.ruled_at),
    }
