"""Whole lives in memory: what the verbs would have left of a matter, ready to be written in bulk."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from duban.catalogue.book import Book, StandardEntry
from duban.core.boundaries import crossings
from duban.core.events import Kind
from duban.core.kinds import Channel, ContactMethod, Outcome
from duban.core.lifecycle import Basis, State, Step
from duban.core.numbers import number_of
from duban.core.rights import SYSTEM
from duban.core.zone import day_of
from duban.evaluation.models import Verdict
from duban.journal.chain import digest, digest_of_text
from duban.journal.models import Event
from duban.journal.recording import Entry
from duban.matters.boundaries import RECORDED_AS
from duban.matters.models import Commitment, Matter, Statement
from duban.matters.reckoning import Reckoner
from duban.matters.verbs.deed import advance, answerable, moved, place_of
from duban.people.models import Citizen
from duban.people.units import office_code

from .accounts import Troupe
from .stories import Story, Teller
from .words import CONTACTS


class Fate(Enum):
    """How far a matter has come."""

    CLOSED = auto()
    COMPLETED = auto()
    HANDLING = auto()
    HANDLING_LATE = auto()
    ACCEPTING = auto()
    ACCEPTING_LATE = auto()


@dataclass
class Life:
    """A matter and everything written for it."""

    matter: Matter
    events: list[Event] = field(default_factory=list)
    commitment: Commitment | None = None
    statement: Statement | None = None
    verdict: Verdict | None = None
    ground: Event | None = None

    def write(self, *entries: Entry, actor: str, at: datetime) -> None:
        """Chain the entries to the matter's stream, as the journal's writer does."""
        matter = self.matter
        for entry in entries:
            seq, prev, facts = matter.journal_seq + 1, matter.journal_hash, dict(entry.facts)
            spelled = digest(
                stream=matter.stream, seq=seq, kind=entry.kind.value, actor=actor, at=at, facts=facts, prev=prev
            )  # fmt: skip
            self.events.append(
                Event(
                    stream=matter.stream, seq=seq, kind=entry.kind.value, actor=actor, at=at, facts=facts,
                    prev=prev, hash=spelled,
                )
            )  # fmt: skip
            matter.journal_seq, matter.journal_hash = seq, spelled


class Lives:
    """Makes lives by one book."""

    def __init__(self, book: Book, troupe: Troupe, teller: Teller, rng: random.Random, now: datetime) -> None:
        self.book, self.troupe, self.teller, self.rng, self.now = book, troupe, teller, rng, now
        self.reckoner = Reckoner(book)
        self.next_commitment = self.next_statement = 1
        self._entries: dict[str, StandardEntry] = {
            entry.code: entry for entries in book.current_by_unit.values() for entry in entries
        }

    def life(self, fate: Fate, at: datetime, serial: int, citizen: Citizen) -> Life:
        """A matter registered at an instant that has come so far by now."""
        story = self.teller.tell()
        entry = self._entries[story.standard]
        while fate in (Fate.HANDLING, Fate.HANDLING_LATE) and not 5 <= entry.limit_workdays <= 10:
            story = self.teller.tell()
            entry = self._entries[story.standard]
        life = Life(self._registered(story, at, serial, citizen))
        self._begin(life, story, f"citizen:{citizen.pk}", at)
        if fate not in (Fate.ACCEPTING, Fate.ACCEPTING_LATE):
            at = min(at + timedelta(minutes=self.rng.randint(20, 1500)), self.now - timedelta(minutes=5))
            self._accept(life, entry, at)
            if fate in (Fate.CLOSED, Fate.COMPLETED):
                days = min(entry.limit_workdays, 12) * self.rng.uniform(0.2, 1.2)
                at = min(at + timedelta(seconds=round(86400 * days)), self.now - timedelta(hours=2))
                self._complete(life, story, at)
            if fate is Fate.CLOSED:
                at = min(at + timedelta(minutes=self.rng.randint(60, 6000)), self.now - timedelta(minutes=1))
                self._close(life, f"citizen:{citizen.pk}", at)
        self._cross(life)
        return life

    def _registered(self, story: Story, at: datetime, serial: int, citizen: Citizen) -> Matter:
        rng = self.rng
        text = f"{story.kind}\x00{story.title}\x00{story.body}\x00{serial}"
        return Matter(
            id=serial,
            number=number_of(day_of(at), serial),
            registered_at=at,
            kind=story.kind,
            title=story.title,
            body=story.body,
            place=story.place,
            channel=Channel.WEB,
            petitioner=citizen,
            publish=rng.random() < 0.3,
            fingerprint=hashlib.sha256(text.encode()).hexdigest(),
            query_code=f"{rng.randrange(10**10):010d}",
            state=State.REGISTERED,
            unit_id=office_code(),
        )

    def _begin(self, life: Life, story: Story, actor: str, at: datetime) -> None:
        matter = life.matter
        self.reckoner.assigning(matter, at)
        facts = {"kind": story.kind, "channel": "web", "photos": list[str]()}
        registered = moved(Kind.MATTER_REGISTERED, None, matter, **facts)
        was = place_of(matter)
        advance(matter, Step.ASSIGN)
        matter.unit_id, matter.assigned_at, matter.assignments = story.unit, at, 1
        self.reckoner.acceptance(matter, at)
        life.write(registered, moved(Kind.MATTER_ASSIGNED, was, matter, by="rule"), actor=actor, at=at)

    def _accept(self, life: Life, entry: StandardEntry, at: datetime) -> None:
        matter, handler = life.matter, self.troupe.handler(entry.unit_code)
        was, acceptance = place_of(matter), matter.reading.stop(at)
        advance(matter, Step.ACCEPT)
        matter.handler_id = int(handler.key.partition(":")[2])
        self.reckoner.completion(matter, at, entry.limit_workdays)
        note = self.rng.choice(CONTACTS)
        life.commitment = Commitment(
            id=self.next_commitment,
            matter=matter,
            unit_id=matter.unit_id,
            handler_id=matter.handler_id,
            standard_id=entry.id,
            edition=entry.since,
            standard_title=entry.title,
            limit_workdays=entry.limit_workdays,
            promised_workdays=entry.limit_workdays,
            contact_method=ContactMethod.PHONE,
            contact_note=note,
            accepted_at=at,
            due_at=matter.clock_due_at,
            acceptance_started_at=acceptance.started_at,
            acceptance_warn_at=acceptance.warn_at,
            acceptance_due_at=acceptance.due_at,
        )
        self.next_commitment += 1
        accepted = moved(
            Kind.MATTER_ACCEPTED, was, matter, commitment=life.commitment.pk, standard=entry.id,
            edition=entry.since, limit_workdays=entry.limit_workdays, promised_workdays=entry.limit_workdays,
            contact="phone", contact_note=digest_of_text(note), late=acceptance.is_late(at),
        )  # fmt: skip
        life.write(accepted, actor=handler.key, at=at)

    def _complete(self, life: Life, story: Story, at: datetime) -> None:
        matter = life.matter
        was, late = place_of(matter), matter.reading.is_late(at)
        advance(matter, Step.COMPLETE)
        life.statement = Statement(
            id=self.next_statement,
            matter=matter,
            round=1,
            unit_id=matter.unit_id,
            by_id=matter.handler_id or 0,
            at=at,
            outcome=Outcome.SOLVED,
            text=story.done,
            public_reply=story.reply,
            clock_started_at=matter.clock_started_at,
            clock_warn_at=matter.clock_warn_at,
            clock_due_at=matter.clock_due_at,
        )
        self.next_statement += 1
        matter.stop_clock(at, self.book.policy)
        completed = moved(
            Kind.MATTER_COMPLETED, was, matter, statement=life.statement.pk, outcome="solved",
            text=digest_of_text("\n".join([story.done, "", story.reply])), photos=[], late=late,
        )  # fmt: skip
        life.write(completed, actor=f"staff:{matter.handler_id}", at=at)

    def _close(self, life: Life, actor: str, at: datetime) -> None:
        matter = life.matter
        was = place_of(matter)
        advance(matter, Step.CLOSE)
        matter.look_at, matter.closed_at, matter.basis = None, at, Basis.VERDICT
        grade = self.rng.choice((3, 4, 4, 5, 5, 5))
        life.verdict = Verdict(matter=matter, round=1, grade=grade, at=at)
        closed = moved(Kind.MATTER_CLOSED, was, matter, basis=str(Basis.VERDICT))
        judged = Entry(Kind.VERDICT_GIVEN, {"grade": grade, "round": 1, **answerable(matter)})
        life.write(judged, closed, actor=actor, at=at)
        life.ground = life.events[-2]

    def _cross(self, life: Life) -> None:
        """Record the boundaries the matter has crossed as it stands, so that no sweep has to."""
        matter = life.matter
        ahead = crossings(matter.lifecycle_state, matter.reading, matter.completed_at, self.book.policy)
        for crossing in ahead:
            if crossing.at > self.now:
                matter.look_at = crossing.at
                return
            facts: dict[str, object] = {
                "boundary": crossing.boundary.value,
                "clock": str(matter.clock),
                "run": matter.clock_run,
                "round": matter.round,
                "due_at": matter.clock_due_at.isoformat(),
                "unit": matter.unit_id,
                "handler": matter.handler_id,
            }
            life.write(Entry(RECORDED_AS[crossing.boundary], facts), actor=SYSTEM.key, at=crossing.at)
        matter.look_at = None
