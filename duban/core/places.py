"""Where matters come from: what people typed as a place, brought down to a village, or to a township.

People type 寨阳乡坪朗村三组, 坪朗村, 寨阳坪朗村饮水点 for one place. The last village or neighbourhood in the text
names it, without the township before it; else the township. A name stands for every text that contains it, so a figure and the
list behind it can never differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_TOWNSHIP = re.compile("(?:[乡镇]人民政府|街道办事处)$")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:社区|村)")
_AHEAD = re.compile(r".*?(?:街道办事处|街道|镇|乡|市|县|州|省)")


@dataclass(frozen=True, slots=True)
class Hot:
    """A place, and how many matters named it in two periods that follow each other."""

    name: str
    recent: int
    before: int


def stems(units: Iterable[str]) -> tuple[str, ...]:
    """How people call the townships among the units of these names: 寨阳乡人民政府 is 寨阳乡, 峒河街道办事处 峒河街道."""
    return tuple(
        unit.removesuffix("人民政府").removesuffix("办事处") for unit in units if _TOWNSHIP.search(unit)
    )


def place_name(text: str, townships: Sequence[str]) -> str:
    """The name a typed place goes by: its village, else its township, else what was typed; blank for blank."""
    plain = text.strip()
    rest = plain
    for stem in townships:
        for spelled in (stem, stem.rstrip("乡镇") if len(stem) > 2 else stem):
            if rest.startswith(spelled) or f"市{spelled}" in rest:
                rest = rest.partition(spelled)[2]
    village = _VILLAGE.search(_AHEAD.sub("", rest)) or _VILLAGE.search(rest)
    if village:
        return village.group()
    return next((stem for stem in townships if stem in plain), plain[:20].strip())


def hottest(texts: Mapping[str, tuple[int, int]], townships: Sequence[str], most: int) -> list[Hot]:
    """The places named most in the recent period, from (recent, before) by typed text; at most `most`.

    Each counts every text that contains its name, in whatever case.
    """
    names = {name for text in texts if (name := place_name(text, townships))}
    found = []
    for name in names:
        within = [counted for text, counted in texts.items() if name.lower() in text.lower()]
        found.append(Hot(name, sum(one for one, _ in within), sum(one for _, one in within)))
    ranked = sorted(found, key=lambda one: (-one.recent, -one.before, one.name))
    return [one for one in ranked if one.recent][:most]
