"""From an event to the messages it owes: who is told, and the sentence filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from duban.core.ballot import Outcome
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.evaluation.models import Ballot
from duban.journal.models import Event
from duban.matters.models import ClockName, Matter
from duban.matters.opening import petitioner_of
from duban.matters.words import spelled_deadline
from duban.people.units import office_code, unit_name

from . import recipients
from .follow_ups import FOLLOW_UPS, asks, follow_up_recipients, follow_up_words
from .ledgers import appellant, ruling_words
from .message import Message
from .orders import ORDERS, order_recipients, order_words
from .recipients import Recipient
from .wording import COLLECTIVE, SENTENCES, SUBJECT, Audience
from .wording.saying import _
from .wording.together import AS_ITS_LEAD, REOPENED_BY_ANOTHER, REOPENED_BY_COLLEAGUE


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for one recipient."""

    recipient: Recipient
    message: Message


def notices(event: Event) -> Iterator[Notice]:
    """Everything an event owes, as things are now: a reminder that events have overtaken owes nothing."""
    if event.kind in ORDERS:
        yield from _of_order(event)
        return
    if event.kind in FOLLOW_UPS:
        yield from _of_follow_up(event)
        return
    if event.kind == Kind.APPEAL_RULED:
        yield from _of_appeal(event)
        return
    matter = Matter.objects.select_related("unit", "petitioner", "issuer", "handler__unit").get(
        pk=int(event.stream.partition(":")[2])
    )
    if _outdated(event, matter):
        return
    holder = _holder(event, matter)
    words = _words(event, matter, holder)
    for audience, sentence in _sentences(event, matter).items():
        spoken = gettext(sentence)
        for recipient in _audience(audience, event, matter, holder):
            message = spoken % {**words, **recipient.words}
            yield Notice(recipient, Message(recipient.address, gettext(SUBJECT) % words, message))


def _of_order(event: Event) -> Iterator[Notice]:
    """What is owed for a supervision order, which may concern no matter."""
    words = order_words(event)
    for audience, sentence in SENTENCES[event.kind].items():
        message = gettext(sentence) % words
        for recipient in order_recipients(audience, event):
            yield Notice(recipient, Message(recipient.address, gettext(SUBJECT) % words, message))


def _of_follow_up(event: Event) -> Iterator[Notice]:
    """What is owed for what a decision asks of a unit, which need not hold the matter."""
    decision = asks(event)
    if decision is None:
        return
    words = follow_up_words(event, decision)
    for audience, sentence in SENTENCES[event.kind].items():
        message = gettext(sentence) % words
        for recipient in follow_up_recipients(audience, decision):
            yield Notice(recipient, Message(recipient.address, gettext(SUBJECT) % words, message))


def _of_appeal(event: Event) -> Iterator[Notice]:
    """What is owed for a ruling on an appeal, which may concern no matter either."""
    words = ruling_words(event)
    message = gettext(SENTENCES[event.kind][Audience.APPELLANT]) % words
    for recipient in appellant(event):
        yield Notice(recipient, Message(recipient.address, gettext(SUBJECT) % words, message))


def _sentences(event: Event, matter: Matter) -> Mapping[Audience, str]:
    """What is said to whom. Of a merged matter its petitioner hears what its lead's does; and who did not judge it
    themselves does not hear that they did."""
    follows = event.kind == Kind.MATTER_FOLLOWED
    kind = Kind(event.facts["because"]) if follows else Kind(event.kind)
    if kind == Kind.MATTER_REOPENED:
        others = _reopened_by(event, matter)
        return others if follows else {**SENTENCES[_name(event, matter)], **others}
    if follows and kind in AS_ITS_LEAD:
        return {Audience.PETITIONER: SENTENCES[kind][Audience.PETITIONER]}
    return SENTENCES[_name(event, matter)]


def _reopened_by(event: Event, matter: Matter) -> Mapping[Audience, str]:
    """What the petitioner hears of a reopening: by whose judgement, of this matter or of one merged with it."""
    own = event.actor == petitioner_of(matter).key
    if event.kind == Kind.MATTER_FOLLOWED:
        judged = own or event.facts.get("judged", False)
    else:
        judged = own or "merged" not in event.facts
    if not judged:
        return {Audience.PETITIONER: REOPENED_BY_ANOTHER}
    if matter.issuer_id is not None and not own:
        return {Audience.PETITIONER: REOPENED_BY_COLLEAGUE}
    sentences = SENTENCES[_as_spoken(Kind.MATTER_REOPENED, matter)]
    return {Audience.PETITIONER: sentences[Audience.PETITIONER]}


def _name(event: Event, matter: Matter) -> str:
    if event.kind == Kind.ALARM_RAISED:
        return f"alarm.{event.facts['boundary']}"
    return _as_spoken(event.kind, matter)


def _as_spoken(kind: str, matter: Matter) -> str:
    of_many = f"{kind}.{COLLECTIVE}"
    return of_many if matter.collective and of_many in SENTENCES else kind


def _outdated(event: Event, matter: Matter) -> bool:
    """Whether it is too late to say it: an alarm of a clock set anew since, a reminder after the verdict."""
    match event.kind:
        case Kind.ALARM_RAISED:
            return matter.clock_run != event.facts["run"] or matter.clock_stopped_at is not None
        case Kind.VERDICT_REMINDED | Kind.CALLBACK_FELL_DUE:
            waits = matter.state == State.COMPLETED and matter.clock_run == event.facts["run"]
            return not waits or Ballot.objects.filter(matter=matter, closed_at=None).exists()
        case Kind.BALLOT_OPENED | Kind.VOTING_CODE_REQUESTED:
            return not Ballot.objects.filter(pk=event.facts["ballot"], closed_at=None).exists()
        case _:
            return False


def _holder(event: Event, matter: Matter) -> str:
    """The unit the event concerns: the one it was moved to (from, when it came back), or the one that has it."""
    if event.kind == Kind.ASSIST_REPLIED:  # told to who asked for it
        return matter.unit_id
    if Kind.RETURN_GRANTED in (event.kind, event.facts.get("because")):
        return str(event.facts["was"]["unit"])
    if "now" in event.facts:
        return str(event.facts["now"]["unit"])
    return str(event.facts.get("unit", matter.unit_id))


def _audience(audience: Audience, event: Event, matter: Matter, holder: str) -> Iterator[Recipient]:
    match audience:
        case Audience.PETITIONER:
            return recipients.petitioner(matter)
        case Audience.UNIT:
            return recipients.unit(holder, matter.handler)
        case Audience.OFFICE:
            # A registered matter waits for the office only if no rule gave it to a unit in the same breath; and
            # the office is told of its own red light once, as the holder.
            if event.kind == Kind.MATTER_REGISTERED and matter.state != State.REGISTERED:
                return iter(())
            if event.kind == Kind.ALARM_RAISED and holder == office_code():
                return iter(())
            return recipients.office()
        case Audience.VOTERS if event.kind == Kind.BALLOT_OPENED:
            return recipients.to_vote(event.facts["ballot"])
        case Audience.VOTERS if event.kind == Kind.VOTING_CODE_REQUESTED:
            return recipients.asked_again(event.facts["resendings"])
        case Audience.VOTERS:
            return recipients.on_roll(event.facts["ballot"], matter)
        case Audience.COSIGNER:
            return recipients.cosigner(event.facts["cosigner"], event.facts["request"])
        case Audience.APPELLANT:
            return appellant(event)


def _words(event: Event, matter: Matter, holder: str) -> dict[str, Any]:
    """What fills a sentence's places."""
    due_at = matter.clock_due_at
    told = event.facts.get("due_at") or (event.facts.get("now") or {}).get("due_at")
    if told:
        due_at = datetime.fromisoformat(told)
    clock = event.facts.get("clock", matter.clock)
    closes = event.facts.get("closes_at")
    return {
        "number": matter.number,
        "person": matter.petitioner.masked_name if matter.petitioner else "",
        "unit": unit_name(holder),
        "due": spelled_deadline(due_at),
        "step": str(ClockName(clock).label),
        "link": f"{settings.SITE_URL}/matters/{matter.number}",
        "closes": spelled_deadline(datetime.fromisoformat(closes)) if closes else "",
        "votes": event.facts.get("votes", ""),
        "against": event.facts.get("dissatisfied", ""),
        "outcome": gettext(OUTCOMES[came_of]) if (came_of := event.facts.get("outcome")) in OUTCOMES else "",
    }


OUTCOMES = {
    Outcome.PASSED: _("予以销号"),
    Outcome.BLOCKED: _("不予销号，重新办理"),
    Outcome.NO_QUORUM: _("投票人数不够，将再次测评"),
}
