"""What people come with: a place, a trouble, the unit it belongs to, and what was done about it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from duban.catalogue.book import Book, StandardEntry
from duban.core.routing import route

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Story:
    """One matter's texts, its proper unit, and the standard that unit will pick (its code)."""

    kind: str
    title: str
    body: str
    place: str
    unit: str
    standard: str
    done: str
    reply: str
    progress: str = ""

    def routed_to(self, book: Book) -> str:
        """The unit the routing rules send it to at once; empty when none fits."""
        found = route(book.routes, kind=self.kind, place=self.place, title=self.title, body=self.body)
        return found.unit if found else ""

    def entry(self, book: Book) -> StandardEntry:
        """The standard its unit picks. Raises LookupError when the catalogue has none of the code."""
        for entry in book.current_by_unit[self.unit]:
            if entry.code == self.standard:
                return entry
        raise LookupError(f"the catalogue has no current standard {self.standard}")


class Teller:
    """Tells stories without end, each with a place and figures of its own."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._pile: list[dict[str, Any]] = []

    def tell(self, unit: str = "") -> Story:
        """A story; of one unit when its code is given."""
        if unit:
            places = _read("places.json")
            fitting = [
                one
                for one in _read("stories.json")
                if one["u"] == unit or (one["u"] == "place" and unit in places[one["at"]])
            ]
            return self._fill(self._rng.choice(fitting), unit)
        if not self._pile:
            self._pile = list(_read("stories.json"))
            self._rng.shuffle(self._pile)
        return self._fill(self._pile.pop(), "")

    def directive(self) -> Story:
        """A leader's directive."""
        one = self._rng.choice(_read("directives.json"))
        return Story(
            kind="directive", title=one["t"], body=one["b"], place="", unit=one["u"],
            standard=f"{one['u']}-{one['s']}", done=one["d"], reply="",
        )  # fmt: skip

    def _fill(self, one: dict[str, Any], unit: str) -> Story:
        rng = self._rng
        places = _read("places.json")[one["at"]]
        held = unit if unit in places else rng.choice(sorted(places))
        township, spots = places[held]
        values = {"v": rng.choice(spots), "n": rng.randint(11, 38), "m": rng.randint(2, 9)}
        owner = held if one["u"] == "place" else one["u"]
        body = one["b"].format(**values)
        if rng.random() < 0.5:
            body += rng.choice(_ENDINGS)
        return Story(
            kind=one["k"],
            title=one["t"].format(**values),
            body=body,
            place=f"{township}{values['v']}",
            unit=owner,
            standard=f"{owner}-{one['s']}",
            done=one["d"].format(**values),
            reply=one["r"].format(**values),
            progress=one.get("p", "").format(**values),
        )


def again(story: Story) -> Story:
    """The same trouble come back: a new matter that names the old one."""
    return replace(
        story,
        title=f"又来反映：{story.title}"[:60],
        body=f"上次办好以后又出现同样的情况。{story.body}",
    )


_ENDINGS = (
    "请有关部门来人看一看。",
    "已经向社区反映过，没有结果。",
    "希望给个准信。",
    "老人和孩子受影响最大。",
    "过年前能解决最好。",
    "我们愿意出工出力。",
    "请给个书面答复。",
)


@cache
def _read(name: str) -> Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))
