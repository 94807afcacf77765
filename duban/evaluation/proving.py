"""Whether the votes of closed ballots are still what the journal says was counted.

The journal's own chain shows that no event was changed; this shows that no row was changed beside it. A trigger keeps
rows from being changed, and whoever can take the trigger off can change them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q

from duban.core.ballot import Route
from duban.core.events import Kind
from duban.journal.models import Event

from .models import Ballot, Vote, Voter
from .verbs.counting import GRADES

CHUNK = 500
AGREED = ("round", "roll", "votes", "dissatisfied", "quorum_percent", "outcome")

Facts = Mapping[str, Any]
Found = tuple[str, str, str]  # where, what is stored, what the journal proves


def altered() -> Iterator[str]:
    """A line for every closed ballot that differs from its events."""
    return (f"{where}: stored {stored}, in the journal {proven}" for where, stored, proven in wrong_ballots())


def wrong_ballots() -> Iterator[Found]:
    """Every closed ballot whose figures, votes or routes are not those of its events. Five statements."""
    counted: dict[int, Facts] = {}
    for facts in _facts(Kind.BALLOT_CLOSED):
        counted[facts["ballot"]] = facts
    online = Counter(facts["ballot"] for facts in _facts(Kind.VOTE_RECEIVED))
    papers = Counter[int]()
    for facts in _facts(Kind.PAPER_GIVEN):
        papers[facts["ballot"]] += len(facts["voters"])
    grades: dict[int, Counter[int]] = defaultdict(Counter)
    votes = Vote.objects.values_list("ballot", "grade").annotate(n=Count("id"))
    for ballot, grade, number in votes.order_by().iterator(chunk_size=CHUNK):
        grades[ballot][grade] = number
    rolls = Voter.objects.values("ballot").order_by()
    routes: dict[int, dict[str, Any]] = {
        row["ballot"]: dict(row)
        for row in rolls.annotate(
            roll=Count("id"),
            online=Count("id", filter=Q(route=Route.ONLINE)),
            papers=Count("id", filter=Q(route=Route.PAPER)),
        )
    }
    ended = Ballot.objects.filter(closed_at__isnull=False).select_related("matter").order_by("pk")
    for one in ended.iterator(chunk_size=CHUNK):
        where, said = f"ballot {one.pk} of {one.matter.number}", counted.pop(one.pk, None)
        if said is None:
            yield where, "closed", "not closed"
            continue
        for name in AGREED:
            if getattr(one, name) != said[name]:
                yield f"{where}, {name}", str(getattr(one, name)), str(said[name])
        for grade in GRADES:
            if grades[one.pk][grade] != said["grades"][str(grade)]:
                yield (
                    f"{where}, votes of grade {grade}",
                    str(grades[one.pk][grade]),
                    str(said["grades"][str(grade)]),
                )
        row = routes.get(one.pk, {"roll": 0, "online": 0, "papers": 0})
        proven = {"roll": said["roll"], "online": online[one.pk], "papers": papers[one.pk]}
        for name, number in proven.items():
            if row[name] != number:
                yield f"{where}, voters {WORDS[name]}", str(row[name]), str(number)
        in_box = one.papers_counted or 0
        if in_box != said["votes"] - online[one.pk]:
            yield f"{where}, papers counted", str(in_box), str(said["votes"] - online[one.pk])
    for missing in sorted(counted):
        yield f"ballot {missing}", "missing", "closed"


WORDS = {"roll": "on the roll", "online": "who voted online", "papers": "with a paper"}


def _facts(kind: Kind) -> Iterator[Facts]:
    events = Event.objects.filter(kind=kind.value).order_by()
    return events.values_list("facts", flat=True).iterator(chunk_size=CHUNK)
