"""The stage tests of matters play on: a small city, its people, and shortcuts to bring a matter to a state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duban.catalogue.models import Standard
from duban.core.identity import id_check_digit
from duban.core.rights import ANYONE, Actor
from duban.evaluation.models import Ballot, CoSigner, Voter
from duban.evaluation.verbs.balloting import cast_vote, open_ballot
from duban.evaluation.verbs.cosigning import confirm, invite, request_code
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assigning import assign
from duban.matters.verbs.handling import complete
from duban.matters.verbs.registering import Petitioner, Registered, register
from duban.people.models import Staff
from tests import city
from tests.city import at

CROWD = [
    city.person("乡亲" + name, "19700101", 100 + n, f"139743001{n:02d}")
    for n, name in enumerate("甲乙丙丁戊己庚辛壬癸")
]
"""Ten neighbours who co-sign and vote."""
LUO, WU = (Petitioner(one.name, one.id_number, one.mobile) for one in (city.LUO, city.WU))


def id_number(first_seventeen: str) -> str:
    """A valid ID number."""
    return first_seventeen + id_check_digit(first_seventeen)


@dataclass
class Stage:
    """Actors by user name, standards by code, and what a test asks for again and again."""

    staff: dict[str, Staff] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)

    def __getitem__(self, username: str) -> Actor:
        """An account as an actor; `handler2` is of another unit."""
        return self.staff[username].actor

    def register(self, now: str = "2014-01-29 15:06", **changes: Any) -> Registered:
        """罗家祥's water, registered; no rule fits it, so it waits for the office unless `unit` is given."""
        given: dict[str, Any] = {
            "kind": "hardship",
            "title": "坪朗村蓄水池容量不足",
            "body": "蓄水池容量有限，部分水管损坏，高处农户饮水困难。",
            "place": "",
            "petitioner": LUO,
            "actor": ANYONE,
            "now": at(now),
        }
        return register(**{**given, **changes})

    def assigned(self, now: str = "2014-01-29 15:10", unit: str = "zhaiyang", **changes: Any) -> Matter:
        """Registered four minutes before and given to a unit by the office."""
        number = self.register(**changes).matter.number
        return assign(matter=number, unit=unit, actor=self["office"], now=at(now))

    def accept(self, matter: Matter, now: str = "2014-01-30 10:25", **changes: Any) -> Matter:
        """Accepted by 寨阳乡's handler for the listed limit of 3 workdays: due 2014-02-10."""
        given: dict[str, Any] = {
            "contact_method": "phone",
            "contact_note": "10:05 电话联系，问清了高处 12 户断水的情况。",
            "standard": self.standards["water"].pk,
            "actor": self["handler"],
            "now": at(now),
        }
        accept(matter=matter.number, **{**given, **changes})
        return self.again(matter)

    def handling(self, due_on: date | None = None, **changes: Any) -> Matter:
        """Assigned and accepted."""
        return self.accept(self.assigned(**changes), due_on=due_on)

    def complete(self, matter: Matter, now: str = "2014-02-08 16:40", **changes: Any) -> Matter:
        """Completed by the handler as solved."""
        given: dict[str, Any] = {
            "outcome": "solved",
            "statement": "更换漏水接头 4 处，加装 5 吨临时水箱，12 户全部来水。",
            "actor": self["handler"],
            "now": at(now),
        }
        complete(matter=matter.number, **{**given, **changes})
        return self.again(matter)

    def completed(self, **changes: Any) -> Matter:
        """Assigned, accepted and completed on 2014-02-08 16:40."""
        return self.complete(self.handling(**changes))

    def closed(self) -> Matter:
        """Closed by the petitioner's verdict on 2014-02-09."""
        matter = self.completed()
        return self.judge(matter, 5)

    def judge(self, matter: Matter, grade: int, now: str = "2014-02-09 09:00", comment: str = "") -> Matter:
        """The petitioner's verdict."""
        give_verdict(
            matter=matter.number, grade=grade, comment=comment, actor=petitioner_of(matter), now=at(now)
        )
        return self.again(matter)

    def completed_for_many(self, *others: city.Person, **changes: Any) -> Matter:
        """A collective matter others have co-signed, completed on 2014-02-08 16:40."""
        matter = self.handling(collective=True, **changes)
        for one in others:
            self.cosign(matter, one)
        return self.complete(matter)

    def cosign(self, matter: Matter, person: city.Person, now: str = "2014-02-01 10:00") -> CoSigner:
        """Invited, and confirmed with the code that was sent."""
        link = invite(matter=matter.number, actor=petitioner_of(matter), now=at(now)).token
        who = {"client": "test", "actor": ANYONE, "now": at(now)}
        asked = request_code(link=link, **who, **person.form())
        return confirm(link=link, token=asked.token, code=asked.request.code, **who)

    def balloting(self, *others: city.Person, now: str = "2014-02-09 09:00", **changes: Any) -> Ballot:
        """A ballot that runs from 2014-02-09 to the end of 2014-02-16; the petitioner and these others are on the roll."""
        matter = self.completed_for_many(*others or CROWD[:2], **changes)
        return open_ballot(matter=matter.number, actor=self["office"], now=at(now))

    def vote(
        self, ballot: Ballot, grade: int, now: str = "2014-02-10 10:00", voter: int | None = None
    ) -> None:
        """The next of the roll who has not voted (or this one) votes online."""
        if voter is None:
            voter = ballot.voters.filter(voted=False).earliest("id").pk
        cast_vote(matter=ballot.matter.number, voter=voter, grade=grade, actor=ANYONE, now=at(now))

    def clerks_elsewhere(self) -> None:
        """Two clerks of a unit that has nothing to do with 寨阳乡's matters, `clerk2` and `clerk3`."""
        for username, name in (("clerk2", "麻阿妹"), ("clerk3", "秧阿果")):
            self.staff[username] = Staff.objects.create(
                username=username,
                display_name=name,
                unit=self.staff["handler2"].unit,
                roles=["clerk"],
                password=self.staff["clerk"].password,
            )

    def again(self, matter: Matter) -> Matter:
        """The matter as it stands in the database now."""
        return Matter.objects.select_related("unit", "petitioner", "handler", "issuer").get(pk=matter.pk)


def cards(*voters: int) -> list[str]:
    """The ID numbers of voters, who show their cards at a terminal."""
    rows = Voter.objects.filter(pk__in=voters).select_related("citizen").order_by("-id")
    return [row.citizen.id_number for row in rows]


def boxed(grade: int, papers: int) -> dict[int, int]:
    """A count of a box in which all papers say one grade."""
    return {one: papers if one == grade else 0 for one in range(5, 0, -1)}


def build() -> Stage:
    """The small city of `tests.city`, with a one-day standard besides."""
    units = city.plant_units()
    staff = city.plant_cast(units)
    standards = city.plant_standards()
    return Stage({name: staff[name] for name in city.ACCOUNTS}, dict(standards))
