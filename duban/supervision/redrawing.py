"""Drawing a run's sample again, to see whether it is the one that was checked (重算抽样)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duban.core.checks import RECORDED_AT_MOST
from duban.core.events import Kind
from duban.core.sampling import digest, sample
from duban.journal.models import Event

from .models import CheckItem, CheckRun


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What came of it. `possible` is false when there were too many candidates to keep: only their digest stands."""

    possible: bool
    candidates_hold: bool  # the kept candidates are those the digest was taken of
    sample_holds: bool  # the same matters, in the same order, come out again
    journal_holds: bool  # the journal, written when the check began, says the same

    @property
    def holds(self) -> bool:
        """Whether everything that can be proved is proved."""
        return self.candidates_hold and self.sample_holds and self.journal_holds


def redraw(run: CheckRun, items: Sequence[CheckItem]) -> Redrawn:
    """Draw the sample of a run again and hold it against its items, and both against the journal: one statement."""
    drawn = [one.matter_id for one in items]
    started = Event.objects.filter(stream=run.stream, kind=Kind.CHECK_STARTED.value).order_by("seq").first()
    told = started.facts if started else {}
    named = ("seed", "size", "digest", "candidates", "sample")
    journal = [told.get(name) for name in named] == [
        run.seed,
        run.size,
        run.candidates_digest,
        run.candidates_count,
        drawn,
    ]
    if run.candidates_count > RECORDED_AT_MOST and not run.candidates:
        return Redrawn(False, True, True, journal)
    return Redrawn(
        True,
        digest(run.candidates) == run.candidates_digest and len(run.candidates) == run.candidates_count,
        list(sample(run.candidates, run.size, run.seed)) == drawn,
        journal,
    )
