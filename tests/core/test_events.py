"""The vocabulary of the journal."""

from __future__ import annotations

import re

import pytest

from duban.core.events import CONSUMERS, INTERNAL, Consumer, Kind, consumers


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_a_thing_and_what_happened_to_it(kind: Kind) -> None:
    thing, dot, happened = kind.value.partition(".")
    assert dot
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", thing)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", happened)
    assert re.fullmatch(
        r"made|given|taken_down|fell_due|signed_in|handed_over|sign_in_failed|sent_back|called_off|[a-z]+ed",
        happened,
    )


def test_no_kind_has_two_names() -> None:
    assert len({kind.value for kind in Kind}) == len(list(Kind)) == len(Kind.__members__)


@pytest.mark.parametrize("kind", Kind)
def test_every_consumer_is_known_and_served_once(kind: Kind) -> None:
    served = consumers(kind)
    assert set(served) <= set(Consumer)
    assert len(served) == len(set(served))
    assert served == CONSUMERS.get(kind, ())


def test_whatever_moves_a_matter_between_statuses_reaches_the_totals() -> None:
    moving = {
        Kind.MATTER_REGISTERED,
        Kind.MATTER_ASSIGNED,
        Kind.RETURN_GRANTED,
        Kind.MATTER_ACCEPTED,
        Kind.EXTENSION_GRANTED,
        Kind.CLOCK_RECOMPUTED,
        Kind.MATTER_COMPLETED,
        Kind.MATTER_REOPENED,
        Kind.MATTER_CLOSED,
        Kind.MATTER_MERGED,
        Kind.MATTER_SEPARATED,
        Kind.MATTER_FOLLOWED,
        Kind.MATTER_REASSIGNED,
        Kind.MATTER_EXTENDED,
        Kind.MATTER_DEFERRED,
    }
    assert {kind for kind in Kind if Consumer.TOTALS in consumers(kind)} == moving


def test_nobody_outside_is_told_what_stays_inside() -> None:
    assert all(consumers(kind) == () for kind in INTERNAL)
    assert frozenset(Kind) > INTERNAL


def test_every_consumer_has_something_to_do() -> None:
    assert {each for kind in Kind for each in consumers(kind)} == set(Consumer)
