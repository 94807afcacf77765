"""Paper ballots: handed out against the roll, counted by two people who do not see each other's figures (rule 10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused
from duban.core.rights import Actor
from duban.core.zone import local
from duban.evaluation.models import Ballot, PaperEntry, Vote
from duban.evaluation.reading import box, result, turnout
from duban.evaluation.verbs.balloting import open_ballot
from duban.evaluation.verbs.counting import close_ballot, close_due
from duban.evaluation.verbs.paper import Count, check_paper, enter_paper, hand_out_paper, is_judged
from duban.journal.models import Event
from duban.matters.boundaries import catch_up
from duban.matters.models import Matter
from duban.matters.timeline import timeline
from duban.matters.verbs.assigning import request_return, rule_return
from duban.matters.verbs.assisting import ask_assist, recall_assist, reply_assist
from duban.people.models import Staff
from tests import city
from tests.city import at
from tests.stage import CROWD, Stage, boxed, cards

TEN = at("2014-02-10 10:00")
LAST = at("2014-02-16 10:00")  # the last day, from which the box can be counted
OVER = at("2014-02-17 00:00")


@pytest.fixture
def ballot(stage: Stage) -> Ballot:
    stage.clerks_elsewhere()
    return stage.balloting(*CROWD[:5])


def people(ballot: Ballot, number: int) -> list[int]:
    return list(ballot.voters.order_by("-id").values_list("pk", flat=True)[:number])


def hand(stage: Stage, ballot: Ballot, voters: list[int], **changes: Any) -> Ballot:
    given = {"matter": ballot.matter.number, "actor": stage["clerk3"], "now": TEN, **changes}
    return hand_out_paper(id_numbers=cards(*voters), **given)


def count(stage: Stage, ballot: Ballot, username: str, now: Any = LAST, **grades: int) -> Count:
    counts = {**dict.fromkeys(range(1, 6), 0), **{int(grade[1:]): number for grade, number in grades.items()}}
    return enter_paper(matter=ballot.matter.number, counts=counts, actor=stage[username], now=now)


def test_who_took_a_paper_cannot_vote_online(stage: Stage, ballot: Ballot) -> None:
    (voter,) = people(ballot, 1)
    hand(stage, ballot, [voter])
    with pytest.raises(Refused, match="own_paper_taken"):
        stage.vote(ballot, 1, voter=voter)
    with pytest.raises(Refused, match="paper_taken"):
        hand(stage, ballot, [voter])
    assert (turnout(ballot).votes, turnout(ballot).out) == (0, 1)
    given = Event.objects.get(kind="paper.given")
    assert given.facts == {"ballot": ballot.pk, "voters": [voter], "unit": "chengguan"}


def test_nor_the_other_way_round_and_all_or_none(stage: Stage, ballot: Ballot) -> None:
    one, two = people(ballot, 2)
    stage.vote(ballot, 5, voter=one)
    with pytest.raises(Refused, match="voter_voted"):
        hand(stage, ballot, [two, one])
    assert turnout(ballot).papers == 0


def test_two_people_agree(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 4))
    assert count(stage, ballot, "clerk3", g5=2, g1=1) is Count.FIRST
    assert count(stage, ballot, "clerk2", g5=2, g1=1) is Count.AGREED
    ballot.refresh_from_db()
    assert (turnout(ballot).votes, turnout(ballot).out) == (3, 0)
    assert not Vote.objects.exists()
    for _ in range(2):
        stage.vote(ballot, 4, now="2014-02-16 10:00")
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=LAST)
    found = result(Ballot.objects.get(pk=ballot.pk))
    assert found.grades == {5: 2, 4: 2, 3: 0, 2: 0, 1: 1}
    assert (found.ballot.votes, found.turnout.online, found.turnout.counted) == (5, 2, 3)
    assert [entry.by.username for entry in found.counters] == ["clerk3", "clerk2"]
    assert {entry.counts for entry in PaperEntry.objects.all()} == {""}
    assert "5" not in str(Event.objects.filter(kind="paper.entered").values_list("facts", flat=True)).replace(
        str(ballot.pk), ""
    )


def test_two_people_disagree_and_start_again(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 3))
    count(stage, ballot, "clerk3", g5=3)
    assert count(stage, ballot, "clerk2", g5=2, g1=1) is Count.DIFFERED
    assert Event.objects.filter(kind="paper.discarded").count() == 1
    with pytest.raises(Refused, match="paper_pending"):
        close_ballot(matter=ballot.matter.number, actor=stage["office"], now=OVER)
    assert count(stage, ballot, "clerk2", g5=2, g1=1) is Count.FIRST
    assert count(stage, ballot, "clerk3", g5=2, g1=1) is Count.AGREED
    told = [one.text for one in timeline(ballot.matter) if one.kind.startswith("paper.")]
    assert told == [
        "第一个人已清点，等第二个人再点一遍。",
        "两个人点的不一样，两次都作废，重新清点。",
        "第一个人已清点，等第二个人再点一遍。",
        "第二个人点的一致，票箱清点完毕。",
    ]
    close_due(OVER)
    assert result(Ballot.objects.get(pk=ballot.pk)).voided == 1


def test_not_the_same_person_twice(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 2))
    count(stage, ballot, "clerk3", g5=2)
    with pytest.raises(Refused, match="paper_same_person"):
        count(stage, ballot, "clerk3", g5=2)
    assert turnout(ballot).counted is None


def test_no_more_papers_than_were_handed_out(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 2))
    with pytest.raises(Invalid) as wrong:
        count(stage, ballot, "clerk3", g5=2, g4=1)
    assert wrong.value.errors["counts"] == ("paper_many", {"total": 3, "papers": 2})
    for grades in ({"g5": -1}, {"g6": 1}, {"g0": 1}, {"g5": True}):
        with pytest.raises(Invalid):
            count(stage, ballot, "clerk3", **grades)
    assert count(stage, ballot, "clerk3") is Count.FIRST  # none came back


@pytest.mark.parametrize("counts", [{}, {5: 1}, {5: 1, 4: 0, 3: 0, 2: 0}])
def test_an_empty_grade_is_no_zero(stage: Stage, ballot: Ballot, counts: dict[int, int]) -> None:
    hand(stage, ballot, people(ballot, 2))
    for verb in (check_paper, enter_paper):
        with pytest.raises(Invalid) as wrong:
            verb(matter=ballot.matter.number, counts=counts, actor=stage["clerk3"], now=LAST)
        assert wrong.value.errors["counts"] == ("paper_blank", {})
    assert not PaperEntry.objects.exists()


def test_looking_at_a_count_writes_nothing(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 3))
    given: dict[str, Any] = {
        "matter": ballot.matter.number,
        "counts": {5: 1, 4: 0, 3: 0, 2: 0, 1: 1},
        "now": LAST,
    }
    catch_up(Matter.objects.get(pk=ballot.matter_id), LAST)  # the clock's own, whoever comes
    events = Event.objects.count()
    found = check_paper(actor=stage["clerk3"], **given)
    assert (found.total, found.papers) == (2, 3)
    assert (PaperEntry.objects.count(), Event.objects.count()) == (0, events)
    with pytest.raises(Refused, match="paper_own_unit"):
        check_paper(actor=stage["clerk"], **given)
    count(stage, ballot, "clerk3", g5=3)
    with pytest.raises(Refused, match="paper_same_person"):
        check_paper(actor=stage["clerk3"], **given)
    assert check_paper(actor=stage["clerk2"], **given).total == 2  # it tells nothing of the first count


def test_the_box_is_closed_once_counting_has_begun(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 1))
    count(stage, ballot, "clerk3", g5=1)
    with pytest.raises(Refused, match="box_closed"):
        hand(stage, ballot, people(ballot, 2)[1:], now=LAST)
    count(stage, ballot, "clerk2", g5=1)
    with pytest.raises(Refused, match="box_counted"):
        count(stage, ballot, "clerk3", g5=1)


def test_the_box_is_counted_on_the_last_day_at_the_earliest(stage: Stage, ballot: Ballot) -> None:
    """Whoever counted before would turn everybody away who comes for a paper until then."""
    hand(stage, ballot, people(ballot, 2))
    before = at("2014-02-15 23:59:59")
    for verb in (check_paper, enter_paper):
        with pytest.raises(Refused, match="box_not_yet") as refused:
            verb(matter=ballot.matter.number, counts=boxed(5, 2), actor=stage["clerk3"], now=before)
        assert refused.value.params == {"day": date(2014, 2, 16)}
    assert (box(ballot, before).countable, box(ballot, before).closed) == (False, False)
    hand(stage, ballot, people(ballot, 3)[2:], now=before)
    midnight = at("2014-02-16 00:00")
    assert box(ballot, midnight).countable
    assert local(box(ballot, before).counting_from) == midnight
    assert count(stage, ballot, "clerk3", now=midnight, g5=3) is Count.FIRST
    assert box(ballot, midnight).closed


def test_or_once_everybody_has_voted_or_taken_a_paper(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 2))
    for _ in range(4):
        with pytest.raises(Refused, match="box_not_yet"):
            count(stage, ballot, "clerk3", now=TEN, g5=2)
        stage.vote(ballot, 4)
    assert box(ballot, TEN).countable
    assert count(stage, ballot, "clerk3", now=TEN, g5=2) is Count.FIRST
    assert count(stage, ballot, "clerk2", now=TEN, g5=2) is Count.AGREED


def test_the_clock_waits_for_the_box_and_dates_to_the_count(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 3))
    assert close_due(OVER) == 0
    with pytest.raises(Refused, match="ballot_over"):
        hand(stage, ballot, people(ballot, 4)[3:], now=OVER)
    count(stage, ballot, "clerk3", now=at("2014-02-17 09:00"), g5=3)
    assert close_due(at("2014-02-17 09:01")) == 0
    count(stage, ballot, "clerk2", now=at("2014-02-17 09:30"), g5=3)
    assert close_due(at("2014-02-17 12:00")) == 1
    assert local(Event.objects.get(kind="ballot.closed").at) == at("2014-02-17 09:30")
    assert Ballot.objects.get(pk=ballot.pk).outcome == "passed"


def test_a_box_counted_on_the_last_day_closes_at_the_last_second(stage: Stage, ballot: Ballot) -> None:
    hand(stage, ballot, people(ballot, 3))
    count(stage, ballot, "clerk3", g1=3)
    count(stage, ballot, "clerk2", g1=3)
    assert close_due(OVER) == 1
    assert local(Event.objects.get(kind="ballot.closed").at) == at("2014-02-16 23:59:59")


def test_nobody_outside_the_roll_and_nothing_without_a_voter(stage: Stage, ballot: Ballot) -> None:
    given = {"matter": ballot.matter.number, "actor": stage["clerk3"], "now": TEN}
    for id_numbers, code in (
        ([city.TENG.id_number], "voter_unknown"),
        ([city.LUO.id_number, city.TENG.id_number], "voter_unknown"),
        (["43310119700230001X"], "id_no_such_day"),
        ([], "required"),
    ):
        with pytest.raises(Invalid) as wrong:
            hand_out_paper(id_numbers=id_numbers, **given)
        assert wrong.value.errors["id_numbers"][0] == code
    assert turnout(ballot).papers == 0
    with pytest.raises(Refused, match="no_papers"):
        count(stage, ballot, "clerk3", g5=1)


def test_whoever_is_judged_keeps_the_hands_off(stage: Stage, ballot: Ballot) -> None:
    """A clerk of the unit that holds the matter neither hands out nor counts, also not as one of the two."""
    assert is_judged(ballot.matter, stage["clerk"])
    with pytest.raises(Refused, match="paper_own_unit"):
        hand(stage, ballot, people(ballot, 1), actor=stage["clerk"])
    hand(stage, ballot, people(ballot, 2))
    with pytest.raises(Refused, match="paper_own_unit"):
        count(stage, ballot, "clerk", g5=2)
    count(stage, ballot, "clerk2", g5=2)
    with pytest.raises(Refused, match="paper_own_unit"):
        count(stage, ballot, "clerk", g5=2)
    assert count(stage, ballot, "clerk3", g5=2) is Count.AGREED


@pytest.mark.parametrize("ended", ["open", "replied", "recalled"])
def test_nor_whoever_assists_or_has(stage: Stage, ended: str) -> None:
    stage.clerks_elsewhere()
    matter = stage.handling(collective=True)
    then: dict[str, Any] = {"matter": matter.number, "now": at("2014-02-01 09:00")}
    ask_assist(unit="chengguan", task="清理占道", actor=stage["handler"], **then)
    if ended == "replied":
        reply_assist(text="已清理。", actor=stage["handler2"], **then)
    if ended == "recalled":
        recall_assist(unit="chengguan", reason="不需要了", actor=stage["handler"], **then)
    for one in CROWD[:2]:
        stage.cosign(matter, one)
    stage.complete(matter)
    ballot = open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-09 09:00"))
    with pytest.raises(Refused, match="paper_own_unit"):
        hand(stage, ballot, people(ballot, 1))


def test_nor_whoever_held_it_before(stage: Stage) -> None:
    """It was theirs for a day; the vote is on what was made of it all the same."""
    stage.clerks_elsewhere()
    matter = stage.assigned(collective=True, unit="chengguan")
    request_return(
        matter=matter.number, reason="不属城管。", suggested="zhaiyang", actor=stage["handler2"],
        now=at("2014-01-29 16:00"),
    )  # fmt: skip
    rule_return(
        matter=matter.number, granted=True, note="", unit="zhaiyang", actor=stage["office"],
        now=at("2014-01-29 17:00"),
    )  # fmt: skip
    for one in CROWD[:2]:
        stage.cosign(matter, one)
    stage.complete(stage.accept(matter))
    ballot = open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-09 09:00"))
    for clerk in ("clerk", "clerk2", "clerk3"):
        with pytest.raises(Refused, match="paper_own_unit"):
            hand(stage, ballot, people(ballot, 1), actor=stage[clerk])
    assert hand(stage, ballot, people(ballot, 1), actor=office_clerk(stage))
    with pytest.raises(Refused, match="paper_own_unit"):
        count(stage, ballot, "clerk2", g5=1)


def office_clerk(stage: Stage) -> Actor:
    return Staff.objects.create(
        username="ducha.1",
        display_name="石阿雅",
        unit=stage.staff["office"].unit,
        roles=["clerk"],
        password="!",
    ).actor


def test_the_office_has_a_terminal_too(stage: Stage, ballot: Ballot) -> None:
    assert hand(stage, ballot, people(ballot, 1), actor=office_clerk(stage))


@pytest.mark.parametrize("username", ["handler", "office", "member"])
def test_only_clerks(stage: Stage, ballot: Ballot, username: str) -> None:
    with pytest.raises(Forbidden):
        hand(stage, ballot, people(ballot, 1), actor=stage[username])
    with pytest.raises(Forbidden):
        count(stage, ballot, username, g5=1)


def test_without_a_ballot(stage: Stage) -> None:
    stage.clerks_elsewhere()
    matter = stage.completed_for_many(CROWD[0])
    with pytest.raises(Refused, match="no_ballot"):
        hand_out_paper(matter=matter.number, id_numbers=["1"], actor=stage["clerk2"], now=TEN)
    with pytest.raises(Refused, match="no_ballot"):
        enter_paper(matter=matter.number, counts={5: 1}, actor=stage["clerk2"], now=TEN)
