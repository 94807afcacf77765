"""How the ledgers are drawn in answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ObjectDoesNotExist

from duban.core.rates import Rate
from duban.ledgers.accounts import MonthLine, OfficialLine
from duban.ledgers.models import LedgerEntry, ScoreVersion
from duban.ledgers.ranking import Compared, UnitLine
from duban.ledgers.scores import weights_of
from duban.people.queries import staff_names

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


def drawn_official(line: OfficialLine) -> Json:
    """An official of a unit."""
    counts = {item.value: number for item, number in sorted(line.counts.items()) if number}
    return {"official": line.id, "username": line.username, "display_name": line.name, "counts": counts}


def drawn_versions(known: Sequence[ScoreVersion]) -> list[Json]:
    """Versions of the points: one statement, for the names."""
    names = staff_names({int(one.by.removeprefix("staff:")) for one in known})
    return [
        {
            "version": one.number,
            "since": one.since,
            "at": moment(one.at),
            "by": names[int(one.by.removeprefix("staff:"))],
            "note": one.note,
            "weights": {item.value: points for item, points in weights_of(one).items()},
        }
        for one in known
    ]


def drawn_trial(line: Compared) -> Json:
    """A unit by the points in force and by a draft."""
    return {
        "unit": {"code": line.draft.code, "name": line.draft.name},
        "matters": line.draft.matters,
        "now": {"score": line.now.score, "rank": line.now.rank},
        "draft": {"score": line.draft.score, "rank": line.draft.rank},
    }


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
