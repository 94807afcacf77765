"""Who may vote in a ballot now: by voting code, or as the petitioner who has opened the matter.

A wrong code and an unknown number get the same answer after the same work, and wrong tries are counted as for query
codes (`matters.guessing`), but apart from those: strangers who guess here shut no petitioner out there. A code stays
good until it is used, so a voter logged out halfway loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duban.core import numbers
from duban.core.refusal import Unknown
from duban.core.rights import ANYONE, Actor
from duban.matters.guessing import admitted
from duban.matters.models import Matter
from duban.matters.opening import as_digits, fits, petitioner_of
from duban.matters.unnaming import unnamed_matter

from .models import Ballot, Voter
from .verbs.balloting import code_index

NOBODYS = 0


@dataclass(frozen=True, slots=True)
class Key:
    """What a code opened: a matter's ballot, and who of the roll holds it.

    To read, and not to save: but for the petitioner the matter is without the petitioner's name.

    `ballot` is None for the petitioner of a matter without one, `voter` for a petitioner who is not on the roll.
    """

    matter: Matter
    ballot: Ballot | None
    voter: Voter | None
    actor: Actor


def opened(number: str, code: str, *, client: str, now: datetime) -> Key:
    """What a voting code of the matter's latest ballot opens, or the petitioner's query code.

    Raises Unknown(`wrong_voting_code`) for an unknown number and a wrong code alike; TooMany(`too_many_tries`).
    """
    spelled = numbers.normalise(number) or ""
    attempt = admitted(client, f"ballot:{spelled}", now)
    matter = Matter.objects.select_related("unit").filter(number=spelled).first()
    ballot = latest(matter)
    holder = _holder(ballot, code_index(ballot.pk if ballot else NOBODYS, as_digits(code)))
    if fits(matter, code) and matter is not None:
        return for_petitioner(matter)
    if matter is None or holder is None:
        attempt.note(now)
        raise Unknown("wrong_voting_code")
    return Key(unnamed_matter(matter), ballot, holder, ANYONE)


def for_petitioner(matter: Matter) -> Key:
    """The key of a petitioner who has opened the matter: they are on the roll, no second code is asked for."""
    ballot = latest(matter)
    voter = Voter.objects.filter(ballot=ballot, citizen=matter.petitioner_id).first() if ballot else None
    return Key(matter, ballot, voter, petitioner_of(matter))


def for_voter(number: str, voter: int) -> Key | None:
    """The key again, for a session whose code was right before; None when that ballot is not the latest any more."""
    rows = Matter.objects.select_related("unit", "petitioner")
    matter = rows.filter(number=numbers.normalise(number) or "").first()
    ballot = latest(matter)
    holder = Voter.objects.filter(ballot=ballot, pk=voter).first() if ballot else None
    return Key(unnamed_matter(matter), ballot, holder, ANYONE) if matter and holder else None


def latest(matter: Matter | None) -> Ballot | None:
    """The running ballot of a matter, or its last one."""
    pk = matter.pk if matter is not None else NOBODYS
    return Ballot.objects.filter(matter_id=pk).order_by("-id").first()


def _holder(ballot: Ballot | None, index: str) -> Voter | None:
    found = Voter.objects.filter(code_index=index, ballot_id=ballot.pk if ballot else NOBODYS)
    return found.first()
