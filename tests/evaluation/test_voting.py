"""`cast_vote`, and who is let in to vote: one person one vote, and nothing that tells how (rule 10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from duban.core.refusal import Invalid, Refused, TooMany, Unknown
from duban.core.rights import ANYONE
from duban.evaluation.models import Slip, Vote, Voter
from duban.evaluation.reading import result, turnout
from duban.evaluation.verbs.balloting import cast_vote
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.voting import for_petitioner, for_voter, opened
from duban.journal.models import Event
from duban.journal.verifying import breaks
from tests.city import at
from tests.stage import CROWD, Stage

TEN = at("2014-02-10 10:00")


def test_a_vote_is_counted_and_no_result_shows(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.vote(ballot, 2)
    assert (turnout(ballot).votes, turnout(ballot).left) == (1, 2)
    with pytest.raises(Refused, match="ballot_not_closed"):
        result(ballot)
    received = Event.objects.get(kind="vote.received")
    assert received.actor == "voter"
    assert received.facts == {"ballot": ballot.pk, "route": "online"}
    assert list(breaks()) == []


def test_not_twice(stage: Stage) -> None:
    ballot = stage.balloting()
    voter = ballot.voters.earliest("id").pk
    stage.vote(ballot, 5, voter=voter)
    with pytest.raises(Refused, match="already_voted"):
        stage.vote(ballot, 1, voter=voter)
    assert Slip.objects.count() == 1


def test_the_last_second_counts_and_the_next_does_not(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.vote(ballot, 5, now="2014-02-16 23:59:59")
    with pytest.raises(Refused, match="ballot_over"):
        stage.vote(ballot, 5, now="2014-02-17 00:00:00")


def test_not_after_closing_and_not_without_a_ballot(stage: Stage) -> None:
    ballot = stage.balloting()
    for _ in range(3):
        stage.vote(ballot, 5)
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)
    with pytest.raises(Refused, match="ballot_over"):
        stage.vote(ballot, 5, voter=ballot.voters.earliest("id").pk)
    other = stage.completed_for_many(title="另一件事")
    with pytest.raises(Refused, match="no_ballot"):
        cast_vote(matter=other.number, voter=1, grade=5, actor=ANYONE, now=TEN)


@pytest.mark.parametrize("grade", [0, 6, -1])
def test_five_grades_and_no_other(stage: Stage, grade: int) -> None:
    ballot = stage.balloting()
    with pytest.raises(Invalid):
        stage.vote(ballot, grade)
    assert not Voter.objects.filter(voted=True).exists()


def test_nobody_elses_roll(stage: Stage) -> None:
    ballot, other = stage.balloting(), stage.balloting(*CROWD[4:6], title="另一件事")
    with pytest.raises(Unknown, match="voter_unknown"):
        stage.vote(ballot, 5, voter=other.voters.earliest("id").pk)


def open_with(stage: Stage, number: str, code: str, client: str = "1.2.3.4", now: datetime = TEN) -> Any:
    return opened(number, code, client=client, now=now)


def test_a_voting_code_opens_the_ballot_and_nothing_else(stage: Stage) -> None:
    ballot = stage.balloting()
    voter = ballot.voters.latest("id")
    key = open_with(stage, ballot.matter.number, f"{voter.code[:5]} {voter.code[5:]}")
    assert (key.ballot, key.voter, key.actor) == (ballot, voter, ANYONE)
    assert for_voter(ballot.matter.number, voter.pk) == key


def test_the_petitioner_votes_with_the_query_code(stage: Stage) -> None:
    ballot = stage.balloting()
    key = open_with(stage, ballot.matter.number, ballot.matter.query_code)
    assert key.voter.citizen_id == ballot.matter.petitioner_id
    assert for_petitioner(stage.again(ballot.matter)).voter == key.voter


def test_a_wrong_code_and_an_unknown_number_get_one_answer(stage: Stage) -> None:
    number = stage.balloting().matter.number
    for asked, code in ((number, "0000000000"), ("20140120-9999-9", "0000000000"), (number, "")):
        with pytest.raises(Unknown) as no:
            open_with(stage, asked, code)
        assert no.value.code == "wrong_voting_code"


def test_a_wrong_code_costs_as_many_statements_as_an_unknown_number(
    stage: Stage, django_assert_num_queries: Any
) -> None:
    number = stage.balloting().matter.number
    for asked in (number, "20140120-9999-9"):
        with django_assert_num_queries(5), pytest.raises(Unknown):
            open_with(stage, asked, "0000000000")


def test_guessing_gets_nowhere(stage: Stage) -> None:
    ballot = stage.balloting()
    for _ in range(5):
        with pytest.raises(Unknown):
            open_with(stage, ballot.matter.number, "0000000000")
    right = ballot.voters.earliest("id").code
    with pytest.raises(TooMany):
        open_with(stage, ballot.matter.number, right)
    assert open_with(stage, ballot.matter.number, right, client="5.6.7.8").voter
    assert open_with(stage, ballot.matter.number, right, now=at("2014-02-10 10:16")).voter


def test_a_code_of_an_earlier_ballot_opens_nothing(stage: Stage) -> None:
    ballot = stage.balloting()
    old = ballot.voters.earliest("id")
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=at("2014-02-17 09:00"))
    from duban.evaluation.verbs.balloting import open_ballot

    open_ballot(matter=ballot.matter.number, actor=stage["office"], now=at("2014-02-17 10:00"))
    with pytest.raises(Unknown):
        open_with(stage, ballot.matter.number, old.code, now=at("2014-02-17 11:00"))
    assert for_voter(ballot.matter.number, old.pk) is None


def rows() -> dict[str, list[dict[str, object]]]:
    """Every table of the database, as anybody with a copy of it reads it."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def test_no_record_ties_voter_and_grade(stage: Stage) -> None:
    """Of the tables that hold a grade none has a column that a table of voters has a value of, but the ballot."""
    ballot = stage.balloting()
    for grade in (5, 4, 4):
        stage.vote(ballot, grade)
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)
    dump = rows()
    assert not dump["evaluation_slip"]
    votes = dump["evaluation_vote"]
    assert [sorted(vote) for vote in votes] == [["ballot_id", "grade", "id"]] * 3
    ids = {vote["id"] for vote in votes}
    shown = {
        (table, column)
        for table, found in dump.items()
        for row in found
        for column, value in row.items()
        if table != "evaluation_vote" and (value in ids or any(str(one) in str(value) for one in ids))
    }
    assert shown == set(), "the id of a vote stands elsewhere"
    graded = {
        table
        for table, found in dump.items()
        for row in found
        if "grade" in row or "grades" in str(row.get("facts", ""))
    }
    assert graded == {"evaluation_vote", "journal_event"}
    voters = {
        f"{name}:{voter[f'{name}_id' if name == 'citizen' else 'id']}"
        for voter in dump["evaluation_voter"]
        for name in ("citizen", "voter")
    }
    for event in dump["journal_event"]:
        if event["kind"] in ("vote.received", "ballot.closed"):
            assert event["actor"] not in voters
            assert not {"voter", "citizen", "slip", "vote"} & set(Event.objects.get(pk=event["id"]).facts)


def test_ids_say_nothing_about_the_order_of_voting(stage: Stage) -> None:
    """Ten votes in the order of grades come out of the urn in another one (one time in millions they would not)."""
    ballot = stage.balloting(*CROWD)
    order = [1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5]
    for grade in order:
        stage.vote(ballot, grade)
    stage_slips = list(Slip.objects.values_list("pk", flat=True))
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)
    assert list(Vote.objects.order_by("pk").values_list("grade", flat=True)) != order
    assert not set(stage_slips) & set(Vote.objects.values_list("pk", flat=True))


def test_while_the_ballot_runs_the_grade_is_sealed(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.vote(ballot, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT grade FROM evaluation_slip")
        (sealed,) = cursor.fetchone()
    assert len(bytes(sealed)) > 20


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evaluation_vote SET grade = 5",
        "DELETE FROM evaluation_vote",
        "DELETE FROM evaluation_voter",
        "DELETE FROM evaluation_ballot",
    ],
)
def test_the_database_keeps_votes(stage: Stage, statement: str) -> None:
    ballot = stage.balloting()
    for grade in (1, 1, 1):
        stage.vote(ballot, grade)
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Vote.objects.count() == 3


def test_an_urn_tampered_with_is_not_counted(stage: Stage) -> None:
    ballot = stage.balloting()
    for grade in (5, 5, 5):
        stage.vote(ballot, grade)
    Slip.objects.first().delete()  # type: ignore[union-attr]
    with pytest.raises(RuntimeError, match="one slip for every online voter"):
        close_ballot(matter=ballot.matter.number, actor=stage["office"], now=TEN)
