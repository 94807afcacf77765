"""What staff see of a matter: where it stands, what was said, who asked what, why it is due when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duban.catalogue.book import StandardEntry, book
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Role, Verb, may
from duban.core.zone import day_of
from duban.matters.assists import only_assists, seen_among
from duban.matters.linking import previous_of
from duban.matters.models import Attachment, Extension, Matter, ReturnRequest, Ruling
from duban.matters.queries import MatterFile, file_of, petitioner_name
from duban.matters.reckoning import calendar_refusals
from duban.matters.timeline import timeline
from duban.matters.unnaming import unnamed, unnamed_file, unnamed_matter, unnamed_story
from duban.supervision.checks import findings_at
from duban.supervision.meetings import open_item_of
from duban.supervision.queries import follow_ups_at

from ..citizen.picture import deadline_of
from ..together.picture import beside
from .acts import offered
from .jobs import time_left


def summary(matter: Matter, actor: Actor, now: datetime) -> dict[str, Any]:
    """The head of every page about a matter: light, status, who asks, what for."""
    left, due = time_left(matter, now)
    assisting = only_assists(matter, actor)
    if assisting:
        unnamed_matter(matter)
    return {
        "matter": matter,
        "number": matter.number,
        "status": matter.status(now).value,
        "light": matter.light(now).value,
        "left": left,
        "due": due,
        "asker": _asker(matter, actor),
        "may_unmask": may_unmask(matter, actor),
        "assisting": assisting,
    }


def picture(matter: Matter, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything the matter's page draws."""
    file, story, findings = file_of(matter, actor), timeline(matter, audience="staff"), findings_at(matter)
    if only_assists(matter, actor):
        file, story = unnamed_file(file, matter), unnamed_story(story, matter)
        for one in findings:  # for reading only, as all of these
            one.note = unnamed(one.note, matter)
    earlier = previous_of(matter, actor)
    return {
        **summary(matter, actor, now),
        **beside(matter, actor, now),
        "acts": offered(matter, actor, now),
        "commitment": file.commitment,
        "statement": file.statement,
        "asked": pending(file),
        "earlier": earlier,
        "later": file.later,
        "linked_seen": seen_among([*([earlier] if earlier else []), *file.later], actor),
        "findings": findings,
        "sees_checks": may(actor, Verb.SEE_CHECKS),
        "own_photos": [one for one in file.attachments if one.part == Attachment.Part.REGISTRATION],
        **deadline_of(matter),
        "story": list(reversed(story)),
        "follow_ups": follow_ups_at(matter, actor),
        "today": day_of(now),
        "may_report": may(actor, Verb.REPORT_FOLLOW_UP, unit=actor.unit),
        **_docket(matter, actor),
    }


def _docket(matter: Matter, actor: Actor) -> dict[str, Any]:
    """The way to the joint meeting's docket: its open item for whoever may see it, else for the office to put it there."""
    convenes, heads = may(actor, Verb.CONVENE), actor.has(Role.HEAD) and actor.unit == matter.unit_id
    item = open_item_of(matter) if heads or may(actor, Verb.SEE_MEETING) else None
    running = matter.state != State.CLOSED and matter.lead_id is None
    return {"docket_item": item, "may_docket": convenes and running and item is None}


def pending(file: MatterFile) -> ReturnRequest | Extension | None:
    """The request that waits for a ruling, if any."""
    requests: list[ReturnRequest | Extension] = [*file.return_requests, *file.extensions]
    return next((one for one in requests if one.ruling == Ruling.PENDING), None)


def may_unmask(matter: Matter, actor: Actor) -> bool:
    """Whether the account may look at the petitioner's real data, in writing; not the unit's of a confidential one."""
    if matter.petitioner_id is None or (matter.confidential and not actor.has(Role.OFFICE)):
        return False
    return may(actor, Verb.UNMASK, unit=matter.unit_id, matter=matter.pk)


@dataclass(frozen=True, slots=True)
class Offer:
    """A standard a unit may commit to today, and the last day it would allow."""

    standard: StandardEntry
    due_on: date


def offers(matter: Matter, now: datetime) -> list[Offer]:
    """The unit's own list, those meant for this kind of matter first. Raises Refused(`calendar_missing`)."""
    read, today = book(), day_of(now)
    own = read.current_by_unit.get(matter.unit_id, ())
    with calendar_refusals():
        found = [Offer(one, read.calendar.nth_workday(today, one.limit_workdays)) for one in own]
    return sorted(found, key=lambda offer: (not offer.standard.fits(matter.kind), offer.standard.kind == ""))


def return_until(matter: Matter) -> datetime | None:
    """Until when the unit may return the matter; None where the calendar cannot say."""
    read = book()
    try:
        with calendar_refusals():
            since = matter.assigned_at or matter.registered_at
            return read.calendar.due_at(since, read.policy.return_window_workdays)
    except Refused:
        return None


def _asker(matter: Matter, actor: Actor) -> str:
    if matter.issuer is not None:
        if only_assists(matter, actor):
            return ""
        return matter.issuer.display_name  # an official's directive: the unit must know whose it is
    return petitioner_name(matter, actor)
