"""Other lives for some invented matters of the period, so that the six figures stay what they are.

A matter that was closed by the evening is given another story and other deeds, and is closed by the evening again;
when it was registered, and by whom, stays. So nothing that is drawn by chance for the others moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from duban.core.zone import day_of

from .cases import Case
from .lives import EVENING, Planner
from .stories import Story

ENDS = frozenset({"judge", "close_unrated"})


class Recast:
    """The matters that may be taken, the earliest first."""

    def __init__(self, planner: Planner, history: Sequence[Case]) -> None:
        self.planner = planner
        self.free = _free(history)

    def take(self, first: date, last: date, story: Story) -> Case:
        """The first one left that was registered between two days, with a new story and only its registration.

        Raises RuntimeError when there is none.
        """
        for place, case in enumerate(self.free):
            if first <= day_of(case.deeds[0].at) <= last:
                del self.free[place]
                break
        else:
            raise RuntimeError(f"no matter registered from {first} to {last} is left")
        at = case.deeds[0].at
        case.story, case.entry, case.wish = story, story.entry(self.planner.book), story.unit
        case.clerk, case.confidential, case.publish = "", False, False
        case.deeds.clear()
        case.plan(at, case.register)
        return case


def _free(history: Iterable[Case]) -> list[Case]:
    """Citizens' matters closed by the evening that no other one is tied to."""
    cases = list(history)
    tied = {id(case.previous) for case in cases if case.previous}
    found = [
        case
        for case in cases
        if case.person and not case.previous and id(case) not in tied and not case.publish
        if any(deed.name in ENDS and deed.at <= EVENING for deed in case.deeds[-1:])
    ]
    return sorted(found, key=lambda case: case.deeds[0].at)
