"""After the calendar was amended: every running clock is reckoned anew (domain rule 2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.catalogue.book import Book, book
from duban.core.refusal import Refused

from .models import Matter
from .reckoning import Reckoner
from .verbs.timing import recompute

BATCH = 200


def recompute_running(now: datetime) -> int:
    """Bring every running clock reckoned by an older book up to the book in force; returns how many due moments moved.

    Most do not move: those are only marked, many in one statement. The others are recomputed one by one, each
    with its journal event. A matter somebody works on just now keeps its old mark and is found the next time.
    """
    rules, moved, after = book(), 0, 0
    while True:
        last, moving = _mark(rules, now, after)
        if last is None:
            return moved
        moved += sum(recompute(matter=number, now=now) for number in moving)
        after = last


@transaction.atomic
def _mark(rules: Book, now: datetime, after: int) -> tuple[int | None, list[str]]:
    """Look at the next matters by id. Returns the last one's id (None: there are none) and the numbers that move."""
    older = Matter.objects.filter(
        clock_stopped_at=None,
        clock_revision__lt=rules.revision,
        lead=None,
        pk__gt=after,  # merged ones follow
    )
    rows = list(older.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
    if not rows:
        return None, []
    reckoner, moving, staying = Reckoner(rules), [], []
    for matter in rows:
        try:
            moves = reckoner.again(matter, now)
        except (
            Refused
        ):  # no calendar for its year: it keeps its due moment until an announcement moves the book on
            moves = False
        if moves:
            moving.append(matter.number)
        else:
            staying.append(matter.pk)
    Matter.objects.filter(pk__in=staying).update(clock_revision=rules.revision)
    return rows[-1].pk, moving
