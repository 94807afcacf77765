"""Somebody who writes to the database without the key: what the ballot rests on refuses it, or does not open (rule 10)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from duban.evaluation.models import Ballot, PaperEntry, Slip, Voter
from duban.evaluation.proving import altered
from duban.evaluation.urn import grade_of
from duban.evaluation.verbs.cosigning import remove_cosigner
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.verbs.paper import enter_paper, hand_out_paper
from duban.journal import guards
from duban.ledgers.recounting import recount
from duban.people.citizens import identify
from tests import city
from tests.city import at
from tests.stage import CROWD, Stage, boxed, cards

TEN = at("2014-02-10 10:00")
LAST = at("2014-02-16 10:00")


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def test_a_sealed_slip_is_bound_to_its_row(stage: Stage) -> None:
    """Also whoever takes the triggers off cannot make one slip say what another does."""
    ballot = stage.balloting()
    for grade in (1, 1, 5):
        stage.vote(ballot, grade)
    one, *_, good = sorted(Slip.objects.all(), key=grade_of)
    connection.check_constraints()  # before, PostgreSQL takes no trigger off
    guards.thaw(connection, "evaluation_slip")
    copied = "SELECT grade FROM evaluation_slip WHERE id = %s"
    execute(f"UPDATE evaluation_slip SET grade = ({copied}) WHERE id = %s", good.pk, one.pk)
    with pytest.raises(RuntimeError, match="urn"):
        close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)


def counted(stage: Stage, *grades: int) -> Ballot:
    """A ballot of six with a paper box two people have counted, and these votes online."""
    stage.clerks_elsewhere()
    ballot = stage.balloting(*CROWD[:5])
    given = {"matter": ballot.matter.number, "now": LAST}
    taken = cards(*ballot.voters.order_by("-id").values_list("pk", flat=True)[:2])
    hand_out_paper(id_numbers=taken, actor=stage["clerk2"], **given)
    for username in ("clerk2", "clerk3"):
        enter_paper(counts=boxed(1, 2), actor=stage[username], **given)
    for grade in grades:
        stage.vote(ballot, grade)
    return Ballot.objects.get(pk=ballot.pk)


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement, *values)


def test_a_count_of_the_box_is_bound_to_its_ballot_and_person(stage: Stage) -> None:
    """Not even both counts of another ballot's box, where two people agreed on as many papers, count here."""
    ballot = counted(stage, 1, 1, 1, 1)
    other = stage.balloting(*CROWD[5:9], title="另一件事")
    given = {"matter": other.matter.number, "now": LAST}
    taken = cards(*other.voters.order_by("-id").values_list("pk", flat=True)[:2])
    hand_out_paper(id_numbers=taken, actor=stage["clerk2"], **given)
    for username in ("clerk2", "clerk3"):
        enter_paper(counts=boxed(5, 2), actor=stage[username], **given)
    for place in (1, 2):
        counts = "SELECT counts FROM evaluation_paperentry WHERE ballot_id = %s AND place = %s"
        execute(
            f"UPDATE evaluation_paperentry SET counts = ({counts}) WHERE ballot_id = %s AND place = %s",
            *(other.pk, place, ballot.pk, place),
        )
    with pytest.raises(RuntimeError, match="count of the box"):
        close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)


def test_one_more_on_the_roll_stops_the_closing(stage: Stage) -> None:
    ballot = counted(stage, 5, 5, 5, 5)
    stranger = identify(**city.TENG.form(), now=TEN)
    Voter.objects.create(
        ballot=ballot, citizen=stranger, code="1", code_index="1", voted=True, route="online"
    )
    with pytest.raises(RuntimeError, match="the roll"):
        close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)


def test_what_a_ballot_stands_on_is_frozen(stage: Stage) -> None:
    ballot = counted(stage, 5)
    for change in (
        "roll = 1",
        "quorum_percent = 0",
        "closes_at = opened_at",
        "round = 2",
        "papers_counted = 0",
    ):
        refused(f"UPDATE evaluation_ballot SET {change}")
    citizens = "SELECT max(citizen_id) FROM evaluation_voter"
    for change in (f"citizen_id = ({citizens})", "code_index = 'x'", "code = code"):
        refused(f"UPDATE evaluation_voter SET {change}")
    refused("UPDATE evaluation_voter SET voted = %s, route = ''", False)
    refused("UPDATE evaluation_voter SET route = 'online' WHERE route = 'paper'")
    for change in ("place = 3 - place", "ballot_id = ballot_id", "by_id = by_id"):
        refused(f"UPDATE evaluation_paperentry SET {change}")
    for change in ("citizen_id = citizen_id", "confirmed_at = NULL"):
        refused(f"UPDATE evaluation_cosigner SET {change}")
    refused("UPDATE evaluation_invitation SET token = 'known'")
    execute("UPDATE evaluation_voter SET voted = %s, route = 'online' WHERE voted = %s", True, False)
    assert ballot.roll == 6


def test_what_has_ended_is_not_changed(stage: Stage) -> None:
    ballot = counted(stage, 5, 5, 5, 5)
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)
    for change in ("outcome = 'blocked'", "votes = 7", "closed_at = NULL"):
        refused(f"UPDATE evaluation_ballot SET {change}")
    remove = {"reason": "不是本村人", "actor": stage["office"], "now": TEN}
    other = stage.handling(collective=True, title="另一件事")
    row = stage.cosign(other, CROWD[0])
    remove_cosigner(matter=other.number, cosigner=row.pk, **remove)
    refused("UPDATE evaluation_cosigner SET removed_at = NULL WHERE id = %s", row.pk)
    judged = stage.judge(stage.completed(title="一个人的事"), 1)
    assert judged.round == 2
    refused("UPDATE evaluation_verdict SET grade = 5")


@pytest.mark.parametrize(
    "table", ["ballot", "voter", "paperentry", "cosigner", "invitation", "vote", "verdict"]
)
def test_nothing_a_ballot_rests_on_is_deleted(stage: Stage, table: str) -> None:
    ballot = counted(stage, 5, 5, 5, 1)
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)
    stage.judge(stage.completed(title="一个人的事"), 1)
    refused(f"DELETE FROM evaluation_{table}")


def test_a_slip_is_never_changed(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.vote(ballot, 1)
    for change in ("grade = grade", "id = 1", "ballot_id = ballot_id"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(f"UPDATE evaluation_slip SET {change}")


def test_what_lay_in_a_running_ballot_before_is_bound_by_the_migration(stage: Stage) -> None:
    ballot = counted(stage, 5, 5, 1, 5)
    connection.check_constraints()
    for table in ("slip", "paperentry"):
        guards.thaw(connection, f"evaluation_{table}")
    migration = import_module("duban.evaluation.migrations.0006_ballot_seals")
    migration.leave(apps, None)
    assert {slip.grade for slip in Slip.objects.all()} == {"1", "5"}
    assert {entry.counts for entry in PaperEntry.objects.all()} == {
        '{"1": 2, "2": 0, "3": 0, "4": 0, "5": 0}'
    }
    for _ in range(2):  # and again does no harm
        migration.bind(apps, None)
    assert sorted(grade_of(slip) for slip in Slip.objects.all()) == [1, 5, 5, 5]
    assert close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN).dissatisfied == 3


def closed(stage: Stage) -> Ballot:
    ballot = counted(stage, 5, 5, 5, 2)
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=LAST)
    connection.check_constraints()
    return ballot


def proofs() -> tuple[list[str], list[str]]:
    """What `recount` and `verify` find of ballots."""
    found = [str(one) for one in recount(LAST)]
    return [line for line in found if line.startswith("ballot")], list(altered())


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE evaluation_vote SET grade = 5 WHERE grade = 1", "votes of grade 1: stored 0, {by} 2"),
        ("DELETE FROM evaluation_vote WHERE grade = 2", "votes of grade 2: stored 0, {by} 1"),
        ("UPDATE evaluation_ballot SET outcome = 'passed'", "outcome: stored passed, {by} blocked"),
        ("UPDATE evaluation_ballot SET dissatisfied = 0", "dissatisfied: stored 0, {by} 3"),
        ("UPDATE evaluation_ballot SET papers_counted = 1", "papers counted: stored 1, {by} 2"),
        (
            "UPDATE evaluation_voter SET route = 'online' WHERE route = 'paper'",
            "voters with a paper: stored 0, {by} 2",
        ),
        ("UPDATE evaluation_ballot SET roll = 9", "roll: stored 9, {by} 6"),
    ],
)
def test_changed_votes_are_found_by_the_proofs(stage: Stage, statement: str, found: str) -> None:
    """The triggers taken off and the rows changed: both commands name the ballot."""
    ballot = closed(stage)
    assert proofs() == ([], [])
    for table in ("ballot", "voter", "vote"):
        guards.drop(connection, [f"evaluation_{table}"])
        for name in ("frozen", "counted", "closed", "voted"):
            guards.thaw(connection, f"evaluation_{table}", name)
    execute(statement)
    for lines, by in zip(proofs(), ("proven", "in the journal"), strict=True):
        where = f"ballot {ballot.pk} of {ballot.matter.number}, "
        assert where + found.format(by=by) in lines


def test_a_ballot_without_its_event_and_an_event_without_its_ballot(stage: Stage) -> None:
    ballot = closed(stage)
    guards.drop(connection, ["journal_event"])
    execute("UPDATE journal_event SET kind = 'vote.received' WHERE kind = 'ballot.closed'")
    recounted, verified = proofs()
    assert f"ballot {ballot.pk} of {ballot.matter.number}: stored closed, proven not closed" in recounted
    assert len(verified) == len(recounted)
