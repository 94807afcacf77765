"""Whoever nobody vouches for registers so many matters an hour from one address, and no more."""

from __future__ import annotations

import pytest
from django.conf import settings as given

from duban.core.refusal import Invalid, TooMany
from duban.journal.verifying import breaks
from duban.matters.guessing import forget_tries, network_of
from duban.matters.models import Matter, WrongCode
from duban.matters.rationing import rationed
from duban.people.models import Citizen
from tests.city import at
from tests.stage import WU, Stage

HOME = "192.0.2.7"
MOST = 3


@pytest.fixture(autouse=True)
def three(settings: object) -> None:
    settings.DUBAN_REGISTRATIONS_PER_HOUR = MOST  # type: ignore[attr-defined]


def test_generous_unless_said_otherwise() -> None:
    from duban import settings as installed

    assert installed.DUBAN_REGISTRATIONS_PER_HOUR == 20
    assert given.DUBAN_REGISTRATIONS_PER_HOUR == MOST


def test_the_fourth_of_an_hour_is_refused_and_leaves_nothing(stage: Stage) -> None:
    for minute in range(MOST):
        stage.register(f"2014-01-29 15:0{minute}", title=f"第 {minute} 件", client=HOME)
    people = Citizen.objects.count()
    with pytest.raises(TooMany) as no:
        stage.register("2014-01-29 15:30", title="又一件", petitioner=WU, client=HOME)
    assert (no.value.code, no.value.retry_after) == ("too_many_registrations", 30 * 60)
    assert no.value.params == {"limit": MOST, "minutes": 30}
    assert Matter.objects.count() == MOST
    assert Citizen.objects.count() == people
    stage.register("2014-01-29 16:00", title="又一件", client=HOME)  # the first of the three is an hour ago
    assert list(breaks()) == []


def test_another_address_is_another_matter(stage: Stage) -> None:
    for number in range(MOST):
        stage.register(title=f"第 {number} 件", client=HOME)
    stage.register(title="邻居的事", client="192.0.2.8")
    stage.register(title="终端登记的事")  # a clerk vouches for who stands there: no client


def test_the_same_again_is_answered_and_not_counted(stage: Stage) -> None:
    first = stage.register(client=HOME, idempotency_key="one form")
    for _ in range(2 * MOST):
        assert stage.register(client=HOME).matter == first.matter  # the same matter of the same person
        assert stage.register(client=HOME, idempotency_key="one form").matter == first.matter
    stage.register(title="第二件", client=HOME)
    stage.register(title="第三件", client=HOME)
    assert stage.register(client=HOME).matter == first.matter  # also once there can be no more


def test_what_cannot_be_registered_is_not_counted(stage: Stage) -> None:
    for _ in range(2 * MOST):
        with pytest.raises(Invalid):
            stage.register(title="", client=HOME)
    stage.register(client=HOME)


def test_none_is_no_limit_and_costs_nothing(stage: Stage, settings: object) -> None:
    settings.DUBAN_REGISTRATIONS_PER_HOUR = 0  # type: ignore[attr-defined]
    for number in range(2 * MOST):
        stage.register(title=f"第 {number} 件", client=HOME)
    assert not WrongCode.objects.exists()


def test_what_is_counted_holds_no_address_and_is_forgotten(stage: Stage) -> None:
    stage.register(client=HOME)
    row = WrongCode.objects.get()
    assert HOME not in row.client + row.number
    assert forget_tries(at("2014-01-29 16:05:59")) == 0
    assert forget_tries(at("2014-01-29 16:06:00")) == 1


@pytest.mark.django_db
def test_rations_of_two_kinds_are_two() -> None:
    now = at("2014-01-29 15:00")
    rationed("drafts", HOME, now, most=1, refusal="too_many_drafts")
    rationed("registrations", HOME, now, most=1, refusal="too_many_registrations")
    with pytest.raises(TooMany, match="too_many_drafts"):
        rationed("drafts", HOME, now, most=1, refusal="too_many_drafts")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),  # a household has a whole /64 to choose from
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_whose_address_it_is(address: str, network: str) -> None:
    assert network_of(address) == network
