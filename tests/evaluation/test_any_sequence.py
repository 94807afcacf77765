"""No sequence of verbs closes a matter of many with more than a third dissatisfied, or by any other way (rule 10)."""

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
from duban.core.rights import ANYONE
from duban.evaluation.models import Ballot
from duban.evaluation.verbs.balloting import cast_vote, open_ballot
from duban.evaluation.verbs.counting import close_ballot, close_due
from duban.evaluation.verbs.paper import enter_paper, hand_out_paper
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.evaluation.verbs.verdicts import give_verdict
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.handling import complete
from duban.people.models import Staff
from tests.city import at
from tests.stage import CROWD, Stage, build

STEPS = st.one_of(
    *[st.tuples(st.just("vote"), st.integers(0, 4), st.integers(1, 5))] * 3,
    st.tuples(st.just("paper"), st.integers(0, 4), st.just(0)),
    st.tuples(st.just("count"), st.integers(0, 2), st.integers(1, 5)),
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
            ]
        ),
        st.integers(0, 1),
        st.integers(1, 5),
    ),
)


class Life:
    """One matter of five people, to which anything is done in any order; whatever is refused is refused."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.now = stage, at("2014-02-09 09:00")
        stage.staff["clerk2"] = Staff.objects.create(
            username="clerk2",
            display_name="麻阿妹",
            unit=stage.staff["clerk"].unit,
            roles=["clerk"],
            password="!",
        )
        figures = {"ballot_quorum_percent": 0}  # so that few votes count, too
        amend_policy(figures=figures, note="试行", actor=stage["office"], now=at("2014-01-02 09:00"))
        self.matter = stage.completed_for_many(*CROWD[:4])

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
        """Whatever runs is brought to its end: the box is counted, the time is over, the clock comes round."""
        for who, grade in ((0, 5), (1, 5), (1, 4), (0, 4)):
            self.step("count", who, grade)
        self.step("days", 1, 1)
        self.step("clock", 0, 1)

    def _vote(self, matter: Matter, who: int, grade: int, now: datetime) -> Any:
        cast_vote(matter=matter.number, voter=self._voter(matter, who), grade=grade, actor=ANYONE, now=now)

    def _paper(self, matter: Matter, who: int, _grade: int, now: datetime) -> None:
        voters = [self._voter(matter, who)]
        hand_out_paper(matter=matter.number, voters=voters, actor=self.stage["clerk"], now=now)

    def _count(self, matter: Matter, who: int, grade: int, now: datetime) -> None:
        actor = self.stage["clerk2" if who % 2 else "clerk"]
        enter_paper(matter=matter.number, counts={grade: 1}, actor=actor, now=now)

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
            actor=self.stage["handler"],
            now=now,
        )

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
@given(st.lists(STEPS, min_size=4, max_size=30))
def test_nothing_closes_it_against_the_rule(db: None, steps: list[tuple[str, int, int]]) -> None:
    book.forget()
    with transaction.atomic():
        life = Life(build())
        life.step("open", 0, 1)
        for one in steps:
            life.step(*one)
        life.end()
        assert list(breaks()) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("against", range(6))
def test_every_split_of_five_votes(stage: Stage, against: int) -> None:
    """All ways five people can split, online and on paper, end as the rule says."""
    life = Life(stage)
    life.step("open", 0, 1)
    life.step("paper", 4, 0)
    for who in range(4):
        life.step("vote", who, 1 if who < against else 5)
    for clerk in ("clerk", "clerk2"):
        grade = 2 if against == 5 else 4
        enter_paper(
            matter=life.matter.number,
            counts={grade: 1},
            actor=stage[clerk],
            now=life.now + timedelta(minutes=1),
        )
    life.now += timedelta(minutes=2)
    life.step("close", 0, 1)
    assert stage.again(life.matter).state == ("closed" if 3 * against <= 5 else "handling")
