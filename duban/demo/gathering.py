"""Many petitioners of the demo: co-signing by link and code, and ballots online and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from duban.core.kinds import Grade
from duban.core.rights import ANYONE
from duban.evaluation.models import Voter
from duban.evaluation.verbs.balloting import cast_vote, open_ballot
from duban.evaluation.verbs.cosigning import Asked, confirm, invite, remove_cosigner, request_code
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.verbs.paper import enter_paper, hand_out_paper
from duban.evaluation.verbs.resending import resend_code
from duban.matters.verbs.registering import Petitioner

from .cases import Case, Strand

TERMINAL = "aizhai"  # whose clerk handles papers: neither the unit judged nor one that assists


@dataclass
class Gathering(Strand):
    """Those who stand behind one collective matter. Voters are counted from 0, which is the petitioner."""

    case: Case = field(kw_only=True)
    people: Sequence[Petitioner] = field(kw_only=True)  # the co-signers
    terminal: str = TERMINAL  # the unit whose people hand out papers and count the box
    link: str = ""
    asked: list[Asked] = field(default_factory=list)

    def gather(self, at: datetime, *, every: timedelta) -> datetime:
        """Plan the invitation and one co-signer after the other; gives the last instant back."""
        self.plan(at, self.invite)
        for place in range(len(self.people)):
            at += every
            self.plan(at, self.ask, place=place)
            self.plan(at + timedelta(minutes=2), self.join, place=place)
        return at + timedelta(minutes=2)

    def invite(self, *, now: datetime) -> None:
        """The petitioner makes the link."""
        self.link = invite(matter=self.case.number, actor=self.case.petitioner, now=now).token

    def ask(self, *, now: datetime, place: int) -> None:
        """Somebody follows it and asks for a code."""
        who = self.people[place]
        asked = request_code(
            link=self.link, name=who.name, id_number=who.id_number, mobile=who.mobile,
            client=f"demo-{place}", actor=ANYONE, now=now,
        )  # fmt: skip
        self.asked.append(asked)

    def join(self, *, now: datetime, place: int) -> None:
        """The code comes back."""
        asked = self.asked[place]
        confirm(
            link=self.link, token=asked.token, code=asked.request.code, client=f"demo-{place}",
            actor=ANYONE, now=now,
        )  # fmt: skip

    def remove(self, *, now: datetime, place: int, reason: str) -> None:
        """The office takes one off."""
        remove_cosigner(
            matter=self.case.number, cosigner=self.asked[place].request.cosigner_id, reason=reason,
            actor=self.case.troupe["office"], now=now,
        )  # fmt: skip

    def open(self, *, now: datetime, closes_on: date | None = None) -> None:
        """The office opens the ballot."""
        open_ballot(matter=self.case.number, actor=self.case.troupe["office"], now=now, closes_on=closes_on)

    def vote(self, *, now: datetime, who: int, grade: int) -> None:
        """One of the roll votes online."""
        cast_vote(matter=self.case.number, voter=self._roll()[who], grade=grade, actor=ANYONE, now=now)

    def ask_again(self, *, now: datetime, place: int) -> None:
        """A co-signer has not got the message with the voting code."""
        resend_code(
            matter=self.case.number, mobile=self.people[place].mobile, client=f"demo-{place}",
            actor=ANYONE, now=now,
        )  # fmt: skip

    def give(self, *, now: datetime, who: Sequence[int]) -> None:
        """A clerk hands papers out."""
        roll = self._roll()
        voters = Voter.objects.filter(pk__in=[roll[one] for one in who]).select_related("citizen")
        hand_out_paper(
            matter=self.case.number, id_numbers=[voter.citizen.id_number for voter in voters],
            actor=self.case.troupe.clerk(self.terminal), now=now,
        )  # fmt: skip

    def count(self, *, now: datetime, counts: Mapping[int, int], second: bool = False) -> None:
        """One of two people counts the box: who sits at the terminal, or a clerk from the office's house."""
        clerk = self.case.troupe["ducha.1"] if second else self.case.troupe.clerk(self.terminal)
        enter_paper(
            matter=self.case.number, counts={**{int(one): 0 for one in Grade}, **counts}, actor=clerk, now=now
        )

    def close(self, *, now: datetime) -> None:
        """The office closes the ballot when everybody has voted."""
        close_ballot(matter=self.case.number, actor=self.case.troupe["office"], now=now)

    def _roll(self) -> list[int]:
        rows = Voter.objects.filter(ballot__matter__number=self.case.number, ballot__closed_at=None)
        return list(rows.order_by("id").values_list("pk", flat=True))
