"""`resend_code`: the code once more, to whom it belongs; one answer for all, and still one vote (rule 10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.core.refusal import Forbidden, Invalid, Refused, TooMany
from duban.core.rights import ANYONE, Actor
from duban.evaluation.models import Ballot, CodeResending, Slip, Voter
from duban.evaluation.verbs.balloting import cast_vote, open_ballot
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.verbs.paper import hand_out_paper
from duban.evaluation.verbs.resending import resend_code
from duban.evaluation.voting import opened
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.matters.models import Matter
from tests.city import at, person
from tests.stage import CROWD, Stage, cards

TEN = at("2014-02-10 10:00")
STRANGER = "13974399999"
MINUTE = timedelta(minutes=1)


def ask(
    matter: Matter,
    mobile: str = CROWD[0].mobile,
    now: datetime = TEN,
    client: str = "",
    actor: Actor = ANYONE,
) -> None:
    """Asks from an address of its own each minute, unless one is given."""
    client = client or f"{now:%H.%M}.0.1"
    resend_code(matter=matter.number, mobile=mobile, client=client, actor=actor, now=now)


def voter_of(ballot: Ballot, mobile: str) -> Voter:
    return next(one for one in ballot.voters.all() if one.citizen.mobile == mobile)


def owed() -> list[int | None]:
    """Whose code was sent again, in order."""
    return list(CodeResending.objects.order_by("id").values_list("voter", flat=True))


def test_whose_mobile_it_is_gets_the_same_code_again(stage: Stage) -> None:
    ballot = stage.balloting()
    voter = voter_of(ballot, CROWD[0].mobile)
    before = voter.code
    ask(ballot.matter, f"+86 {CROWD[0].mobile}")
    assert owed() == [voter.pk]
    voter.refresh_from_db()
    assert voter.code == before
    assert list(breaks()) == []


def test_history_names_nobody(stage: Stage) -> None:
    ballot = stage.balloting()
    ask(ballot.matter)
    told = Event.objects.get(kind="voting_code.requested")
    assert told.actor == ANYONE.key
    assert set(told.facts) == {"ballot", "resendings", "closes_at"}
    assert told.facts["resendings"] == [CodeResending.objects.get().pk]


def test_a_stranger_costs_the_same_and_hears_the_same(stage: Stage) -> None:
    """Neither what is answered nor what is done tells who is on the roll, who has voted, or whom was sent one just now."""
    ballot = stage.balloting(*CROWD[:3])
    stage.vote(ballot, 5, voter=voter_of(ballot, CROWD[1].mobile).pk)
    shapes = []
    mobiles = (CROWD[0].mobile, CROWD[0].mobile, CROWD[1].mobile, STRANGER)
    for n, mobile in enumerate(mobiles):
        with CaptureQueriesContext(connection) as statements:
            ask(ballot.matter, mobile, now=TEN + n * MINUTE)
        words = [one["sql"].split() for one in statements]
        shapes.append([one[:1] if "SAVEPOINT" in one else one[:3] for one in words])  # those have names
    assert all(one == shapes[0] for one in shapes)
    assert owed() == [voter_of(ballot, CROWD[0].mobile).pk, None, None, None]


@pytest.mark.parametrize("number", ["20140120-9999-9", "nonsense", ""])
def test_an_unknown_number_is_no_refusal(stage: Stage, number: str) -> None:
    resend_code(matter=number, mobile=STRANGER, client="1.2.3.4", actor=ANYONE, now=TEN)
    assert not CodeResending.objects.exists()


def test_only_while_votes_are_taken(stage: Stage) -> None:
    waiting = stage.completed_for_many(*CROWD[:2], title="还没有开始")
    ask(waiting)
    ballot = stage.balloting()
    ask(ballot.matter, now=at("2014-02-17 00:00:00"))
    assert owed() == []
    ask(ballot.matter, now=at("2014-02-16 23:59:59"))
    assert len(owed()) == 1
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=at("2014-02-17 09:00"))
    ask(ballot.matter, now=at("2014-02-17 10:00"))
    assert len(owed()) == 1


def test_whoever_has_voted_gets_none_by_either_route(stage: Stage) -> None:
    ballot = stage.balloting(*CROWD[:2])
    stage.clerks_elsewhere()
    online, paper = (voter_of(ballot, one.mobile) for one in CROWD[:2])
    stage.vote(ballot, 5, voter=online.pk)
    hand_out_paper(matter=ballot.matter.number, id_numbers=cards(paper.pk), actor=stage["clerk2"], now=TEN)
    for one in CROWD[:2]:
        ask(ballot.matter, one.mobile)
    assert owed() == [None, None]


def test_once_in_ten_minutes_and_five_times_a_day(stage: Stage) -> None:
    ballot = stage.balloting()
    voter = voter_of(ballot, CROWD[0].mobile).pk
    ask(ballot.matter)
    ask(ballot.matter, now=TEN + 10 * MINUTE - timedelta(seconds=1))
    assert owed() == [voter, None]
    for n in range(1, 7):
        ask(ballot.matter, now=TEN + n * 10 * MINUTE)
    assert owed() == [voter, None, *[voter] * 4, None, None]
    ask(ballot.matter, now=TEN + timedelta(days=1))
    assert owed()[-1] == voter


def test_a_family_with_one_telephone_gets_every_code(stage: Stage) -> None:
    child = person("乡亲小甲", "19900101", 131, CROWD[0].mobile)
    ballot = stage.balloting(CROWD[0], child)
    ask(ballot.matter)
    assert sorted(owed(), key=str) == sorted(
        (one.pk for one in ballot.voters.all() if one.citizen.mobile == CROWD[0].mobile), key=str
    )
    assert len(owed()) == 2


def test_another_ballots_roll_is_not_asked(stage: Stage) -> None:
    stage.balloting(*CROWD[:2])
    other = stage.balloting(*CROWD[4:6], title="另一件事")
    ask(other.matter)
    assert owed() == [None]


def test_an_earlier_ballots_code_is_not_sent(stage: Stage) -> None:
    ballot = stage.balloting()
    close_ballot(matter=ballot.matter.number, actor=stage["office"], now=at("2014-02-17 09:00"))
    again = open_ballot(matter=ballot.matter.number, actor=stage["office"], now=at("2014-02-17 10:00"))
    ask(ballot.matter, now=at("2014-02-17 11:00"))
    assert owed() == [voter_of(again, CROWD[0].mobile).pk]


def test_one_vote_whichever_message_the_code_was_read_in(stage: Stage) -> None:
    ballot = stage.balloting()
    voter = voter_of(ballot, CROWD[0].mobile)
    first_message, number = voter.code, ballot.matter.number
    ask(ballot.matter)
    second_message = Voter.objects.get(pk=voter.pk).code
    keys = [opened(number, code, client="a", now=TEN) for code in (first_message, second_message)]
    assert {key.voter for key in keys} == {voter}
    cast_vote(matter=number, voter=voter.pk, grade=5, actor=ANYONE, now=TEN)
    for key in keys:
        assert key.voter is not None
        with pytest.raises(Refused, match="already_voted"):
            cast_vote(matter=number, voter=key.voter.pk, grade=1, actor=ANYONE, now=TEN)
    assert Slip.objects.count() == 1


def test_a_client_asks_so_often_and_no_more(stage: Stage) -> None:
    """Five times for one mobile, thirty times in all; who asks from elsewhere is not shut out."""
    ballot = stage.balloting()
    for mobile in (CROWD[0].mobile, STRANGER):
        for _ in range(5):
            ask(ballot.matter, mobile, client="6.6.6.6")
        with pytest.raises(TooMany, match="too_many_tries"):
            ask(ballot.matter, mobile, client="6.6.6.6")
    for n in range(20):
        ask(ballot.matter, f"139743{n:05d}", client="6.6.6.6")
    with pytest.raises(TooMany, match="too_many_tries"):
        ask(ballot.matter, "13974311111", client="6.6.6.6")
    ask(ballot.matter, client="7.7.7.7")


@pytest.mark.parametrize(("mobile", "code"), [("", "mobile_missing"), ("12345", "mobile_shape")])
def test_what_is_no_mobile_is_said(stage: Stage, mobile: str, code: str) -> None:
    ballot = stage.balloting()
    with pytest.raises(Invalid) as no:
        ask(ballot.matter, mobile)
    assert no.value.errors["mobile"][0] == code


@pytest.mark.parametrize("username", ["clerk", "office", "handler"])
def test_nobody_asks_as_an_official(stage: Stage, username: str) -> None:
    ballot = stage.balloting()
    with pytest.raises(Forbidden, match="vote_is_the_voters"):
        ask(ballot.matter, actor=stage[username])
    assert not CodeResending.objects.exists()


def test_the_record_is_only_added_to(stage: Stage) -> None:
    ballot = stage.balloting()
    ask(ballot.matter)
    for change in (
        "DELETE FROM evaluation_coderesending",
        "UPDATE evaluation_coderesending SET voter_id = NULL",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
