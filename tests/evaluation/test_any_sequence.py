"""No sequence of verbs closes a matter of many with more than a third dissatisfied, or by any other way (rule 10).

Neither the office nor the joint meeting, neither one petitioner nor a neighbour whose matter is merged into it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.catalogue import book
from duban.catalogue.policies import amend_policy
from duban.core.refusal import Invalid, Refused
from duban.core.rights import ANYONE, Actor
from duban.core.zone import day_of
from duban.evaluation.models import Ballot
from duban.evaluation.verbs.balloting import cast_vote, open_ballot
from duban.evaluation.verbs.counting import close_ballot, close_due
from duban.evaluation.verbs.paper import enter_paper, hand_out_paper
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.evaluation.verbs.verdicts import give_verdict
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.ledgers.recounting import recount
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import complete
from duban.matters.verbs.merging import merge, separate
from duban.people.models import Staff, Unit
from duban.supervision.verbs.convening import convene
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.docketing import put_on_docket
from tests.city import at
from tests.stage import CROWD, WU, Stage, boxed, build, cards
from tests.supervision.hard import attend

STEPS = st.one_of(
    *[st.tuples(st.just("vote"), st.integers(0, 4), st.integers(1, 5))] * 3,
    st.tuples(st.just("paper"), st.integers(0, 4), st.just(0)),
    st.tuples(st.just("count"), st.integers(0, 2), st.integers(1, 5)),
    st.tuples(st.just("decide"), st.integers(0, 4), st.just(0)),
    st.tuples(
        st.sampled_from(
            [
                "open",
                "open",
                "close",
                "clock",
                "complete",
                "verdict",
                "unrated",
                "withdraw",
                "callback",
                "days",
                "accept",
                "merge",
                "swallow",
                "separate",
                "neighbour",
                "neighbour",
                "neighbour_unrated",
                "neighbour_withdraws",
            ]
        ),
        st.integers(0, 1),
        st.integers(1, 5),
    ),
)


class Life:
    """One matter of five people, and 吴长生's merged into it, to which anything is done in any order; whatever is
    refused is refused."""

    def __init__(self, stage: Stage, *, completed: bool = True) -> None:
        self.stage, self.now = stage, at("2014-02-09 09:00")
        for username in ("clerk2", "clerk3"):  # of a unit nothing is assigned to, whoever is judged
            stage.staff[username] = Staff.objects.create(
                username=username,
                display_name="麻阿妹",
                unit=Unit.objects.get(code="zhujian"),
                roles=["clerk"],
                password="!",
            )
        figures = {"ballot_quorum_percent": 0}  # so that few votes count, too
        amend_policy(figures=figures, note="试行", actor=stage["office"], now=at("2014-01-02 09:00"))
        matter = stage.handling(collective=True)
        for one in CROWD[:4]:
            stage.cosign(matter, one)
        self.neighbour = stage.assigned("2014-02-08 09:00", petitioner=WU)
        self._merge(matter, 0, 0, at("2014-02-08 09:10"))
        self.matter = stage.complete(matter) if completed else stage.again(matter)

    def step(self, what: str, who: int, grade: int) -> None:
        self.now += timedelta(minutes=1)
        matter = self.stage.again(self.matter)
        deed = getattr(self, f"_{what}")
        try:
            with transaction.atomic():
                deed(matter, who, grade, self.now)
        except (Refused, Invalid):
            pass
        self.check()

    def check(self) -> None:
        matter = self.stage.again(self.matter)
        assert matter.lead_id is None  # nobody decides about it by way of another
        if matter.state != "closed":
            return
        last = Ballot.objects.filter(matter=matter).latest("id")
        assert matter.basis == "ballot"
        assert last.outcome == "passed"
        facts = Event.objects.get(pk=matter.basis_event_id).facts
        grades = facts["grades"]
        against = grades["1"] + grades["2"]
        assert 3 * against <= facts["votes"]
        assert facts["votes"] == sum(grades.values()) >= 1
        assert facts["votes"] <= facts["roll"] == 5

    def _voter(self, matter: Matter, who: int) -> int:
        """Mostly somebody who has not voted yet; sometimes somebody who has."""
        found = Ballot.objects.filter(matter=matter).order_by("-id").first()
        voters = list(found.voters.order_by("voted", "id").values_list("pk", flat=True)) if found else [0]
        return voters[-1 if who == 4 else 0]

    def end(self) -> None:
        """Whatever runs is brought to its end: the time is over, the box is counted, the clock comes round."""
        self.step("days", 1, 1)
        for who, grade in ((0, 5), (1, 5), (1, 4), (0, 4)):
            self.step("count", who, grade)
        self.step("clock", 0, 1)

    def _vote(self, matter: Matter, who: int, grade: int, now: datetime) -> Any:
        cast_vote(matter=matter.number, voter=self._voter(matter, who), grade=grade, actor=ANYONE, now=now)

    def _paper(self, matter: Matter, who: int, _grade: int, now: datetime) -> None:
        one = cards(self._voter(matter, who))
        hand_out_paper(matter=matter.number, id_numbers=one, actor=self.stage["clerk3"], now=now)

    def _count(self, matter: Matter, who: int, grade: int, now: datetime) -> None:
        actor = self.stage["clerk2" if who % 2 else "clerk3"]
        enter_paper(matter=matter.number, counts=boxed(grade, 1), actor=actor, now=now)

    def _open(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        open_ballot(matter=matter.number, actor=self.stage["office"], now=now)

    def _close(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        close_ballot(matter=matter.number, actor=self.stage["office"], now=now)

    def _clock(self, _matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        close_due(now)

    def _complete(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        complete(
            matter=matter.number,
            outcome="solved",
            statement="又修了一遍，全部来水。",
            actor=self._holder(matter),
            now=now,
        )

    def _holder(self, matter: Matter) -> Actor:
        return self.stage["handler" if matter.unit_id == "zhaiyang" else "handler2"]

    def _accept(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        standard = self.stage.standards["water" if matter.unit_id == "zhaiyang" else "street"]
        accept(
            matter=matter.number,
            contact_method="phone",
            contact_note="问清了。",
            standard=standard.pk,
            actor=self._holder(matter),
            now=now,
        )

    def _decide(self, matter: Matter, who: int, _grade: int, now: datetime) -> None:
        """The joint meeting decides: another unit, a later day, put off, closed, or as it is."""
        office = self.stage["office"]
        item = put_on_docket(matter=matter.number, reason="意见不一", actor=office, now=now)
        meeting = convene(held_on=day_of(now), place="会议室", items=[item.pk], actor=office, now=now)
        attend(self.stage, meeting.pk, now)
        later = book.book().calendar.nth_workday(max(day_of(now), day_of(matter.clock_due_at)), 2)
        decide(
            item=item.pk,
            meeting=meeting.pk,
            kind=("close", "reassign", "extend", "defer", "keep")[who],
            reason="统筹办理。",
            unit="chengguan" if matter.unit_id == "zhaiyang" else "zhaiyang",
            due_on=later,
            review_on=later,
            confirmed=True,
            actor=self.stage["member"],
            now=now,
        )

    def _merge(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        merge(
            matter=self.neighbour.number,
            lead=matter.number,
            reason="同一处",
            actor=self.stage["office"],
            now=now,
        )

    def _swallow(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        merge(
            matter=matter.number,
            lead=self.neighbour.number,
            reason="同一处",
            actor=self.stage["office"],
            now=now,
        )

    def _separate(self, _matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        separate(matter=self.neighbour.number, reason="两处", actor=self.stage["office"], now=now)

    def _neighbour(self, _matter: Matter, _who: int, grade: int, now: datetime) -> None:
        give_verdict(matter=self.neighbour.number, grade=grade, actor=petitioner_of(self.neighbour), now=now)

    def _neighbour_unrated(self, _matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        one = {"matter": self.neighbour.number, "actor": self.stage["office"], "now": now}
        call_back(result="declined", note="不愿评价。", **one)
        close_unrated(**one)

    def _neighbour_withdraws(self, _matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        withdraw(matter=self.neighbour.number, reason="", actor=petitioner_of(self.neighbour), now=now)

    def _verdict(self, matter: Matter, _who: int, grade: int, now: datetime) -> None:
        give_verdict(matter=matter.number, grade=grade, actor=petitioner_of(matter), now=now)

    def _unrated(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        close_unrated(matter=matter.number, actor=self.stage["office"], now=now)

    def _withdraw(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=now)

    def _callback(self, matter: Matter, _who: int, _grade: int, now: datetime) -> None:
        call_back(matter=matter.number, result="reached", note="通了。", actor=self.stage["office"], now=now)

    def _days(self, _matter: Matter, who: int, _grade: int, _now: datetime) -> None:
        self.now += timedelta(days=4 + 4 * who)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=8), st.lists(STEPS, min_size=4, max_size=24))
def test_nothing_closes_it_against_the_rule(
    db: None, before: list[tuple[str, int, int]], steps: list[tuple[str, int, int]]
) -> None:
    book.forget()
    with transaction.atomic():
        life = Life(build(), completed=False)
        for one in before:
            life.step(*one)
        life.step("complete", 0, 1)
        life.step("open", 0, 1)
        for one in steps:
            life.step(*one)
        life.end()
        assert list(breaks()) == []
        assert recount(life.now) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("against", range(6))
def test_every_split_of_five_votes(stage: Stage, against: int) -> None:
    """All ways five people can split, online and on paper, end as the rule says."""
    life = Life(stage)
    life.step("open", 0, 1)
    life.step("paper", 4, 0)
    for who in range(4):
        life.step("vote", who, 1 if who < against else 5)
    for clerk in ("clerk3", "clerk2"):
        grade = 2 if against == 5 else 4
        enter_paper(
            matter=life.matter.number,
            counts=boxed(grade, 1),
            actor=stage[clerk],
            now=life.now + timedelta(minutes=1),
        )
    life.now += timedelta(minutes=2)
    life.step("close", 0, 1)
    assert stage.again(life.matter).state == ("closed" if 3 * against <= 5 else "handling")
