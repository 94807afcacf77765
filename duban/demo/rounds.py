"""The supervision office's daily round in the demo: alarms are answered, orders issued, replied to and ruled on.

What is done follows from how the city stands that day, as it does in an office; chance decides between note and order.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from duban.core.boundaries import Boundary
from duban.core.lifecycle import State
from duban.core.orders import UNREPLIED, Colour, OrderState
from duban.core.workdays import Calendar
from duban.core.zone import SHANGHAI
from duban.supervision.entering import enter
from duban.supervision.models import Alarm, Order
from duban.supervision.queries import to_escalate
from duban.supervision.verbs.answering import answer_alarm
from duban.supervision.verbs.ordering import issue_order
from duban.supervision.verbs.replying import (
    accept_reply,
    acknowledge_order,
    recall_order,
    reply_order,
    send_back_reply,
)

from .accounts import Troupe
from .cases import Case, Strand
from .phrases import BETTER, DEMANDS, NOTES, RECALLS, REPLIES, SENT_BACK

SITTINGS = (time(8, 40), time(9, 5), time(9, 35), time(10, 15), time(11, 0), time(14, 50), time(16, 10))
AFTERNOON = (time(14, 40), time(15, 25), time(16, 30))
AT_ONCE = 3  # alarms looked into at one sitting
OWED = sorted(state.value for state in UNREPLIED)


class Fate(StrEnum):
    """What becomes of an order."""

    PLAIN = "plain"  # acknowledged, replied to, accepted
    BETTER = "better"  # the first reply is sent back
    RECALLED = "recalled"
    IGNORED = "ignored"  # until a stronger one comes


FATES = (Fate.PLAIN, Fate.BETTER, Fate.PLAIN, Fate.RECALLED, Fate.PLAIN, Fate.PLAIN)
URGED = Fate.IGNORED
"""The fate of the order that goes to a unit alone."""


class Rounds:
    """The office and the units, day by day.

    `orders` is whether the office also issues them by itself; alarms of the matters `apart` are left to something else.
    """

    def __init__(
        self,
        troupe: Troupe,
        calendar: Calendar,
        rng: random.Random,
        *,
        orders: bool = True,
        apart: Sequence[Case] = (),
    ) -> None:
        self.troupe, self.calendar, self.rng = troupe, calendar, rng
        self._issues, self._apart = orders, apart
        self._fates: dict[str, Fate] = {}

    def between(self, first: date, last: date) -> Strand:
        """The rounds of every workday, both ends included."""
        strand = Strand()
        for day in self._workdays(first, last):
            for moment in SITTINGS:
                at = datetime.combine(day, moment, SHANGHAI) + timedelta(seconds=self.rng.randrange(900))
                strand.plan(at, self.answer, limit=AT_ONCE)
            for turn, moment in enumerate(AFTERNOON):
                at = datetime.combine(day, moment, SHANGHAI) + timedelta(seconds=self.rng.randrange(1200))
                strand.plan(at, self.act, turn=turn)
                if turn != 1:
                    strand.plan(at + timedelta(minutes=18), self.rule)
        return strand

    def _workdays(self, first: date, last: date) -> Iterator[date]:
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            if self.calendar.is_workday(day):
                yield day

    # the office

    def answer(self, *, now: datetime, limit: int) -> None:
        """Look into the alarms that have waited longest."""
        enter(now)  # as the worker would have by now
        waiting = Alarm.objects.filter(answer="", at__lte=now).select_related("matter__unit")
        waiting = waiting.exclude(matter__number__in=[case.number for case in self._apart])
        for alarm in list(waiting.order_by("at", "id")[:limit]):
            colour = self._colour(alarm)
            if colour is None:
                note = self.rng.choice(NOTES[alarm.boundary])
                answer_alarm(alarm=alarm.pk, note=note, actor=self.troupe["office"], now=now)
                continue
            self.order(now=now, matter=alarm.matter.number, colour=colour)
            return  # it may have answered others of these

    def _colour(self, alarm: Alarm) -> Colour | None:
        """The order an alarm is answered with; None: a note will do."""
        chance, matter = self.rng.random(), alarm.matter
        running = matter.state in (State.ASSIGNED, State.HANDLING) and matter.lead_id is None
        if not self._issues or not running or matter.unit.is_office:
            return None
        colour = {True: Colour.YELLOW, False: Colour.RED}[chance < 0.3] if chance < 0.45 else None
        if alarm.boundary == Boundary.YELLOW.value:
            colour = Colour.GREEN if chance < 0.03 else None
        if colour and Order.objects.filter(matter=matter, colour=colour.value, ended_at=None).exists():
            return None
        return colour

    def order(self, *, now: datetime, colour: Colour, matter: str = "", unit: str = "") -> Order:
        """Issue one about a matter or to a unit alone, and settle what will become of it."""
        order = issue_order(
            colour=colour.value, demand=DEMANDS["unit" if unit else colour.value], reply_by=None,
            matter=matter, unit=unit, actor=self.troupe["office"], now=now,
        )  # fmt: skip
        self._fates[order.key] = URGED if unit else FATES[len(self._fates) % len(FATES)]
        return order

    def expect(self, key: str) -> None:
        """An order somebody else issued goes the common way too."""
        self._fates[key] = Fate.PLAIN

    def rule(self, *, now: datetime) -> None:
        """Accept what units replied or send it back, take an order back, follow one up with a stronger one."""
        office = self.troupe["office"]
        for order in list(Order.objects.filter(ended_at=None, issued_at__lt=now).order_by("id")):
            fate = self._fates.get(order.key)
            if fate is None:
                continue
            if fate is Fate.RECALLED and order.standing in UNREPLIED:
                recall_order(order=order.key, reason=RECALLS[0], actor=office, now=now)
            elif order.standing is OrderState.REPLIED and fate is Fate.BETTER:
                self._fates[order.key] = Fate.PLAIN
                reason = self.rng.choice(SENT_BACK)
                send_back_reply(order=order.key, reason=reason, reply_by=None, actor=office, now=now)
            elif order.standing is OrderState.REPLIED:
                accept_reply(order=order.key, actor=office, now=now)
        for proposal in to_escalate(now).items:
            former = proposal.order
            if self._fates.get(former.key) is Fate.IGNORED:
                order = issue_order(
                    colour=proposal.colour.value, demand=DEMANDS["again"], reply_by=None,
                    matter=former.matter.number if former.matter else "",
                    unit="" if former.matter else former.unit_id,
                    escalated_from=former.key, actor=office, now=now,
                )  # fmt: skip
                self._fates[order.key] = Fate.PLAIN

    # the units

    def act(self, *, now: datetime, turn: int) -> None:
        """A third of the units: acknowledge what has come, reply to what was acknowledged a day ago."""
        for order in list(Order.objects.filter(state__in=OWED, issued_at__lt=now).order_by("id")):
            fate = self._fates.get(order.key)
            if fate not in (Fate.PLAIN, Fate.BETTER) or order.pk % len(AFTERNOON) != turn:
                continue
            unit = self.troupe.handler(order.unit_id)
            if order.acknowledged_at is None:
                acknowledge_order(order=order.key, actor=unit, now=now)
            elif now - order.acknowledged_at > timedelta(hours=12):
                text = self.rng.choice(BETTER if order.replies.exists() else REPLIES)
                reply_order(order=order.key, text=text, actor=unit, now=now)
