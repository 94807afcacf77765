"""Publishing an edition of the catalogue. Nothing published is edited in place: rows close and new rows open.

A commitment froze the row it was made from, so an edition never changes a promise already made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps

from django.db import transaction
from django.db.models import Max

from duban.core import rights
from duban.core.events import Kind
from duban.core.kinds import MatterKind
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Verb
from duban.journal.recording import Entry, record

from .models import Edition, Standard
from .revisions import bump

STREAM = "catalogue"
LONGEST_LIMIT = 90  # workdays
MOST_STEPS, LONGEST_STEP = 12, 200
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LENGTHS = {"unit_code": 32, "title": 80, "fee": 120, "basis": 200}
_MISSING = {"unit_code": "unit_unknown", "title": "required", "fee": "required", "basis": "basis_missing"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A standard as the next edition should have it; an existing code makes it a change of that standard."""

    code: str
    unit_code: str
    title: str
    steps: tuple[str, ...]
    limit_workdays: int
    fee: str
    basis: str
    kind: str = ""  # blank: fits every kind


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the edition in force: standards put (new or changed) and codes retired."""

    put: tuple[Draft, ...] = ()
    retire: tuple[str, ...] = ()


@transaction.atomic
def publish_edition(*, changes: Changes, note: str = "", actor: Actor, now: datetime) -> Edition:
    """Publish the next edition; drafts equal to the row in force are left alone.

    Raises Forbidden, Refused(`edition_empty`), and Invalid by field: the field's name when one draft is put,
    `code.field` when several are, `retire` for a code that is not in force. Whether a unit exists is the door's
    to offer: rooms of this row do not know units.
    """
    rights.require(actor, Verb.AMEND_CATALOGUE)
    bump()
    in_force = {row.code: row for row in Standard.objects.filter(until=None)}
    wrong = dict(_problems(changes, in_force.keys()))
    if len(note) > 200:
        wrong["note"] = ("too_long", {"limit": 200})
    if wrong:
        raise Invalid(wrong)
    opened = [draft for draft in changes.put if not _same(draft, in_force.get(draft.code))]
    superseded = [in_force[draft.code].pk for draft in opened if draft.code in in_force]
    retired = [in_force[code].pk for code in changes.retire]
    if not opened and not retired:
        raise Refused("edition_empty")
    latest: int = Edition.objects.aggregate(latest=Max("number"))["latest"] or 0
    edition = Edition.objects.create(
        number=latest + 1, published_at=now, published_by=actor.key, note=note.strip()
    )
    Standard.objects.filter(pk__in=superseded + retired).update(until=edition)
    rows = Standard.objects.bulk_create(
        [Standard(**{**asdict(draft), "steps": list(draft.steps)}, since=edition) for draft in opened]
    )
    facts = {
        "edition": edition.number,
        "opened": [row.pk for row in rows],
        "superseded": superseded,
        "retired": retired,
        "digest": _digest(opened),
    }
    record(STREAM, Entry(Kind.STANDARDS_PUBLISHED, facts), actor=actor, at=now)
    return edition


def draft_of(row: Standard) -> Draft:
    """A published row as a draft to start the next edition from."""
    return Draft(
        code=row.code,
        unit_code=row.unit_code,
        title=row.title,
        steps=tuple(row.steps),
        limit_workdays=row.limit_workdays,
        fee=row.fee,
        basis=row.basis,
        kind=row.kind,
    )


def _same(draft: Draft, row: Standard | None) -> bool:
    return row is not None and draft_of(row) == draft


def _digest(drafts: Collection[Draft]) -> str:
    """What was published, in one figure: the journal can prove the rows against it."""
    spelled = dumps([asdict(draft) for draft in drafts], ensure_ascii=False, sort_keys=True)
    return sha256(spelled.encode()).hexdigest()


def _problems(
    changes: Changes, in_force: Collection[str]
) -> Iterator[tuple[str, tuple[str, Mapping[str, object]]]]:
    seen: set[str] = set()
    for draft in changes.put:
        place = "" if len(changes.put) == 1 else f"{draft.code}."
        for field, problem in _problems_of(draft):
            yield place + field, problem
        if draft.code in seen or draft.code in changes.retire:
            yield f"{place}code", ("code_twice", {"code": draft.code})
        seen.add(draft.code)
    if not set(changes.retire) <= set(in_force):
        yield "retire", ("standard_unknown", {})


def _problems_of(draft: Draft) -> Iterator[tuple[str, tuple[str, Mapping[str, object]]]]:
    if not _CODE.fullmatch(draft.code):
        yield "code", ("code_shape", {})
    for field, limit in _LENGTHS.items():
        text = getattr(draft, field)
        if not text.strip():
            yield field, (_MISSING[field], {})
        elif len(text) > limit:
            yield field, ("too_long", {"limit": limit})
    if draft.kind and draft.kind not in set(MatterKind):
        yield "kind", ("kind_unknown", {})
    if not 1 <= draft.limit_workdays <= LONGEST_LIMIT:
        yield "limit_workdays", ("limit_bounds", {"limit": LONGEST_LIMIT})
    if not draft.steps or not all(step.strip() for step in draft.steps):
        yield "steps", ("steps_missing", {})
    elif len(draft.steps) > MOST_STEPS or any(len(step) > LONGEST_STEP for step in draft.steps):
        yield "steps", ("steps_bounds", {"limit": MOST_STEPS, "length": LONGEST_STEP})
