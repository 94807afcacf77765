"""Matters as the API draws them: what every caller sees of one, and what only its petitioner or its handlers see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from duban.catalogue.book import StandardEntry
from duban.core.lifecycle import State
from duban.core.lights import Clock
from duban.core.refusal import Refused
from duban.core.workdays import DayLine
from duban.matters.explaining import Explanation, explain
from duban.matters.listing import Listed
from duban.matters.models import Attachment, ClockName, Commitment, Matter, Statement
from duban.matters.queries import MatterFile
from duban.matters.timeline import TimelineEntry
from duban.matters.words import spelled_day, spelled_moment
from duban.people.models import Unit

from .answers import Json, day, moment

ATTACHMENTS = "/api/v1/attachments/"


def unit_of(unit: Unit) -> Json:
    """{code, name}."""
    return {"code": unit.code, "name": unit.name}


def clock_of(name: str, clock: Clock, now: datetime) -> Json:
    """One run of a clock; a stopped one keeps the light it stopped with."""
    return {
        "clock": name,
        "started_at": moment(clock.started_at),
        "warn_at": moment(clock.warn_at),
        "due_at": moment(clock.due_at),
        "stopped_at": moment(clock.stopped_at),
        "light": clock.light(now).value,
    }


def standing(matter: Matter, now: datetime) -> dict[str, object]:
    """How a matter stands: the answer to every verb."""
    return {
        "number": matter.number,
        "status": matter.status(now).value,
        "light": matter.light(now).value,
        "unit": unit_of(matter.unit),
        "round": matter.round,
        "clock": clock_of(str(matter.clock), matter.reading, now),
        "closed_at": moment(matter.closed_at),
        "basis": matter.basis or None,
    }


def described(matter: Matter, now: datetime) -> dict[str, object]:
    """A whole matter as it was registered and as it stands; without who registered it."""
    return {
        **standing(matter, now),
        "kind": matter.kind,
        "title": matter.title,
        "body": matter.body,
        "place": matter.place,
        "channel": matter.channel,
        "registered_at": moment(matter.registered_at),
        "confidential": matter.confidential,
        "publish": matter.publish,
        "collective": matter.collective,
        "urgent": matter.urgent,
        "handler": matter.handler.masked_name if matter.handler else None,
        "previous": matter.previous.number if matter.previous else None,
        "merged_into": matter.lead.number if matter.lead else None,
        "deadline_explained": explained(matter),
    }


def filed(matter: Matter, file: MatterFile, now: datetime) -> dict[str, object]:
    """What belongs to a matter: every clock it had, the promise in force, completion statements, photos, later matters."""
    return {
        "clocks": clocks_of(matter, file, now),
        "commitment": commitment_of(file.commitment) if file.commitment else None,
        "statements": [statement_of(statement) for statement in file.statements],
        "attachments": [attachment_of(attachment) for attachment in file.attachments],
        "later": [{"number": later.number, "title": later.title} for later in file.later],
    }


def clocks_of(matter: Matter, file: MatterFile, now: datetime) -> list[Json]:
    """Every clock the matter had, oldest first: each acceptance, each completion, and the one on now."""
    runs = [(ClockName.ACCEPTANCE, commitment.acceptance) for commitment in file.commitments]
    runs += [(ClockName.COMPLETION, completion_of(statement)) for statement in file.statements]
    stopped = {clock.stopped_at for _name, clock in runs}
    if matter.clock_stopped_at is None or matter.clock_stopped_at not in stopped:
        runs.append((ClockName(matter.clock), matter.reading))
    runs.sort(key=lambda run: run[1].started_at)
    return [clock_of(name.value, clock, now) for name, clock in runs]


def completion_of(statement: Statement) -> Clock:
    """The completion clock a statement stopped."""
    return Clock(statement.clock_started_at, statement.clock_warn_at, statement.clock_due_at, statement.at)


def explained(matter: Matter) -> Json | None:
    """Why the clock falls due when it does, day by day (domain rule 2); None where no calendar can say."""
    try:
        why = explain(matter)
    except Refused:
        return None
    return {
        "clock": why.clock.value,
        "started_at": moment(why.started_at),
        "due_at": moment(why.due_at),
        "workdays": why.workdays,
        "provisional": why.provisional,
        "text": sentence_of(why),
        "days": [line_of(line) for line in why.lines],
    }


def sentence_of(why: Explanation) -> str:
    """The count in a sentence, and in a second one that it may still move."""
    if why.workdays is None:
        places = {"start": spelled_moment(why.started_at), "due": spelled_moment(why.due_at)}
        return gettext("从 %(start)s 起按小时算，到 %(due)s。") % places
    text = gettext("从 %(start)s 的次日起算，第 %(count)s 个工作日是 %(due)s，当天 23:59:59 前都算按时。") % {
        "start": spelled_day(why.started_at),
        "count": why.workdays,
        "due": spelled_day(why.due_at),
    }
    unsure = next((line.day.year for line in why.lines if line.provisional), None)
    if unsure is None:
        return text
    told = gettext("%(year)s 年的放假安排国务院还没有公布，暂按法定节假日推算；公布后会重新计算并通知您。")
    return f"{text} {told % {'year': unsure}}"


def line_of(line: DayLine) -> Json:
    """One day of the count; `counted` is its place among the workdays, None where it does not count."""
    return {
        "day": day(line.day),
        "reason": line.reason,
        "name": line.name,
        "counted": line.counted,
        "provisional": line.provisional,
    }


def commitment_of(commitment: Commitment) -> Json:
    """What was promised, with the standard as it was then."""
    return {
        "standard": {
            "id": commitment.standard_id,
            "title": commitment.standard_title,
            "edition": commitment.edition,
            "limit_workdays": commitment.limit_workdays,
        },
        "unit": unit_of(commitment.unit),
        "handler": commitment.handler.masked_name,
        "promised_workdays": commitment.promised_workdays,
        "contact": {"method": commitment.contact_method, "note": commitment.contact_note},
        "accepted_at": moment(commitment.accepted_at),
        "due_at": moment(commitment.due_at),
        "extensions_granted": commitment.extensions_granted,
    }


def statement_of(statement: Statement) -> Json:
    """A completion statement."""
    return {
        "round": statement.round,
        "at": moment(statement.at),
        "unit": unit_of(statement.unit),
        "outcome": statement.outcome,
        "statement": statement.text,
        "why": statement.why,
        "public_reply": statement.public_reply,
    }


def attachment_of(attachment: Attachment) -> Json:
    """A photo by its private address."""
    return {
        "href": f"{ATTACHMENTS}{attachment.token}",
        "part": attachment.part,
        "width": attachment.width,
        "height": attachment.height,
        "size": attachment.size,
        "at": moment(attachment.at),
    }


def told(entries: Iterable[TimelineEntry]) -> list[Json]:
    """The story of a matter, oldest first."""
    return [
        {
            "at": moment(entry.at),
            "kind": entry.kind,
            "title": entry.title,
            "text": entry.text,
            "by": entry.by,
            "photos": [f"{ATTACHMENTS}{photo.token}" for photo in entry.photos],
        }
        for entry in entries
    ]


def item_of(entry: StandardEntry, unit_name: str) -> Json:
    """A catalogue item. `edition` is the edition that brought it; `until` the one that ended it."""
    return {
        "id": entry.id,
        "code": entry.code,
        "title": entry.title,
        "unit": {"code": entry.unit_code, "name": unit_name},
        "kind": entry.kind,
        "limit_workdays": entry.limit_workdays,
        "fee": entry.fee,
        "steps": list(entry.steps),
        "basis": entry.basis,
        "edition": entry.since,
        "until": entry.until,
    }


def row_of(row: Listed, now: datetime) -> Json:
    """One row of a work list."""
    light, status = row.light_and_status(now)
    done = row.state in (State.COMPLETED, State.CLOSED)
    return {
        "number": row.number,
        "status": status.value,
        "light": light.value,
        "unit": {"code": row.unit_code, "name": row.unit_name},
        "kind": row.kind,
        "title": row.title,
        "place": row.place,
        "registered_at": moment(row.registered_at),
        "clock": row.clock,
        "due_at": moment(row.clock_due_at),
        "completed_at": moment(row.clock_stopped_at) if done else None,
        "closed_at": moment(row.closed_at),
        "round": row.round,
        "urgent": row.urgent,
        "confidential": row.confidential,
        "collective": row.collective,
        "handler": row.handler,
        "waits_for_ruling": row.asks or None,
    }
