"""One matter of the demo, doing its deeds through the real verbs when their time comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from duban.catalogue.book import StandardEntry
from duban.core.kinds import Channel, ContactMethod, Outcome
from duban.core.rights import ANYONE, Actor
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs import assigning, handling, timing
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.registering import Petitioner, register
from duban.publication.queries import suggestion
from duban.publication.verbs import approve

from .accounts import Troupe
from .stories import Story


class Deed(NamedTuple):
    """Something done at an instant."""

    at: datetime
    do: Callable[[datetime], object]
    name: str = ""


@dataclass
class Strand:
    """Deeds that belong to no one matter: of the office, of a meeting, of many petitioners."""

    deeds: list[Deed] = field(default_factory=list)

    def plan(self, at: datetime, do: Callable[..., object], **given: object) -> datetime:
        """Put a deed on the list; gives its instant back."""
        self.deeds.append(Deed(at, lambda now: do(now=now, **given), getattr(do, "__name__", "")))
        return at


@dataclass
class Case(Strand):
    """A matter-to-be: its story, its person, how it is registered; and then its number."""

    troupe: Troupe = field(kw_only=True)
    story: Story = field(kw_only=True)
    person: Petitioner | None = field(kw_only=True)  # None: a directive
    entry: StandardEntry = field(kw_only=True)
    clerk: str = ""  # the unit at whose terminal it is registered; empty: online
    wish: str = ""  # the unit the petitioner names
    confidential: bool = False
    publish: bool = False
    collective: bool = False
    previous: Case | None = None
    number: str = ""

    @property
    def handler(self) -> Actor:
        """Who handles it at its proper unit."""
        return self.troupe.handler(self.story.unit)

    def register(self, *, now: datetime) -> None:
        """Register it online, at a terminal, or as the leader's directive."""
        actor = ANYONE
        if self.person is None:
            actor = self.troupe["leader"]
        elif self.clerk:
            actor = self.troupe.clerk(self.clerk)
        registered = register(
            kind=self.story.kind,
            title=self.story.title,
            body=self.story.body,
            place=self.story.place,
            petitioner=self.person,
            unit=self.wish,
            channel=Channel.TERMINAL if self.clerk else Channel.WEB,
            confidential=self.confidential,
            publish=self.publish,
            collective=self.collective,
            previous=self.previous.number if self.previous else "",
            actor=actor,
            now=now,
        )
        self.number = registered.matter.number

    def assign(self, *, now: datetime, unit: str = "", urgent: bool | None = None) -> None:
        """The supervision office assigns it."""
        assigning.assign(
            matter=self.number, unit=unit or self.story.unit, urgent=urgent, actor=self.troupe["office"], now=now
        )  # fmt: skip

    def ask_return(self, *, now: datetime, unit: str, suggested: str, reason: str) -> None:
        """The unit that holds it says it is not its own."""
        assigning.request_return(
            matter=self.number, reason=reason, suggested=suggested, actor=self.troupe.handler(unit), now=now
        )  # fmt: skip

    def rule_return(self, *, now: datetime, granted: bool, note: str, unit: str = "") -> None:
        """The office rules on the return."""
        assigning.rule_return(
            matter=self.number, granted=granted, note=note, unit=unit, actor=self.troupe["office"], now=now
        )  # fmt: skip

    def accept(self, *, now: datetime, note: str, due_on: date | None = None) -> None:
        """The unit contacts the petitioner and promises."""
        method = ContactMethod.SYSTEM if self.confidential else ContactMethod.PHONE
        accept(
            matter=self.number, contact_method=method, contact_note=note, standard=self.entry.id,
            due_on=due_on, actor=self.handler, now=now,
        )  # fmt: skip

    def report(self, *, now: datetime, note: str) -> None:
        """Progress."""
        handling.report_progress(matter=self.number, note=note, actor=self.handler, now=now)

    def add(self, *, now: datetime, text: str) -> None:
        """The petitioner adds something."""
        handling.add(matter=self.number, text=text, actor=self.petitioner, now=now)

    def ask_extension(self, *, now: datetime, due_on: date, reason: str) -> None:
        """The unit asks for a later day."""
        timing.request_extension(
            matter=self.number, reason=reason, due_on=due_on, actor=self.handler, now=now
        )

    def rule_extension(self, *, now: datetime, granted: bool, note: str) -> None:
        """The office rules on the extension."""
        timing.rule_extension(
            matter=self.number, granted=granted, note=note, actor=self.troupe["office"], now=now
        )

    def complete(self, *, now: datetime, statement: str = "", outcome: Outcome = Outcome.SOLVED) -> None:
        """The completion statement."""
        why = "涉及其他审批环节，本单位职责内的部分已经办完。" if outcome.needs_why else ""
        handling.complete(
            matter=self.number, outcome=outcome, statement=statement or self.story.done, why=why,
            public_reply=self.story.reply, actor=self.handler, now=now,
        )  # fmt: skip

    def judge(self, *, now: datetime, grade: int, comment: str = "") -> None:
        """The petitioner's verdict."""
        give_verdict(matter=self.number, grade=grade, comment=comment, actor=self.petitioner, now=now)

    def call_back(self, *, now: datetime, result: str, note: str) -> None:
        """The office rings the silent petitioner."""
        call_back(matter=self.number, result=result, note=note, actor=self.troupe["office"], now=now)

    def close_unrated(self, *, now: datetime) -> None:
        """The office closes what nobody judged."""
        close_unrated(matter=self.number, actor=self.troupe["office"], now=now)

    def withdraw(self, *, now: datetime, reason: str) -> None:
        """The petitioner takes it back."""
        withdraw(matter=self.number, reason=reason, actor=self.petitioner, now=now)

    def approve(self, *, now: datetime, title: str = "") -> None:
        """The publisher approves the redacted texts."""
        start = suggestion(Matter.objects.get(number=self.number))
        approve(
            matter=self.number, title=title or start.title, summary=start.summary, reply=start.reply,
            actor=self.troupe["publisher"], now=now,
        )  # fmt: skip

    @property
    def petitioner(self) -> Actor:
        """Its petitioner as an actor; a directive's issuer."""
        return petitioner_of(Matter.objects.only("id", "petitioner_id", "issuer_id").get(number=self.number))
