"""Invented people: a name, an ID number that checks, and a mobile that is nobody's (139 0000 ....)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from duban.core.identity import id_check_digit
from duban.matters.verbs.registering import Petitioner

_SURNAMES = "石石石龙龙吴吴麻麻向向田田彭张杨罗罗陈李王刘周黄廖符梁宋覃滕印舒"
_FIRST = "建国明志文秀春光家世正永新晓海玉金桂国清承宏天开"
_SECOND = "华英平生军兰梅祥芳强云香凤林波辉勇燕发富群安珍顺"
_COUNTIES = ("433101", "433101", "433101", "433101", "433122", "433124", "433130")  # 吉首 and neighbours


def person(name: str, born: date, running: int, mobile: str, county: str = "433101") -> Petitioner:
    """Somebody with a valid ID number; `running` is 0 to 999."""
    first = f"{county}{born:%Y%m%d}{running:03d}"
    return Petitioner(name, first + id_check_digit(first), mobile)


def full_name(rng: random.Random) -> str:
    """A name such as people here have."""
    given = rng.choice(_FIRST) + (rng.choice(_SECOND) if rng.random() < 0.85 else "")
    return rng.choice(_SURNAMES) + given


class Crowd:
    """People who come with matters; now and then somebody comes again."""

    def __init__(self, rng: random.Random, first: int = 0) -> None:
        self._rng = rng
        self._first = first  # of their mobiles, so that two crowds share none
        self._known: list[Petitioner] = []

    def somebody(self) -> Petitioner:
        """A person, new seven times of eight."""
        if self._known and self._rng.random() < 0.125:
            return self._rng.choice(self._known)
        born = date(1936, 1, 1) + timedelta(days=self._rng.randrange(365 * 58))
        mobile = f"1390000{self._first + len(self._known):04d}"
        made = person(
            full_name(self._rng), born, self._rng.randrange(1000), mobile, self._rng.choice(_COUNTIES)
        )
        self._known.append(made)
        return made

    def group(self, number: int) -> list[Petitioner]:
        """So many different people."""
        met: dict[str, Petitioner] = {}
        while len(met) < number:
            one = self.somebody()
            met[one.id_number] = one
        return list(met.values())
