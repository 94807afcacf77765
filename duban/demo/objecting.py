"""What officials say to their ledgers in the demo, what the office rules, and how it weighs an item from a month on.

Nothing here is drawn by chance: the oldest entries that can still be appealed against are taken, in their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from duban.core.ledger import Item, Ledger
from duban.core.rights import Actor
from duban.ledgers.appealing import answer_entry, appeal_entry, rule_appeal
from duban.ledgers.entering import enter
from duban.ledgers.models import LedgerEntry
from duban.ledgers.scores import amend_scores

from .accounts import Troupe
from .alive import Today
from .cases import Strand
from .cast import at
from .phrases import APPEALS, ENTRY_ANSWERS, RULINGS

LATELY = timedelta(days=9)  # within ten workdays whatever the calendar
SAID_ABOUT = (Item.RED_LIGHT.value, Item.COMPLETED_LATE.value, Item.ACCEPTED_LATE.value)


class Objections(Strand):
    """Replies and appeals of some days, and the rulings on them."""

    def __init__(self, troupe: Troupe) -> None:
        super().__init__()
        self.troupe = troupe
        self._pending: list[int] = []

    def answer(self, *, now: datetime, who: str = "") -> None:
        """An official answers an entry: whoever's comes first, or this one's."""
        for entry in _open(now, self._actor(who))[:1]:
            answer_entry(entry=entry.pk, text=ENTRY_ANSWERS[0], actor=_own(entry), now=now)

    def appeal(self, *, now: datetime, reason: str, who: str = "", ruled: bool = True) -> None:
        """An official appeals; `ruled`: the office will say something to it."""
        for entry in _open(now, self._actor(who))[:1]:
            appeal_entry(entry=entry.pk, reason=APPEALS[reason], actor=_own(entry), now=now)
            if ruled:
                self._pending.append(entry.pk)

    def appeal_for_unit(self, *, now: datetime) -> None:
        """寨阳乡's head appeals where no official answers for an entry."""
        head = self.troupe["head"]
        for entry in _entered(now).filter(staff=None, unit=head.unit)[:1]:
            appeal_entry(entry=entry.pk, reason=APPEALS["unit"], actor=head, now=now)

    def rule(self, *, now: datetime, upheld: bool) -> None:
        """The office rules on the appeal that has waited longest."""
        if self._pending:
            entry, note = self._pending.pop(0), RULINGS["upheld" if upheld else "refused"]
            rule_appeal(entry=entry, upheld=upheld, note=note, actor=self.troupe["office"], now=now)

    def weigh(self, *, now: datetime) -> None:
        """A second version of the points: what is done again weighs more."""
        amend_scores(
            weights={Item.REOPENED.value: -3, Item.ORDER_RED.value: -12},
            note="第一季度联席会议要求：退回重办和红色督办件从严计分",
            actor=self.troupe["office"],
            now=now,
        )  # fmt: skip

    def _actor(self, who: str) -> Actor | None:
        return self.troupe[who] if who else None


def of_the_period(troupe: Troupe) -> Objections:
    """One reply, one appeal upheld, one dismissed, and the points from March 2014 on."""
    said = Objections(troupe)
    said.plan(at("2014-02-20 09:10"), said.weigh)
    said.plan(at("2014-02-25 09:30"), said.answer)
    said.plan(at("2014-02-25 10:20"), said.appeal, reason="holder")
    said.plan(at("2014-02-25 16:05"), said.appeal, reason="trade")
    said.plan(at("2014-02-27 15:10"), said.rule, upheld=True)
    said.plan(at("2014-02-27 15:30"), said.rule, upheld=False)
    return said


def of_today(today: Today) -> Iterator[Objections]:
    """In the accounts one can sign in with: a reply, an appeal upheld and one dismissed, and two that wait."""
    said = Objections(today.planner.troupe)
    filed, ruled = today.ago(2, hour=9), today.ago(1, hour=9)
    said.plan(filed.replace(hour=8, minute=50), said.answer, who="handler")
    said.plan(filed.replace(hour=9, minute=20), said.appeal, who="handler", reason="holder")
    said.plan(filed.replace(hour=9, minute=40), said.appeal, who="handler2", reason="trade")
    said.plan(ruled.replace(hour=10), said.rule, upheld=True)
    said.plan(ruled.replace(hour=10, minute=25), said.rule, upheld=False)
    said.plan(ruled.replace(hour=16), said.appeal, who="handler", reason="trade", ruled=False)
    said.plan(ruled.replace(hour=16, minute=30), said.appeal_for_unit)
    yield said


def _open(now: datetime, actor: Actor | None) -> list[LedgerEntry]:
    """Entries of officials (or of this one) that nothing was said to yet, the oldest first."""
    found = _entered(now).exclude(staff=None).select_related("staff__unit")
    return [one for one in found if actor is None or f"staff:{one.staff_id}" == actor.key]


def _entered(now: datetime) -> QuerySet[LedgerEntry]:
    """What stands in the conduct ledgers since some days, entered up to now."""
    while enter(now=now):
        pass
    since = LedgerEntry.objects.filter(ledger=Ledger.CONDUCT.value, number=1, at__gte=now - LATELY)
    return since.filter(item__in=SAID_ABOUT, answer=None, appeal=None).order_by("at", "id")


def _own(entry: LedgerEntry) -> Actor:
    if entry.staff is None:
        raise RuntimeError("nobody answers for the entry")
    return entry.staff.actor
