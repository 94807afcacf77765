"""What a petitioner sees of a matter: the four answers first, then the statement, the deadline, the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from duban.catalogue.book import book
from duban.core.lifecycle import State
from duban.core.lights import margin
from duban.core.refusal import Refused
from duban.core.rights import Actor, Role, Verb
from duban.evaluation.permitted import allowed
from duban.matters.explaining import explain
from duban.matters.models import Attachment, ClockName, Matter
from duban.matters.opening import petitioner_of
from duban.matters.queries import MatterFile, file_of
from duban.matters.timeline import timeline
from duban.supervision.meetings import set_the_clock

from .. import formats
from ..ballots.picture import of_many
from ..deadline import Explained, explained


@dataclass(frozen=True, slots=True)
class Answers:
    """Who has it, what was promised, when it is due, which light: each a line and a smaller one."""

    turn: str
    turn_note: str
    promise: str
    promise_note: str
    due: str
    light: str
    light_note: str


def picture(matter: Matter, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything the matter page draws; `actor` is who acts on it here, and may be staff, who do nothing for a citizen."""
    file = file_of(matter, petitioner_of(matter))
    state = matter.lifecycle_state
    verbs = allowed(matter, actor, now) if actor.has(Role.PETITIONER) else ()
    return {
        "matter": matter,
        "number": matter.number,
        "status": matter.status(now),
        "answers": _answers(matter, file, now),
        "statement": file.statements[-1]
        if file.statements and state in (State.COMPLETED, State.CLOSED)
        else None,
        "evidence": [a for a in file.attachments if a.part == Attachment.Part.COMPLETION],
        **deadline_of(matter),
        "story": list(reversed(timeline(matter, audience="petitioner"))),
        "staff": not actor.has(Role.PETITIONER),
        "may_judge": Verb.GIVE_VERDICT in verbs,
        "may_add": Verb.ADD in verbs,
        "may_withdraw": Verb.WITHDRAW in verbs,
        "many": of_many(matter, verbs, now),
        "waits_for_ballot": state is State.COMPLETED and matter.collective,
    }


def deadline_of(matter: Matter) -> dict[str, Any]:
    """Why it is due when it is due: day by day, and in a line."""
    by_meeting = set_the_clock(matter)
    return {"why": _why(matter, by_meeting), "why_note": _why_note(matter, by_meeting)}


def _why(matter: Matter, by_meeting: bool) -> Explained | None:
    """The deadline day by day; None for a limit in hours, which has no days to count."""
    try:
        explanation = explain(matter)
    except Refused:  # a year without a calendar: the page still shows everything else
        return None
    if not explanation.lines:
        return None
    match explanation.clock:
        case ClockName.COMPLETION if by_meeting:
            return explained(
                explanation.lines, started=gettext("决定"), start_text=gettext("联席会议决定，当天不算")
            )
        case ClockName.COMPLETION if matter.round > 1:
            return explained(
                explanation.lines, started=gettext("重办"), start_text=gettext("退回重办，当天不算")
            )
        case ClockName.COMPLETION:
            return explained(
                explanation.lines, started=gettext("承诺"), start_text=gettext("作出承诺，当天不算")
            )
        case ClockName.ACCEPTANCE:
            return explained(explanation.lines, started=gettext("交办"), start_text=gettext("交办，当天不算"))
        case _:
            return explained(explanation.lines, started=gettext("挂号"), start_text=gettext("挂号，当天不算"))


def _why_note(matter: Matter, by_meeting: bool) -> str:
    """1月30日承诺，3 个工作日."""
    started = formats.day(matter.clock_started_at)
    if matter.clock_workdays is None:
        return gettext("紧急事项，从 %(at)s 起按小时计算，节假日照走") % {
            "at": formats.moment(matter.clock_started_at)
        }
    counted = ngettext("%(n)s 个工作日", "%(n)s 个工作日", matter.clock_workdays) % {
        "n": matter.clock_workdays
    }
    match matter.clock:
        case ClockName.COMPLETION if by_meeting:
            sentence = gettext("%(day)s由联席会议定，%(counted)s")
        case ClockName.COMPLETION if matter.round > 1:
            sentence = gettext("%(day)s退回重办，%(counted)s")
        case ClockName.COMPLETION:
            sentence = gettext("%(day)s承诺，%(counted)s")
        case ClockName.ACCEPTANCE:
            sentence = gettext("%(day)s交办，%(counted)s内受理")
        case _:
            sentence = gettext("%(day)s挂号，督查室%(counted)s内交办")
    return sentence % {"day": started, "counted": counted}


def _answers(matter: Matter, file: MatterFile, now: datetime) -> Answers:
    turn, turn_note = _turn(matter, file)
    promise, promise_note = _promise(file)
    note = formats.due_words(matter.reading, now, book().calendar)
    if matter.clock_stopped_at is not None and matter.clock == ClockName.COMPLETION:
        note = formats.margin_words(margin(book().calendar, matter.reading))
    return Answers(
        turn=turn,
        turn_note=turn_note,
        promise=promise,
        promise_note=promise_note,
        due=formats.day_and_weekday(matter.clock_due_at),
        light=matter.light(now).value,
        light_note=note,
    )


def _turn(matter: Matter, file: MatterFile) -> tuple[str, str]:
    unit = matter.unit.name
    match matter.lifecycle_state:
        case State.REGISTERED:
            return gettext("督查室"), gettext("正在确定由哪个单位办")
        case State.ASSIGNED:
            return unit, gettext("须先联系您，再作出承诺")
        case State.HANDLING if matter.round > 1:
            return unit, gettext("第 %(n)s 次办理") % {"n": matter.round}
        case State.HANDLING:
            return unit, gettext("正在办理")
        case State.COMPLETED:
            done = file.statements[-1]
            note = gettext("%(unit)s已于%(day)s办结") % {"unit": unit, "day": formats.day(done.at)}
            return (gettext("等群众测评") if matter.collective else gettext("等您评价")), note
        case State.CLOSED:
            return gettext("已销号"), formats.moment(matter.closed_at)


def _promise(file: MatterFile) -> tuple[str, str]:
    if not file.commitments:
        return gettext("还没有承诺"), gettext("受理时作出")
    promised = file.commitments[-1]
    days = promised.promised_workdays
    first = ngettext("%(n)s 个工作日内办结", "%(n)s 个工作日内办结", days) % {"n": days}
    note = gettext("“%(title)s”，清单时限 %(limit)s 个工作日") % {
        "title": promised.standard_title,
        "limit": promised.limit_workdays,
    }
    return first, note
