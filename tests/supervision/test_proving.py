"""What was changed beside the journal is found: papers, agendas, attendance, the chair, minutes, seats."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duban.cli import main
from duban.supervision.models import AgendaItem, Attendance, Meeting, Paper, Seat
from duban.supervision.proving import altered
from duban.supervision.verbs.docketing import file_paper
from duban.supervision.verbs.holding import close_meeting
from tests.city import at
from tests.emptying import unguarded
from tests.stage import Stage

from .hard import MORNING, docketed, settled, sitting

pytestmark = pytest.mark.django_db
NOW = at(MORNING)


@pytest.fixture
def meeting(stage: Stage) -> Meeting:
    """Held and closed, with a paper laid before it; one item was decided and one carried over."""
    first, second = docketed(stage, stage.handling()), docketed(stage, stage.handling(title="另一件"))
    file_paper(item=first.pk, kind="position", text="乡里无力承担。", actor=stage["head"], now=NOW)
    held = sitting(stage, second, first)
    settled(stage, first, held, "keep")
    close_meeting(meeting=held.pk, minutes="议定一件。", actor=stage["office"], now=NOW)
    return held


def test_what_the_verbs_leave_holds(meeting: Meeting) -> None:
    assert list(altered()) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            lambda: Paper.objects.update(text="乡里愿意承担。"),
            "paper {paper} of item {item}: is not what was filed",
        ),
        (lambda: Paper.objects.update(kind="opinion"), "paper {paper} of item {item}: is not what was filed"),
        (lambda: Attendance.objects.update(present=False), "{meeting}: present is not what the journal says"),
        (lambda: Meeting.objects.update(chair=None), "{meeting}: chair is not what the journal says"),
        (
            lambda: Meeting.objects.update(minutes="议定两件。"),
            "{meeting}: minutes is not what the journal says",
        ),
        (
            lambda: AgendaItem.objects.filter(place=1).update(place=9),
            "{meeting}: items is not what the journal says",
        ),
        (
            lambda: Seat.objects.update(staff=None),
            "seat {seat}: somebody else sits there than the journal says",
        ),
    ],
)
def test_what_was_changed_beside_the_journal_is_found(
    meeting: Meeting, change: Callable[[], object], line: str
) -> None:
    paper, seat = Paper.objects.get(), Seat.objects.earliest("place")
    change()
    places = {"paper": paper.pk, "item": paper.item_id, "meeting": meeting.stream, "seat": seat.pk}
    assert list(altered()) == [line.format(**places)]


def test_what_was_put_in_or_taken_out_beside_the_journal_is_found(stage: Stage, meeting: Meeting) -> None:
    paper = Paper.objects.get()
    paper.pk, gone = None, paper.pk
    paper.save()
    with unguarded():
        Paper.objects.filter(pk=gone).delete()
    assert list(altered()) == [
        f"paper {paper.pk} of item {paper.item_id}: is not what was filed",
        f"paper {gone} of item {paper.item_id}: is missing",
    ]


def test_verify_says_so(meeting: Meeting, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    Meeting.objects.update(minutes="议定两件。")
    assert main(["verify"]) == 1
    assert f"{meeting.stream}: minutes is not what the journal says" in capsys.readouterr().out
