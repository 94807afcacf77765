"""`open_ballot`: a frozen roll, and a code for everybody on it (rule 10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from duban.catalogue.policies import amend_policy
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.core.zone import local
from duban.evaluation.models import Ballot, CoSigner, Voter
from duban.evaluation.roll_reading import next_roll, roll_change
from duban.evaluation.rolls import RollChange, RollLine, pasted
from duban.evaluation.verbs.balloting import check_ballot, open_ballot
from duban.evaluation.verbs.cosigning import remove_cosigner
from duban.evaluation.verbs.counting import close_ballot
from duban.journal.models import Event
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.timeline import timeline
from duban.notifications.delivering import deliver
from duban.people.models import Citizen
from tests import city
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import CROWD, Stage

NINE = at("2014-02-09 09:00")


def line(person: city.Person, at_line: int = 1) -> RollLine:
    return RollLine(at_line, person.name, person.id_number, person.mobile)


def begin(stage: Stage, matter: Matter, **changes: Any) -> Ballot:
    return open_ballot(**{"matter": matter.number, "actor": stage["office"], "now": NINE, **changes})


def test_the_roll_is_petitioner_cosigners_and_pasted(stage: Stage) -> None:
    matter = stage.completed_for_many(CROWD[0])
    ballot = begin(stage, matter, extra=[line(CROWD[1])])
    assert [one.citizen.name for one in ballot.voters.order_by("id")] == [
        city.LUO.name,
        CROWD[0].name,
        CROWD[1].name,
    ]
    assert (ballot.roll, ballot.quorum_percent, ballot.round) == (3, 50, 1)
    assert local(ballot.closes_at) == at("2014-02-16 23:59:59")
    opened = Event.objects.get(kind="ballot.opened")
    assert opened.facts["roll"] == 3
    assert all(len(one.code) == 10 for one in Voter.objects.all())


def test_everybody_is_sent_a_code_of_their_own(stage: Stage) -> None:
    ballot = stage.balloting()
    post = Post()
    deliver(at("2014-02-09 09:01"), channels=post.channels)
    for voter in ballot.voters.select_related("citizen"):
        told = [text for text in post.to(voter.citizen.mobile) if "投票码" in text]
        assert len(told) == 1
        assert f"{voter.code[:5]} {voter.code[5:]}" in told[0]
    assert len({voter.code for voter in ballot.voters.all()}) == 3


def test_who_has_voted_meanwhile_is_not_sent_one(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.vote(ballot, 5)
    post = Post()
    deliver(at("2014-02-10 10:01"), channels=post.channels)
    assert len([text for _, _, text in post.sent if "投票码" in text]) == 2


@pytest.mark.parametrize("day", [date(2014, 2, 9), date(2014, 2, 8), date(2014, 4, 11)])
def test_the_last_day_lies_ahead_and_not_too_far(stage: Stage, day: date) -> None:
    matter = stage.completed_for_many(CROWD[0])
    with pytest.raises(Invalid) as wrong:
        begin(stage, matter, closes_on=day)
    assert wrong.value.errors["closes_on"][0] == "ballot_day"
    assert begin(stage, matter, closes_on=date(2014, 4, 10)).closes_at > NINE


def test_nobody_on_the_roll_but_the_petitioner(stage: Stage) -> None:
    matter = stage.completed_for_many()
    with pytest.raises(Refused, match="roll_empty"):
        begin(stage, matter)
    assert not Ballot.objects.exists()
    assert begin(stage, matter, extra=[line(CROWD[0])]).roll == 2


def test_lines_that_cannot_be_are_named(stage: Stage) -> None:
    matter = stage.completed_for_many(CROWD[0])
    extra = [
        line(CROWD[1], 1),
        RollLine(2, "石", CROWD[2].id_number, CROWD[2].mobile),
        line(CROWD[1], 4),
        line(CROWD[0], 5),
        line(city.LUO, 6),
        RollLine(7, "龙大妈", "43310119700230001X", "1"),
    ]
    with pytest.raises(Invalid) as wrong:
        begin(stage, matter, extra=extra)
    assert {field: code for field, (code, _) in wrong.value.errors.items()} == {
        "extra.2": "name_length",
        "extra.4": "roll_twice",
        "extra.5": "roll_known",
        "extra.6": "roll_known",
        "extra.7": "id_no_such_day",
    }
    assert wrong.value.errors["extra.4"][1] == {"first": 1}
    assert not Ballot.objects.exists()


def test_too_long_a_paste(stage: Stage) -> None:
    matter = stage.completed_for_many(CROWD[0])
    with pytest.raises(Invalid) as wrong:
        begin(stage, matter, extra=[line(CROWD[1])] * 2001)
    assert wrong.value.errors["extra"][0] == "roll_long"


def test_a_paste_is_read_line_by_line() -> None:
    one, two = CROWD[:2]
    text = f"{one.name} {one.id_number}\t{one.mobile}\n\n{two.name}，{two.id_number}，{two.mobile}\n"
    assert pasted(text) == [line(one, 1), line(two, 3)]
    assert pasted(f"Ana Maria {one.id_number} {one.mobile}")[0].name == "Ana Maria"
    with pytest.raises(Invalid) as wrong:
        pasted(f"{one.name} {one.id_number}\n姓名")
    assert set(wrong.value.errors) == {"extra.1", "extra.2"}


def test_one_at_a_time(stage: Stage) -> None:
    ballot = stage.balloting()
    with pytest.raises(Refused, match="ballot_open"):
        begin(stage, ballot.matter)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.create(
            matter=ballot.matter, round=1, opened_at=NINE, opened_by=ballot.opened_by, closes_at=NINE,
            quorum_percent=50, roll=2,
        )  # fmt: skip


def test_the_quorum_is_frozen(stage: Stage) -> None:
    ballot = stage.balloting()
    amend_policy(figures={"ballot_quorum_percent": 90}, note="提高", actor=stage["office"], now=NINE)
    assert Ballot.objects.get(pk=ballot.pk).quorum_percent == 50


@pytest.mark.parametrize("state", ["assigned", "handling"])
def test_only_once_completed(stage: Stage, state: str) -> None:
    matter = getattr(stage, state)(collective=True)
    with pytest.raises(Refused, match="wrong_state"):
        begin(stage, matter)


def test_only_of_a_collective_matter(stage: Stage) -> None:
    with pytest.raises(Refused, match="not_collective"):
        begin(stage, stage.completed())


@pytest.mark.parametrize("username", ["handler", "head", "member", "leader"])
def test_only_by_the_office(stage: Stage, username: str) -> None:
    matter = stage.completed_for_many(CROWD[0])
    with pytest.raises(Forbidden):
        begin(stage, matter, actor=stage[username])
    with pytest.raises(Forbidden):
        begin(stage, matter, actor=petitioner_of(matter))
    with pytest.raises(Unknown):
        begin(stage, matter, actor=stage["clerk"])


def failed(stage: Stage) -> Matter:
    """The ballot of five (two of them pasted) is blocked, and the matter completed once more."""
    matter = stage.completed_for_many(*CROWD[:2])
    ballot = begin(stage, matter, extra=[line(CROWD[2], 1), line(CROWD[3], 2)])
    for _ in range(5):
        stage.vote(ballot, 1)
    close_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-10 11:00"))
    return stage.complete(stage.again(matter), "2014-02-18 10:00")


AGAIN = at("2014-02-18 11:00")


def on(ballot: Ballot) -> set[str]:
    return {one.citizen.name for one in ballot.voters.select_related("citizen")}


def test_the_next_roll_begins_with_everybody_on_the_last_one(stage: Stage) -> None:
    """Whom the office had pasted, too: it does not choose a kinder electorate after a defeat by forgetting some."""
    matter = failed(stage)
    stage.cosign(matter, CROWD[4], now="2014-02-18 10:30")
    assert next_roll(matter, AGAIN) == RollChange(5, 6, removals=[])
    ballot = begin(stage, matter, now=AGAIN, extra=[line(CROWD[5])])
    assert on(ballot) == {city.LUO.name, *(one.name for one in CROWD[:6])}
    found = roll_change(ballot, matter)
    assert found == RollChange(5, 7, removals=[])
    assert found is not None
    assert (found.gone, found.joined, found.reasons) == (0, 2, [])


def test_nobody_is_left_off_without_being_named_and_a_reason(stage: Stage) -> None:
    matter = failed(stage)
    last = matter.ballots.get()
    voters = {one.citizen.name: one.pk for one in last.voters.select_related("citizen")}
    one = voters[CROWD[3].name]
    for leaving, reason, wrong in (
        ([one], " ", ("leaving_reason", "text_missing")),
        ([], "已迁出", ("leaving", "required")),
        ([0], "已迁出", ("leaving", "voter_unknown")),
        ([voters[city.LUO.name]], "已迁出", ("leaving", "leaving_petitioner")),
    ):
        with pytest.raises(Invalid) as invalid:
            begin(stage, matter, now=AGAIN, leaving=leaving, leaving_reason=reason)
        assert (wrong[0], invalid.value.errors[wrong[0]][0]) == wrong
    given: dict[str, Any] = {
        "matter": matter.number, "actor": stage["office"], "now": AGAIN, "leaving": [one],
        "leaving_reason": "已迁出本村", "extra": [line(CROWD[6])],
    }  # fmt: skip
    before = (Event.objects.count(), Citizen.objects.count(), Ballot.objects.count())
    seen = check_ballot(**given)
    assert seen == RollChange(5, 5, 1, "已迁出本村", [])
    assert before == (Event.objects.count(), Citizen.objects.count(), Ballot.objects.count())
    ballot = open_ballot(**given)
    assert CROWD[3].name not in on(ballot)
    assert roll_change(ballot, matter) == seen
    facts = Event.objects.filter(kind="ballot.opened").latest("pk").facts
    assert (facts["last"], facts["last_roll"], facts["left"], facts["removed"]) == (last.pk, 5, [one], [])
    assert CROWD[3].name not in str(facts)
    assert "已迁出" not in str(facts)
    told = [entry.text for entry in timeline(stage.again(matter)) if entry.kind == "ballot.opened"][-1]
    assert "上次选民册 5 人，本次 5 人：不再列入 1 人，新列入 1 人。 不再列入的理由：已迁出本村" in told


def test_a_cosigner_removed_since_is_left_off_with_that_reason(stage: Stage) -> None:
    matter = failed(stage)
    row = CoSigner.objects.order_by("id")[0]
    remove = {"matter": matter.number, "actor": stage["office"], "now": AGAIN}
    remove_cosigner(cosigner=row.pk, reason="本人要求退出", **remove)
    assert next_roll(matter, AGAIN) == RollChange(5, 4, removals=["本人要求退出"])
    ballot = begin(stage, matter, now=AGAIN)
    assert CROWD[0].name not in on(ballot)
    found = roll_change(ballot, matter)
    assert found is not None
    assert (found.last, found.roll, found.gone, found.reasons) == (5, 4, 1, ["本人要求退出"])
    assert Event.objects.filter(kind="ballot.opened").latest("pk").facts["removed"] == [row.pk]


def test_whoever_stands_on_the_last_roll_need_not_be_pasted_again(stage: Stage) -> None:
    matter = failed(stage)
    with pytest.raises(Invalid) as wrong:
        begin(stage, matter, now=AGAIN, extra=[line(CROWD[2])])
    assert wrong.value.errors["extra.1"][0] == "roll_known"


def test_the_first_roll_is_held_against_none(stage: Stage) -> None:
    ballot = stage.balloting()
    assert roll_change(ballot, ballot.matter) is None
    assert "last" not in Event.objects.get(kind="ballot.opened").facts
