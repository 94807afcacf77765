"""The roll (选民册) of a ballot: who stands on it, and the lines the office pastes to complete it.

After a ballot that did not end the matter, the next roll begins with everybody on the last one: whoever opens it must
not choose a kinder one by leaving somebody out. Who is left off is named, and why is on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from duban.core.refusal import Invalid
from duban.matters.models import Matter
from duban.matters.verbs.forms import Form
from duban.people.citizens import checked, id_index, identify
from duban.people.models import Citizen

from .models import Ballot, CoSigner, Voter

LONGEST_PASTE = 2000  # lines


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person as the office typed or pasted them; `line` is where, from 1."""

    line: int
    name: str
    id_number: str
    mobile: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Who a ballot is opened on, and what became of the roll before: who is not on it any more, by the voters' ids
    there (`left`) or as co-signers removed since (`removed`).
    """

    citizens: Sequence[int]
    last: Ballot | None = None
    left: Sequence[int] = ()
    removed: Sequence[int] = ()

    def change(self, reason: str) -> RollChange | None:
        """The same in figures and reasons; None of a first roll."""
        if self.last is None:
            return None
        return RollChange(
            self.last.roll, len(self.citizens), len(self.left), reason, reasons_of(self.removed)
        )

    def facts(self) -> dict[str, object]:
        """For the journal: ids and no names."""
        if self.last is None:
            return {}
        return {
            "last": self.last.pk,
            "last_roll": self.last.roll,
            "left": list(self.left),
            "removed": list(self.removed),
        }


@dataclass(frozen=True, slots=True)
class RollChange:
    """From one roll to the next: how many were on each, who was left off and why, who was removed and why."""

    last: int
    roll: int
    left: int = 0
    reason: str = ""
    removals: Sequence[str] = field(default=())  # the reason of each

    @property
    def gone(self) -> int:
        """How many are not on it any more."""
        return self.left + len(self.removals)

    @property
    def joined(self) -> int:
        """How many are new."""
        return self.roll - self.last + self.gone

    @property
    def reasons(self) -> list[str]:
        """Why, each reason once."""
        return [one for one in dict.fromkeys((self.reason, *self.removals)) if one]


def reasons_of(cosigners: Iterable[int]) -> list[str]:
    """Why each of these co-signers was removed."""
    rows = CoSigner.objects.filter(pk__in=list(cosigners)).order_by("removed_at", "pk")
    return [text or "" for text in rows.values_list("removal__text", flat=True)]


def pasted(text: str) -> list[RollLine]:
    """Lines of 姓名 身份证 手机 apart by blanks, tabs or commas; blank lines count but hold nobody.

    Raises Invalid for the field extra.N of every line that has not three parts.
    """
    form, lines = Form(), []
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part for part in re.split(r"[\s,，、;；]+", line) if part]
        if len(parts) >= 3:  # a name of several words keeps them
            lines.append(RollLine(number, " ".join(parts[:-2]), parts[-2], parts[-1]))
        elif parts:
            form.wrong(field_of(number), "roll_line")
    form.check()
    return lines


def field_of(line: int) -> str:
    """What a line is called among the fields of a form."""
    return f"extra.{line}"


def roll_of(matter: Matter, extra: Sequence[RollLine], now: datetime, leaving: Sequence[int] = ()) -> Roll:
    """The roll of the next ballot: the petitioner, everybody on the last roll but those removed by deed since and those
    the office leaves off, who has co-signed, and who the office adds.

    Raises Invalid: `leaving` for who was not on the last roll, and for the petitioner; `extra` for too many, extra.N
    for each line that cannot be, comes twice, or names one already there.
    """
    last = Ballot.objects.filter(matter=matter).order_by("-id").first()
    before = dict(Voter.objects.filter(ballot=last).order_by("id").values_list("pk", "citizen_id"))
    if set(leaving) - before.keys():
        raise Invalid({"leaving": ("voter_unknown", {})})
    if any(before[one] == matter.petitioner_id for one in leaving):
        raise Invalid({"leaving": ("leaving_petitioner", {})})
    removed = _removed_since(last, matter)
    gone = removed.keys() & set(before.values())
    left = [one for one in sorted(set(leaving)) if before[one] not in gone]
    off = gone | {before[one] for one in left}
    known = [one for one in dict.fromkeys([*signed(matter), *before.values()]) if one not in off]
    added = [citizen.pk for citizen in _added({*known, *(before[one] for one in left)}, extra, now)]
    return Roll([*known, *added], last, left, sorted(removed[one] for one in gone))


def _removed_since(last: Ballot | None, matter: Matter) -> dict[int, int]:
    """Co-signers the office has removed, with a reason of their own, since the last ballot was opened, by citizen."""
    if last is None:
        return {}
    rows = CoSigner.objects.filter(matter=matter, removed_at__gte=last.opened_at)
    return dict(rows.exclude(confirmed_at=None).values_list("citizen_id", "pk"))


def signed(matter: Matter) -> list[int]:
    """The petitioner and the confirmed co-signers, by id."""
    others = CoSigner.objects.filter(matter=matter, removed_at=None).exclude(confirmed_at=None).order_by("id")
    found = [matter.petitioner_id, *others.values_list("citizen_id", flat=True)]
    return [one for one in dict.fromkeys(found) if one is not None]


def _added(known: Iterable[int], extra: Sequence[RollLine], now: datetime) -> list[Citizen]:
    if len(extra) > LONGEST_PASTE:
        raise Invalid({"extra": ("roll_long", {"limit": LONGEST_PASTE, "count": len(extra)})})
    form = Form()
    there = set(Citizen.objects.filter(pk__in=list(known)).values_list("id_index", flat=True))
    first_line: dict[str, int] = {}
    by_index: dict[str, RollLine] = {}
    for one in extra:
        try:
            _name, number, _mobile = checked(
                name=one.name, id_number=one.id_number, mobile=one.mobile, now=now
            )
        except Invalid as wrong:
            code, places = next(iter(wrong.errors.values()))
            form.wrong(field_of(one.line), code, **places)
            continue
        index = id_index(number)
        if index in there:
            form.wrong(field_of(one.line), "roll_known")
        elif index in first_line:
            form.wrong(field_of(one.line), "roll_twice", first=first_line[index])
        first_line.setdefault(index, one.line)
        by_index.setdefault(index, one)
    form.check()
    people = {  # by index, not as they were pasted: two rolls with the same people do not wait for each other
        index: identify(name=one.name, id_number=one.id_number, mobile=one.mobile, now=now)
        for index, one in sorted(by_index.items())
    }
    return [people[index] for index in by_index]
