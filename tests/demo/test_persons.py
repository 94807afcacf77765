"""Invented people are plausible and nobody's."""

from __future__ import annotations

import random
from datetime import date

from duban.core import identity
from duban.demo.persons import Crowd


def test_everybody_has_a_valid_number_and_a_mobile_that_is_nobodys() -> None:
    crowd = Crowd(random.Random(1))
    for _ in range(300):
        who = crowd.somebody()
        assert identity.id_number(who.id_number, today=date(2013, 12, 9)) == who.id_number
        assert identity.mobile(who.mobile).startswith("1390000")
        assert identity.name(who.name) == who.name


def test_the_same_seed_invents_the_same_people() -> None:
    one, other = Crowd(random.Random(5)), Crowd(random.Random(5))
    assert [one.somebody() for _ in range(20)] == [other.somebody() for _ in range(20)]
