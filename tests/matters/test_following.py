"""Whatever is done to three merged matters, in any order: they stand alike, nothing is lost, every account agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from duban.catalogue.book import book
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.zone import day_of
from duban.evaluation.verbs.verdicts import give_verdict
from duban.journal.verifying import breaks
from duban.ledgers.folding import fold
from duban.ledgers.recounting import recount
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assigning import assign, request_return, rule_return
from duban.matters.verbs.assisting import ask_assist, reply_assist
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.deed import lock
from duban.matters.verbs.handling import add, complete, report_progress
from duban.matters.verbs.merging import merge, separate
from duban.matters.verbs.timing import request_extension, rule_extension
from duban.supervision.verbs.convening import convene
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.docketing import put_on_docket
from tests.city import TENG, at
from tests.stage import LUO, WU, Petitioner, Stage
from tests.supervision.hard import attend

PETITIONERS = (LUO, WU, Petitioner(TENG.name, TENG.id_number, TENG.mobile))
WAITING = (State.REGISTERED, State.ASSIGNED, State.HANDLING)


class Play:
    """A random play: who does what next is drawn; what a rule refuses is simply not done."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.draw, self.now = stage, Random(seed), at("2014-01-29 15:00")
        self.numbers = [
            stage.register("2014-01-29 15:00", petitioner=one, title=f"停水 {one.mobile}").matter.number
            for one in PETITIONERS
        ]
        self.done = self.met = 0

    def step(self) -> None:
        """Some time passes, and somebody does something to one of them."""
        self.now += timedelta(hours=self.draw.choice([0, 0, 1, 2, 5, 30]))
        deeds = self.deeds()
        for _ in range(8):
            try:
                self.draw.choice(deeds)(self.draw.choice(self.numbers), self.now)
            except Refused:
                continue
            self.done += 1
            break
        if self.draw.random() < 0.3:
            self.look()

    @transaction.atomic
    def look(self) -> None:
        """As the sweep does: whatever has been crossed is recorded."""
        for number in Matter.objects.filter(look_at__lte=self.now).values_list("number", flat=True):
            lock(number, self.now)

    def deeds(self) -> list[Callable[[str, datetime], object]]:
        """Everything that can be done."""
        stage, draw = self.stage, self.draw
        office, handler = stage["office"], stage["handler"]

        def mine(number: str):  # type: ignore[no-untyped-def]
            return petitioner_of(Matter.objects.get(number=number))

        def extend(number: str, now: datetime) -> None:
            later = book().calendar.nth_workday(day_of(Matter.objects.get(number=number).clock_due_at), 2)
            request_extension(matter=number, reason="等配件", due_on=later, actor=handler, now=now)
            rule_extension(matter=number, granted=True, note="", actor=office, now=now)

        def give_back(number: str, now: datetime) -> None:
            request_return(matter=number, reason="不符", suggested="chengguan", actor=handler, now=now)
            unit = draw.choice(["", "zhaiyang"])
            rule_return(matter=number, granted=True, note="", unit=unit, actor=office, now=now)

        @transaction.atomic
        def meet(number: str, now: datetime) -> None:
            later = book().calendar.nth_workday(
                day_of(max(now, Matter.objects.get(number=number).clock_due_at)), 3
            )
            kind = draw.choice(["reassign", "extend", "defer", "keep", "close"])
            if kind == "close" and draw.random() < 0.8:
                return
            item = put_on_docket(matter=number, reason="难", actor=office, now=now)
            meeting = convene(held_on=day_of(now), place="会议室", items=[item.pk], actor=office, now=now)
            attend(stage, meeting.pk, now)
            decide(
                item=item.pk, meeting=meeting.pk, kind=kind, reason="统筹", unit="zhaiyang", due_on=later,
                review_on=later, confirmed=True, actor=stage["member"], now=now,
            )  # fmt: skip
            self.met += 1

        return [
            meet,
            lambda no, now: assign(matter=no, unit="zhaiyang", actor=office, now=now),
            lambda no, now: accept(
                matter=no, contact_method="phone", contact_note="问清了。",
                standard=stage.standards["water"].pk, actor=handler, now=now,
            ),
            lambda no, now: complete(matter=no, outcome="solved", statement="修好。", actor=handler, now=now),
            lambda no, now: report_progress(matter=no, note="运到。", actor=handler, now=now),
            lambda no, now: give_verdict(matter=no, grade=draw.choice([1, 1, 1, 5]), actor=mine(no), now=now),
            lambda no, now: add(matter=no, text="还有两户。", actor=mine(no), now=now),
            lambda no, now: draw.random() < 0.04 and withdraw(matter=no, reason="", actor=mine(no), now=now),
            lambda no, now: merge(matter=no, lead=draw.choice(self.numbers), reason="同", actor=office, now=now),
            lambda no, now: merge(matter=no, lead=draw.choice(self.numbers), reason="同", actor=office, now=now),
            lambda no, now: draw.random() < 0.2 and separate(matter=no, reason="异", actor=office, now=now),
            lambda no, now: ask_assist(matter=no, unit="chengguan", task="清沙", actor=office, now=now),
            lambda no, now: reply_assist(matter=no, text="清了", actor=stage["handler2"], now=now),
            extend,
            give_back,
        ]  # fmt: skip


def alike(now: datetime) -> None:
    """An open follower stands where its open lead stands; leads know how many follow; a lead follows nobody."""
    rows = {one.pk: one for one in Matter.objects.all()}
    for one in rows.values():
        following = [
            other for other in rows.values() if other.lead_id == one.pk and other.state != State.CLOSED
        ]
        assert one.followers == len(following)
        lead = rows.get(one.lead_id or 0)
        if lead is None or one.state == State.CLOSED:
            continue
        assert lead.lead_id is None or lead.state == State.CLOSED
        if lead.state == State.CLOSED:
            assert one.state == State.COMPLETED
            continue
        assert one.status(now) == lead.status(now)
        assert (one.unit_id, one.handler_id, one.clock_due_at) == (
            lead.unit_id,
            lead.handler_id,
            lead.clock_due_at,
        )
        if one.state in WAITING:
            assert one.look_at is None


def furnished() -> None:
    """Whatever was promised to, or completed for, a matter stands in its own file."""
    for one in Matter.objects.filter(state__in=[State.HANDLING, State.COMPLETED]):
        assert one.commitments.exists()
        assert one.state != State.COMPLETED or one.statements.filter(round=one.round).exists()


@pytest.mark.parametrize("seed", range(12))
def test_any_play(stage: Stage, seed: int) -> None:
    play = Play(stage, seed)
    for number in range(70):
        play.step()
        alike(play.now)
        furnished()
        if number % 10 == 0:
            fold()
            assert recount(play.now) == []
    assert play.done > 10
    while fold():
        pass
    assert recount(play.now) == []
    assert list(breaks()) == []
