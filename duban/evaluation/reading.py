"""What pages and programs ask about co-signers and ballots. Constant numbers of statements; nothing here writes.

No result before a ballot is closed: until then there is the roll and how many have voted, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from duban.core import numbers
from duban.core.ballot import Route
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb, may, require
from duban.matters.models import Matter, Statement
from duban.matters.paging import Page, by_instant
from duban.matters.unnaming import unnamed, unnamed_matter

from .models import Ballot, CoSigner, Invitation, PaperEntry, Vote, Voter
from .verbs.balloting import is_over
from .verbs.counting import GRADES, counting_from, is_countable


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of the roll have voted, online and on papers that were counted; `papers` were handed out."""

    roll: int
    online: int
    papers: int
    counted: int | None

    @property
    def votes(self) -> int:
        """Votes cast so far."""
        return self.online + (self.counted or 0)

    @property
    def out(self) -> int:
        """Papers handed out whose box has not been counted."""
        return self.papers if self.counted is None else 0

    @property
    def left(self) -> int:
        """Who has neither voted nor taken a paper."""
        return self.roll - self.online - self.papers


@dataclass(frozen=True, slots=True)
class Result:
    """A closed ballot with its arithmetic, and who counted its papers."""

    ballot: Ballot
    turnout: Turnout
    grades: Mapping[int, int]
    counters: Sequence[PaperEntry]
    voided: int  # times two counts of the box differed, and it was counted anew

    @property
    def triple(self) -> int:
        """Three times the dissatisfied, which must not exceed the votes."""
        return 3 * (self.ballot.dissatisfied or 0)


def matter_for_ballot(number: str, actor: Actor) -> Matter:
    """A matter's ballot page is for those who see the matter, and for clerks. Raises Unknown: not found and not
    yours look the same. Clerks of others read it without the petitioner's name.
    """
    matter = (
        Matter.objects.select_related("unit", "handler", "petitioner")
        .filter(number=numbers.normalise(number) or "", collective=True)
        .first()
    )
    if matter is not None and may(actor, Verb.SEE_MATTER, unit=matter.unit_id, matter=matter.pk):
        return matter
    balloted = matter is not None and Ballot.objects.filter(matter=matter).exists()
    if matter is None or not balloted or not may(actor, Verb.ENTER_PAPER):
        raise Unknown("not_yours")
    _without_names(matter)
    return matter


def turnout(ballot: Ballot) -> Turnout:
    """How many of the roll have voted: one statement."""
    found = Voter.objects.filter(ballot=ballot).aggregate(
        online=Count("id", filter=Q(route=Route.ONLINE)), papers=Count("id", filter=Q(route=Route.PAPER))
    )
    return Turnout(ballot.roll, found["online"], found["papers"], ballot.papers_counted)


def result(ballot: Ballot) -> Result:
    """The result of a closed ballot. Raises Refused(`ballot_not_closed`) before."""
    if ballot.closed_at is None:
        raise Refused("ballot_not_closed")
    found = Vote.objects.filter(ballot=ballot).values_list("grade").annotate(n=Count("id"))
    counts = dict(found)
    entries = PaperEntry.objects.filter(ballot=ballot, discarded_at=None).select_related("by__unit")
    return Result(
        ballot,
        turnout(ballot),
        {grade: counts.get(grade, 0) for grade in reversed(GRADES)},
        list(entries.order_by("place")),
        PaperEntry.objects.filter(ballot=ballot, discarded_at__isnull=False).count(),
    )


def grades_of(ballots: Sequence[Ballot]) -> dict[int, dict[int, int]]:
    """The votes of closed ballots by grade, by ballot: one statement."""
    found = {one.pk: dict.fromkeys(reversed(GRADES), 0) for one in ballots}
    votes = Vote.objects.filter(ballot__in=list(found)).values_list("ballot", "grade")
    for ballot, grade, number in votes.annotate(n=Count("id")):
        found[ballot][grade] = number
    return found


def ballots_of(matter: Matter) -> list[Ballot]:
    """Every ballot of a matter, the latest first."""
    return list(Ballot.objects.filter(matter=matter).order_by("-id"))


def invitation_of(matter: Matter) -> Invitation | None:
    """The link others co-sign by, once the petitioner has made one."""
    return Invitation.objects.filter(matter=matter).first()


def invited(token: str) -> Invitation:
    """The invitation of a link, with its matter as strangers may read it. Raises Unknown(`link_unknown`)."""
    found = (
        Invitation.objects.select_related("matter__unit", "matter__petitioner").filter(token=token).first()
    )
    if found is None:
        raise Unknown("link_unknown")
    _without_names(found.matter)
    return found


def cosigned(matter: Matter) -> int:
    """How many have co-signed, besides the petitioner."""
    return CoSigner.objects.filter(matter=matter, removed_at=None).exclude(confirmed_at=None).count()


def cosigners(matter: Matter, *, after: str = "", limit: int = 100) -> Page[CoSigner]:
    """Those who co-signed, with their people, in the order they joined. Raises Invalid for an unknown cursor."""
    rows = CoSigner.objects.filter(matter=matter, removed_at=None).exclude(confirmed_at=None)
    return by_instant(rows.select_related("citizen"), "confirmed_at", after, limit)


def running_ballots(actor: Actor, *, after: str = "", limit: int = 50) -> Page[Ballot]:
    """Every open ballot with its matter and how many have voted, what closes first comes first.

    Each has `online` and `papers` besides; its matter is as strangers may read it. Raises Forbidden; Invalid (cursor).
    """
    require(actor, Verb.ENTER_PAPER if may(actor, Verb.ENTER_PAPER) else Verb.OPEN_BALLOT)
    rows = Ballot.objects.filter(closed_at=None).select_related("matter__unit", "matter__petitioner")
    return _with_turnout(by_instant(rows, "closes_at", after, limit))


def ended_ballots(actor: Actor, *, after: str = "", limit: int = 50) -> Page[Ballot]:
    """Every closed ballot with its matter, the latest closed first; with the same besides as of `running_ballots`.

    Raises Forbidden; Invalid (cursor).
    """
    require(actor, Verb.ENTER_PAPER if may(actor, Verb.ENTER_PAPER) else Verb.OPEN_BALLOT)
    rows = Ballot.objects.filter(closed_at__isnull=False).select_related("matter__unit", "matter__petitioner")
    return _with_turnout(by_instant(rows, "closed_at", after, limit, latest=True))


def awaiting_ballot(actor: Actor, *, after: str = "", limit: int = 50) -> Page[Matter]:
    """Completed collective matters without a running ballot, the longest waiting first.

    Raises Forbidden; Invalid for an unknown cursor.
    """
    require(actor, Verb.OPEN_BALLOT)
    rows = Matter.objects.filter(state="completed", collective=True).select_related("unit")
    rows = rows.exclude(ballots__in=Ballot.objects.filter(closed_at=None))
    return by_instant(rows, "clock_stopped_at", after, limit)


def standing_at(ballot: Ballot, now: datetime) -> str:
    """`open`, `over` (time is up, not counted yet) or `closed`."""
    if ballot.closed_at is not None:
        return "closed"
    return "over" if is_over(ballot, now) else "open"


@dataclass(frozen=True, slots=True)
class Box:
    """How far the paper box is: papers handed out, and who has counted so far."""

    papers: int
    first: PaperEntry | None
    counted: bool
    counting_from: datetime  # or once everybody has voted or taken a paper
    countable: bool

    @property
    def closed(self) -> bool:
        """Whether counting has begun, and no more papers are handed out."""
        return self.counted or self.first is not None


def box(ballot: Ballot, now: datetime) -> Box:
    """The paper box of a running ballot. No figures of a count."""
    papers = Voter.objects.filter(ballot=ballot, route=Route.PAPER).count()
    entries = PaperEntry.objects.filter(ballot=ballot, discarded_at=None).select_related("by")
    first = entries.order_by("place").defer("counts").first()
    counted, ready = ballot.papers_counted is not None, is_countable(ballot, now)
    return Box(papers, first, counted, counting_from(ballot), ready)


def papers_over(ballot: Ballot) -> bool:
    """Whether counting of the box has begun, and nobody is given a paper any more."""
    return PaperEntry.objects.filter(ballot=ballot, discarded_at=None).exists()


def closed_ballot(matter: Matter, pk: str = "") -> Ballot:
    """The latest closed ballot of a matter, or the one with this id. Raises Unknown(`not_found`)."""
    rows = Ballot.objects.filter(matter=matter, closed_at__isnull=False)
    if pk:
        rows = rows.filter(pk=int(pk[:18]) if pk.isascii() and pk.isdigit() else 0)
    found = rows.order_by("-id").first()
    if found is None:
        raise Unknown("not_found")
    return found


def last_statement(matter: Matter, reader: Actor) -> Statement | None:
    """What the unit says it did, for whoever votes on it; to all but the petitioner without the petitioner's name."""
    found = matter.statements.select_related("unit").order_by("id").last()
    if found is not None and reader.matter != matter.pk:
        found.text = unnamed(found.text, matter)
    return found


def _without_names(matter: Matter) -> None:
    """For reading only: neither text nor place tell who asks."""
    unnamed_matter(matter)
    matter.place = unnamed(matter.place, matter)


def _with_turnout(page: Page[Ballot]) -> Page[Ballot]:
    """The page with how many have voted by either route. Counted of its own ballots only, in one statement: joined to the list,
    the rolls of all ballots there ever were would be counted for one page.
    """
    by_route = Voter.objects.filter(ballot__in=[one.pk for one in page.items], voted=True)
    routes = {
        (ballot, route): n
        for ballot, route, n in by_route.values_list("ballot", "route").annotate(n=Count("id"))
    }
    for one in page.items:
        one.online = routes.get((one.pk, Route.ONLINE), 0)  # type: ignore[attr-defined]
        one.papers = routes.get((one.pk, Route.PAPER), 0)  # type: ignore[attr-defined]
        _without_names(one.matter)
    return page


def counted_in(row: Ballot) -> Turnout:
    """The turnout of a row of `running_ballots`, which has counted it already."""
    return Turnout(row.roll, row.online, row.papers, row.papers_counted)  # type: ignore[attr-defined]
