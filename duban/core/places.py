"""Where matters come from: what people typed as a place, brought down to one township or street, and to a spot within it.

People type 寨阳乡坪朗村三组, 寨阳坪朗村饮水点, 坪朗小学 for one corner of the city. The first spelling that stands in the text
names its township, so every text belongs to one township or to none, and no matter counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .routing import Route

NOWHERE = "-"
"""Stands for the places that name no township."""

_TOWNSHIP = re.compile("(?:[乡镇]人民政府|街道办事处)$")
_KIND = re.compile("(?:街道|乡|镇)$")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:社区|村)")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Hot:
    """A topic or a place, and how many matters named it in two periods that follow each other."""

    name: str
    recent: int
    before: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a township; `leading`: only where the text begins with it, or right behind 市."""

    text: str
    township: str
    leading: bool = False


def spellings(units: Iterable[tuple[str, str]], routes: Iterable[Route]) -> tuple[Spelling, ...]:
    """How the townships among the units (code, name) are written; of those in a text the first one here counts.

    First the whole name (寨阳乡人民政府 is 寨阳乡, 峒河街道办事处 峒河街道), then the name without its kind (寨阳坪朗村), then
    what the routing rules take for a place of it: the office that sends 坪朗 to 寨阳乡 has said where 坪朗 lies.
    """
    named = sorted(units, key=lambda one: _longest_first((one[1], one[0])))
    stems = {
        code: name.removesuffix("人民政府").removesuffix("办事处")
        for code, name in named
        if _TOWNSHIP.search(name)
    }
    whole = [Spelling(stem, stem) for stem in stems.values()]
    short = [
        Spelling(plain, stem, leading=True)
        for stem in stems.values()
        if len(plain := _KIND.sub("", stem)) > 1
    ]
    sent = {(route.place, stems[route.unit]) for route in routes if route.place and route.unit in stems}
    learned = [Spelling(place, stem) for place, stem in sorted(sent, key=_longest_first) if place != stem]
    return (*whole, *short, *learned)


def spot(text: str, township: str) -> str:
    """The spot within its township: the last village or neighbourhood, else what follows the township's name; may be blank."""
    rest = text.strip()
    for spelled in (township, _KIND.sub("", township)):
        if spelled and spelled in rest:
            rest = rest.partition(spelled)[2]
            break
    village = _VILLAGE.search(rest)
    return village.group() if village else rest[:_LONGEST].strip()


def spots(texts: Mapping[str, int], township: str) -> list[tuple[str, int]]:
    """The spots of a township's texts with their figures, the most first, from the figure of each text.

    A spot counts every text that contains its name, in whatever case, as the list that is narrowed to it does.
    """
    names = {name for text in texts if (name := spot(text, township))}
    found = [
        (name, sum(number for text, number in texts.items() if name.lower() in text.lower()))
        for name in names
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def hottest(counted: Mapping[str, Sequence[int]]) -> list[Hot]:
    """What was named in either period, from (recent, before) by name, the most recent ones first."""
    rows = [Hot(name, *figures) for name, figures in counted.items()]
    return sorted(rows, key=lambda one: (-one.recent, -one.before, one.name))


def _longest_first(named: tuple[str, str]) -> tuple[int, str, str]:
    return (-len(named[0]), *named)
