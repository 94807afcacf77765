"""A joint meeting in the demo: convened, held, decided, minuted; and the docket kept in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from duban.core.docket import DecisionKind
from duban.core.lifecycle import State
from duban.core.zone import day_of
from duban.matters.models import Matter
from duban.supervision.meetings import convenable, follow_ups, open_item_of, seats
from duban.supervision.models import DocketItem, Meeting
from duban.supervision.verbs.convening import convene, seat_people
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.docketing import drop_from_docket, file_paper, put_on_docket
from duban.supervision.verbs.following_up import report_follow_up, review_follow_up
from duban.supervision.verbs.holding import call_off_meeting, close_meeting, record_attendance

from .accounts import SEATED, Troupe
from .cases import Case, Strand
from .phrases import MEETING_MINUTES

VENUE = "市委常委会议室"


@dataclass
class Point:
    """A matter on an agenda and what is decided about it; None: carried over."""

    case: Case
    kind: DecisionKind | None
    reason: str = ""
    given: dict[str, object] = field(default_factory=dict)


@dataclass
class Sitting(Strand):
    """One meeting."""

    troupe: Troupe = field(kw_only=True)
    held_on: date = field(kw_only=True)
    points: Sequence[Point] = field(kw_only=True)
    extra: int = 0  # further open items to put on the agenda
    meeting: int = 0

    def convene(self, *, now: datetime) -> None:
        """With the points that are on the docket, and some more of it."""
        items = [item.pk for point in self.points if (item := _item(point.case))]
        items += [item.pk for item in convenable() if item.pk not in items][: self.extra]
        self.meeting = convene(
            held_on=self.held_on, place=VENUE, items=items, actor=self.troupe["office"], now=now
        ).pk

    def open(self, *, now: datetime) -> None:
        """All but one are there; the first seat has the chair."""
        there = [seat.pk for place, seat in enumerate(seats()) if place != 2]
        record_attendance(
            meeting=self.meeting, chair=there[0], present=there, actor=self.troupe["office"], now=now
        )

    def decide(self, *, now: datetime, point: Point) -> None:
        """One of the points. Raises RuntimeError when it is not on the docket."""
        item = _item(point.case)
        if item is None or point.kind is None:
            raise RuntimeError(f"{point.case.story.title} is not before the meeting")
        decide(
            item=item.pk, meeting=self.meeting, kind=point.kind.value, reason=point.reason,
            actor=self.troupe["member"], now=now, **point.given,  # type: ignore[arg-type]
        )  # fmt: skip

    def call_off(self, *, now: datetime, reason: str) -> None:
        """It was convened for a wrong day."""
        call_off_meeting(meeting=self.meeting, reason=reason, actor=self.troupe["office"], now=now)

    def close(self, *, now: datetime) -> None:
        """With its minutes; what was not decided is carried over."""
        close_meeting(meeting=self.meeting, minutes=MEETING_MINUTES, actor=self.troupe["office"], now=now)

    def hold(self, at: datetime) -> None:
        """Plan the whole of it from an instant on: a quarter of an hour for every point."""
        self.plan(at, self.open)
        for point in self.points:
            if point.kind is not None:
                at += timedelta(minutes=15)
                self.plan(at, self.decide, point=point)
        self.plan(at + timedelta(minutes=20), self.close)


def take_seats(troupe: Troupe, *, now: datetime) -> None:
    """The five sit down, each on their seat."""
    seated = {seat.pk: name for seat, name in zip(seats(), SEATED, strict=True)}
    seat_people(seats=seated, actor=troupe["office"], now=now)


def bring(case: Case, *, now: datetime, reason: str) -> None:
    """The office puts a matter on the docket by hand."""
    put_on_docket(matter=case.number, reason=reason, actor=case.troupe["office"], now=now)


def lay(case: Case, *, now: datetime, kind: str, text: str) -> None:
    """The office lays a paper before the meeting."""
    item = _item(case)
    if item is not None:
        file_paper(item=item.pk, kind=kind, text=text, actor=case.troupe["office"], now=now)


def tidy(troupe: Troupe, *, now: datetime) -> None:
    """Take what was closed meanwhile off the docket."""
    moot = DocketItem.objects.filter(state=DocketItem.State.OPEN, matter__state=State.CLOSED)
    listed = moot.exclude(agenda__meeting__state=Meeting.State.CONVENED)
    for item in list(listed.order_by("pk")):
        reason = "事项已经办结销号，不再提交联席会议。"
        drop_from_docket(item=item.pk, reason=reason, actor=troupe["office"], now=now)


def report(troupe: Troupe, *, now: datetime, text: str) -> None:
    """The units say what they did about what decisions ask of them."""
    for decision in follow_ups().items:
        unit = decision.follow_up_unit_id
        if unit is not None:
            report_follow_up(decision=decision.pk, text=text, actor=troupe.handler(unit), now=now)


def review(troupe: Troupe, *, now: datetime) -> None:
    """Note what became of the follow-ups that are due."""
    for decision in follow_ups().items:
        if decision.follow_up_due_on is not None and decision.follow_up_due_on <= day_of(now):
            review_follow_up(
                decision=decision.pk, done=True, note="已按决定落实，现场核实属实。",
                actor=troupe["office"], now=now,
            )  # fmt: skip


def _item(case: Case) -> DocketItem | None:
    return open_item_of(Matter.objects.only("id").get(number=case.number))
