"""Paper ballots at a terminal: papers are handed out against the roll, and the box is counted by two people (rule 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from duban.core.ballot import Route
from duban.core.events import Kind
from duban.core.identity import Unacceptable, id_number
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Verb
from duban.core.zone import day_of
from duban.journal.models import Event
from duban.journal.recording import Entry
from duban.matters.models import Matter
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.people.citizens import id_index
from duban.people.units import office_code

from ..models import Ballot, PaperEntry, Voter
from ..urn import count_text, figures_of
from .balloting import in_time, mark_voted, running
from .counting import GRADES, is_countable


class Count(StrEnum):
    """What came of entering a count."""

    FIRST = "first"  # a second person must count
    AGREED = "agreed"
    DIFFERED = "differed"  # both counts are void; count again together


@dataclass(frozen=True, slots=True)
class Tally:
    """A count before it is entered: papers in the box, of those handed out."""

    total: int
    papers: int


def is_judged(matter: Matter, actor: Actor) -> bool:
    """Whether the account's unit holds the matter, has held it before, or was ever asked to assist: it keeps its hands
    off the papers. The office, which holds whatever nobody has been assigned, is not judged for that."""
    unit = actor.unit
    if unit is None or unit == matter.unit_id:
        return unit is not None
    if matter.assists.filter(unit_id=unit).exists():
        return True
    held = Event.objects.filter(stream=matter.stream, facts__now__unit=unit)
    return unit != office_code() and held.exists()


@transaction.atomic
def hand_out_paper(*, matter: str, id_numbers: Sequence[str], actor: Actor, now: datetime) -> Ballot:
    """A clerk hands papers to people on the roll who show their cards; from now on they cannot vote online: one
    person, one vote. Clerks of another unit than those judged, or of the supervision office's terminal.

    Raises Invalid (id_numbers); Refused: paper_own_unit, no_ballot, ballot_over, box_closed, paper_taken, voter_voted;
    Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.ENTER_PAPER, held)
    _impartial(held, actor)
    ballot = in_time(held, now)
    if _entries(ballot):
        raise Refused("box_closed")
    voters = _with_cards(ballot, id_numbers, now)
    _without_vote(voters)
    mark_voted(ballot, voters, Route.PAPER)
    facts = {"ballot": ballot.pk, "voters": sorted(voters), "unit": actor.unit}
    write(held, Entry(Kind.PAPER_GIVEN, facts), actor=actor, at=now)
    keep(held)
    return ballot


@transaction.atomic
def enter_paper(*, matter: str, counts: Mapping[int, int], actor: Actor, now: datetime) -> Count:
    """A clerk enters how many papers of each grade lie in the box; papers not brought back count as not voted.

    From the ballot's last day on, or once everybody has voted or taken a paper. Every grade is named, also with none. Two people count without seeing each other's figures. If they agree it stands, if
    not both counts are void: that is kept and no refusal. Neither is of a unit that is judged. Raises Invalid (counts);
    Refused: paper_own_unit, no_ballot, no_papers, box_counted, box_not_yet, paper_same_person; Forbidden.
    """
    held = lock(matter, now)
    ballot, first, figures, _papers = _counted(held, counts, actor, now)
    if first is not None and figures_of(first) != figures:
        PaperEntry.objects.filter(pk=first.pk).update(discarded_at=now, counts="")
        facts: dict[str, object] = {"ballot": ballot.pk, "first": first.by_id}
        write(held, Entry(Kind.PAPER_DISCARDED, facts), actor=actor, at=now)
        keep(held)
        return Count.DIFFERED
    place, by = 1 if first is None else 2, staff_id(actor)
    sealed = count_text(ballot.pk, place, by, figures)
    PaperEntry.objects.create(ballot=ballot, place=place, by_id=by, at=now, counts=sealed)
    if first is not None:
        ballot.papers_counted, ballot.counted_at = sum(figures.values()), now
        ballot.save(update_fields=["papers_counted", "counted_at"])
    write(held, Entry(Kind.PAPER_ENTERED, {"ballot": ballot.pk, "place": place}), actor=actor, at=now)
    keep(held)
    return Count.FIRST if first is None else Count.AGREED


@transaction.atomic
def check_paper(*, matter: str, counts: Mapping[int, int], actor: Actor, now: datetime) -> Tally:
    """What a clerk is about to enter, to look at once more; nothing is written and nothing said of the other count.

    Raises as `enter_paper`.
    """
    _ballot, _first, figures, papers = _counted(lock(matter, now), counts, actor, now)
    return Tally(sum(figures.values()), papers)


def _counted(
    held: Matter, counts: Mapping[int, int], actor: Actor, now: datetime
) -> tuple[Ballot, PaperEntry | None, dict[str, int], int]:
    """The ballot, the first person's count if there is one, this one's figures, and the papers handed out."""
    permit(actor, Verb.ENTER_PAPER, held)
    _impartial(held, actor)
    ballot = _to_count(held, now)
    papers = Voter.objects.filter(ballot=ballot, route=Route.PAPER).count()
    figures = _figures(counts, papers)
    first = next(iter(_entries(ballot)), None)
    if first is not None and first.by_id == staff_id(actor):
        raise Refused("paper_same_person")
    return ballot, first, figures, papers


def _impartial(held: Matter, actor: Actor) -> None:
    if is_judged(held, actor):
        raise Refused("paper_own_unit")


def _with_cards(ballot: Ballot, id_numbers: Sequence[str], now: datetime) -> list[int]:
    """Who of the roll stands there with these cards. Raises Invalid (id_numbers)."""
    if not id_numbers:
        raise Invalid({"id_numbers": ("required", {})})
    try:
        cards = {id_index(id_number(one, today=day_of(now))) for one in id_numbers}
    except Unacceptable as wrong:
        raise Invalid({"id_numbers": (wrong.code, wrong.params)}) from None
    roll = Voter.objects.filter(ballot=ballot, citizen__id_index__in=cards)
    voters = list(roll.values_list("pk", flat=True))
    if len(voters) != len(cards):
        raise Invalid({"id_numbers": ("voter_unknown", {})})
    return voters


def _without_vote(voters: Sequence[int]) -> None:
    """Says to the clerk which way somebody's one vote has gone. Raises Refused: paper_taken, voter_voted."""
    routes = set(Voter.objects.filter(pk__in=voters, voted=True).values_list("route", flat=True))
    if routes:
        raise Refused("paper_taken" if routes == {Route.PAPER} else "voter_voted")


def _to_count(held: Matter, now: datetime) -> Ballot:
    """The ballot whose box can be counted, also when its time is over."""
    ballot = running(held)
    if ballot is None:
        raise Refused("no_ballot")
    if ballot.papers_counted is not None:
        raise Refused("box_counted")
    if not Voter.objects.filter(ballot=ballot, route=Route.PAPER).exists():
        raise Refused("no_papers")
    if not is_countable(ballot, now):
        raise Refused("box_not_yet", day=day_of(ballot.closes_at))
    return ballot


def _figures(counts: Mapping[int, int], papers: int) -> dict[str, int]:
    """The count as it is kept. Raises Invalid for what is no count, leaves a grade out, or is more than was handed out."""
    if set(counts) - set(GRADES) or any(type(one) is not int or one < 0 for one in counts.values()):
        raise Invalid({"counts": ("paper_number", {})})
    if len(counts) < len(GRADES):
        raise Invalid({"counts": ("paper_blank", {})})
    figures = {str(grade): counts[grade] for grade in GRADES}
    total = sum(figures.values())
    if total > papers:
        raise Invalid({"counts": ("paper_many", {"total": total, "papers": papers})})
    return figures


def _entries(ballot: Ballot) -> list[PaperEntry]:
    return list(PaperEntry.objects.filter(ballot=ballot, discarded_at=None).order_by("place"))
