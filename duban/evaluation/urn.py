"""What lies sealed in urn and box: each says which row it is, so that none can be put in the place of another.

A seal alone keeps a grade from being read and from being made up; who writes to the database could still copy one
slip's seal over another's. So the sealed text names its row, and does not count in any other. The trigger that
refuses to change a slip hinders; this finds out, also where somebody has taken the triggers off.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from .models import Ballot, PaperEntry, Slip


def slip_text(ballot: int, slip: int, grade: int) -> str:
    """What is sealed in a slip."""
    return f"{ballot}:{slip}:{grade}"


def grade_of(slip: Slip) -> int:
    """The grade in a slip. Raises RuntimeError when it is another slip's."""
    *row, grade = slip.grade.split(":")
    if row != [str(slip.ballot_id), str(slip.pk)]:
        raise RuntimeError(f"ballot {slip.ballot_id}: a slip in the urn is not its own")
    return int(grade)


def count_text(ballot: int, place: int, by: int, figures: Mapping[str, int]) -> str:
    """What is sealed of one person's count of the box."""
    return json.dumps([ballot, place, by, figures])


def figures_of(entry: PaperEntry) -> dict[str, int]:
    """How many papers of each grade somebody counted. Raises RuntimeError when it is another's count."""
    *row, figures = json.loads(entry.counts)
    if row != [entry.ballot_id, entry.place, entry.by_id]:
        raise RuntimeError(f"ballot {entry.ballot_id}: a count of the box is not its own")
    return dict(figures)


def box_of(ballot: Ballot, entries: Sequence[PaperEntry]) -> dict[int, int]:
    """What two people agreed lies in the box; nothing where no paper was counted. Raises RuntimeError."""
    if ballot.papers_counted is None:
        return {}
    counts = [figures_of(entry) for entry in entries]
    if len(counts) != 2 or counts[0] != counts[1] or sum(counts[0].values()) != ballot.papers_counted:
        raise RuntimeError(f"ballot {ballot.pk}: the two counts of the box are not what was agreed")
    return {int(grade): number for grade, number in counts[0].items()}
