"""One of the five checks in the demo: its sample, its findings, its report, and an order out of a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from duban.core.checks import Answer, Result
from duban.core.rights import Actor
from duban.supervision.models import CheckItem, CheckRun
from duban.supervision.planting import FIVE
from duban.supervision.verbs.checking import close_check, reassign_inspector, start_check
from duban.supervision.verbs.checklists import amend_checklist
from duban.supervision.verbs.findings import annotate_finding, record_finding
from duban.supervision.verbs.ordering_from_findings import order_from_finding

from .accounts import Troupe
from .cases import Strand
from .phrases import CHECK_REPORT, DEMANDS
from .rounds import Rounds

HANDS = ("office", "office.2")
ASKED_TOO = "现场有没有公示经办人和监督电话"


@dataclass
class Checking(Strand):
    """One run. Sampled matters are counted from 0, in the order of the draw."""

    troupe: Troupe = field(kw_only=True)
    checklist: str = field(kw_only=True)
    rule: str = field(kw_only=True)
    size: int = field(kw_only=True)
    run: CheckRun | None = None

    def start(self, *, now: datetime, due_on: date, seed: str) -> None:
        """The office draws the sample."""
        self.run = start_check(
            checklist=self.checklist, rule=self.rule, size=self.size, inspectors=HANDS, due_on=due_on,
            seed=seed, actor=self.troupe["office"], now=now,
        )  # fmt: skip

    def change(self, *, now: datetime, place: int) -> None:
        """A sampled matter of the second inspector goes to the first."""
        run, item = self._item(place)
        reassign_inspector(run=run.pk, item=item.pk, inspector=HANDS[0], actor=self.troupe["office"], now=now)

    def find(self, *, now: datetime, place: int, problem: str = "") -> None:
        """What the inspector saw: with a problem the last question is answered no."""
        run, item = self._item(place)
        answers = [Answer.YES.value] * len(run.checklist.items)
        if problem:
            answers[-1] = Answer.NO.value
        record_finding(
            run=run.pk, item=item.pk, answers=answers, note=problem,
            result=(Result.PROBLEM if problem else Result.OK).value, actor=self._inspector(place), now=now,
        )  # fmt: skip

    def annotate(self, *, now: datetime, place: int, text: str) -> None:
        """A later word beside a finding."""
        run, item = self._item(place)
        annotate_finding(run=run.pk, item=item.pk, text=text, actor=self._inspector(place), now=now)

    def order(self, *, now: datetime, place: int, rounds: Rounds | None = None) -> None:
        """An order out of a finding; `rounds` see to it from then on."""
        run, item = self._item(place)
        given = order_from_finding(
            run=run.pk, item=item.pk, colour="yellow", demand=DEMANDS["finding"], reply_by=None,
            actor=self.troupe["office"], now=now,
        )  # fmt: skip
        if rounds and given.order:
            rounds.expect(given.order.key)

    def close(self, *, now: datetime) -> None:
        """With its report."""
        run, _item = self._item(0)
        close_check(run=run.pk, report=CHECK_REPORT, actor=self.troupe["office"], now=now)

    def _item(self, place: int) -> tuple[CheckRun, CheckItem]:
        if self.run is None:
            raise RuntimeError("the check has not begun")
        return self.run, self.run.items.get(place=place + 1)

    def _inspector(self, place: int) -> Actor:
        return self.troupe[HANDS[place % len(HANDS)]]


def ask_more(troupe: Troupe, *, now: datetime) -> None:
    """The office adds a question to the last of the five checklists."""
    last = FIVE[-1]
    amend_checklist(
        key=last.key.value, title=last.title, purpose=last.purpose, items=[*last.items, ASKED_TOO],
        actor=troupe["office"], now=now,
    )  # fmt: skip
