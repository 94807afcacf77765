"""What pages and programs ask about rolls: who stands on one, who may see it, and how it follows the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from duban.core.events import Kind
from duban.core.identity import masked_id
from duban.core.rights import Actor, Verb, may
from duban.journal.models import Event
from duban.matters.models import Matter
from duban.matters.paging import Page, cursor, position

from .models import Ballot, Voter
from .rolls import RollChange, reasons_of, roll_of
from .verbs.paper import is_judged


def may_see_roll(matter: Matter, actor: Actor) -> bool:
    """Who sees who has voted and who not: the office, and clerks who hand out papers. Not clerks of a unit that is
    judged: in a village of twelve they would know where to go knocking.
    """
    if may(actor, Verb.OPEN_BALLOT):
        return True
    return may(actor, Verb.ENTER_PAPER) and not is_judged(matter, actor)


def next_roll(matter: Matter, now: datetime) -> RollChange | None:
    """How the next roll differs from the last one before the office adds or leaves off anybody; None before the first."""
    found = roll_of(matter, (), now)
    return found.change("")


def roll_change(ballot: Ballot, matter: Matter) -> RollChange | None:
    """How a ballot's roll differs from the one before, as the journal has it; None of the first."""
    opened = Event.objects.filter(stream=matter.stream, kind=Kind.BALLOT_OPENED.value)
    told = (facts for facts in opened.values_list("facts", flat=True) if facts["ballot"] == ballot.pk)
    facts: Mapping[str, Any] = next(told, {})
    if "last" not in facts:
        return None
    remark = matter.remarks.filter(pk=facts.get("remark", 0)).first()
    reason, removals = remark.text if remark else "", reasons_of(facts["removed"])
    return RollChange(facts["last_roll"], facts["roll"], len(facts["left"]), reason, removals)


def voters_at(matter: str, places: Sequence[int]) -> list[int]:
    """The voters who stand on these places of a matter's last roll, from 1; 0 for a place it does not have."""
    found = Ballot.objects.filter(matter__number=matter).order_by("-id").first()
    rows = list(Voter.objects.filter(ballot=found).order_by("id").values_list("pk", flat=True))
    return [rows[one - 1] if 0 < one <= len(rows) else 0 for one in places]


def place_after(ballot: Ballot, after: str) -> int:
    """How many of the roll come before a page of it. Raises Invalid for an unknown cursor."""
    return Voter.objects.filter(ballot=ballot, id__lte=position(after)[1]).count() if after else 0


def roll(ballot: Ballot, *, after: str = "", limit: int = 100) -> Page[Voter]:
    """The roll with its people, by the order of the roll's rows, which is nobody's order of voting. Raises Invalid."""
    rows = Voter.objects.filter(ballot=ballot).select_related("citizen").order_by("id")
    if after:
        rows = rows.filter(id__gt=position(after)[1])
    found = list(rows[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def masked_roll_line(voter: Voter) -> tuple[str, str]:
    """Masked name and ID number, for a roll on a page."""
    return voter.citizen.masked_name, masked_id(voter.citizen.id_number)
