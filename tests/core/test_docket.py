"""What puts a matter on the docket, and when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.disclosing import holds_personal_figures
from duban.core.docket import Ground, Happened, follow_up_light, reason_of, red_since
from duban.core.events import Kind
from duban.core.lights import Light
from duban.core.policy import Policy
from tests.city import at

from .year_2014 import CALENDAR

POLICY = Policy()
START = at("2014-02-10 09:00")


def stream(*kinds: Kind | tuple[Kind, str]) -> list[Happened]:
    """These things, an hour apart."""
    happened = []
    for seq, one in enumerate(kinds, 1):
        kind, outcome = one if isinstance(one, tuple) else (one, "")
        happened.append(Happened(seq, kind, START + timedelta(hours=seq), outcome))
    return happened


@pytest.mark.parametrize(
    ("kind", "outcome", "ground"),
    [
        (Kind.MATTER_REOPENED, "", Ground.NEGATIVE),
        (Kind.RETURN_GRANTED, "", Ground.RETURNS),
        (Kind.BALLOT_CLOSED, "blocked", Ground.BALLOT),
        (Kind.BALLOT_CLOSED, "no_quorum", Ground.BALLOT),
    ],
)
def test_the_second_time_is_a_ground_and_the_first_is_not(kind: Kind, outcome: str, ground: Ground) -> None:
    happened = stream((kind, outcome), (kind, outcome), (kind, outcome))
    found = [reason_of(one, happened, POLICY) for one in happened]
    assert found[0] is None
    assert [(one.ground, one.key, one.since) for one in found[1:] if one] == [
        (ground, "2", happened[1].at),
        (ground, "3", happened[2].at),
    ]


def test_a_passed_ballot_counts_for_nothing() -> None:
    happened = stream((Kind.BALLOT_CLOSED, "blocked"), (Kind.BALLOT_CLOSED, "passed"))
    assert [reason_of(one, happened, POLICY) for one in happened] == [None, None]
    mixed = stream((Kind.BALLOT_CLOSED, "blocked"), Kind.MATTER_REOPENED, (Kind.BALLOT_CLOSED, "no_quorum"))
    assert [one is not None for one in (reason_of(each, mixed, POLICY) for each in mixed)] == [
        False,
        False,
        True,
    ]


def test_a_ballot_short_of_votes_is_a_failed_ballot_and_no_bad_round() -> None:
    """Only what reopens a matter is a bad round, and a ballot that says nothing reopens nothing."""
    happened = stream(
        (Kind.BALLOT_CLOSED, "no_quorum"), (Kind.BALLOT_CLOSED, "blocked"), Kind.MATTER_REOPENED
    )
    found = [reason_of(one, happened, POLICY) for one in happened]
    assert [one.ground if one else None for one in found] == [None, Ground.BALLOT, None]


@given(
    st.lists(st.sampled_from([Kind.MATTER_REOPENED, Kind.RETURN_GRANTED, Kind.MATTER_ACCEPTED]), max_size=5)
)
def test_the_order_of_looking_does_not_matter(kinds: list[Kind]) -> None:
    happened = stream(*kinds)
    found = {frozenset(reason_of(one, turned, POLICY) for one in turned) for turned in permutations(happened)}
    assert len(found) == 1


def test_policy_says_how_often() -> None:
    happened = stream(Kind.MATTER_REOPENED, Kind.MATTER_REOPENED, Kind.MATTER_REOPENED)
    strict = Policy(docket_negative_rounds=3)
    assert [reason_of(one, happened, strict) is not None for one in happened] == [False, False, True]


@pytest.mark.parametrize(
    ("due", "workdays", "since"),
    [
        ("2014-02-13 23:59:59", 5, "2014-02-21 00:00:00"),  # five workdays after Thursday end on the 20th
        ("2014-02-10 23:59:59", 1, "2014-02-12 00:00:00"),
        (
            "2014-01-29 23:59:59",
            5,
            "2014-02-12 00:00:00",
        ),  # over the Spring Festival: 30, 7, 8 (made up), 10, 11
        ("2014-02-13 14:00:00", 5, "2014-02-21 00:00:00"),  # an hour clock: whole days only
    ],
)
def test_red_since(due: str, workdays: int, since: str) -> None:
    assert red_since(at(due), workdays, CALENDAR) == at(since)


def test_follow_up_lights() -> None:
    due = date(2014, 2, 20)
    assert follow_up_light(due, None, date(2014, 2, 19)) is Light.GREEN
    assert follow_up_light(due, None, due) is Light.YELLOW
    assert follow_up_light(due, None, date(2014, 2, 21)) is Light.RED
    assert follow_up_light(due, due, date(2014, 3, 1)) is Light.GREEN
    assert follow_up_light(due, date(2014, 2, 21), date(2014, 3, 1)) is Light.RED


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("联系电话 138 7430 0001", True),
        ("１３８７４３００００１", True),
        ("138-7430-0001", True),
        ("身份证 43310119650312001X", True),
        ("电话 0743-8222333", True),
        ("已于 2014-02-10 办结，编号 20140208-0205-6", False),
        ("投入 120000 元，34 名保洁员", False),
    ],
)
def test_personal_figures(text: str, holds: bool) -> None:
    assert holds_personal_figures(text) is holds
