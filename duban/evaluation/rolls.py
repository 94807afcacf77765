"""The roll (选民册) of a ballot: who stands on it, and the lines the office pastes to complete it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from duban.core.refusal import Invalid
from duban.matters.models import Matter
from duban.matters.verbs.forms import Form
from duban.people.citizens import checked, id_index, identify
from duban.people.models import Citizen

from .models import CoSigner

LONGEST_PASTE = 2000  # lines


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person as the office typed or pasted them; `line` is where, from 1."""

    line: int
    name: str
    id_number: str
    mobile: str


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


def roll_of(matter: Matter, extra: Sequence[RollLine], now: datetime) -> list[int]:
    """The citizens of a roll by id: the petitioner, who has co-signed, and who the office adds.

    Raises Invalid: `extra` for too many, extra.N for each line that cannot be, comes twice, or names one already there.
    """
    known = signed(matter)
    return [*known, *(citizen.pk for citizen in _added(known, extra, now))]


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
