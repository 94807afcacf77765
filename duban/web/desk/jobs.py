"""A work list as it is drawn: each matter a job with its light and what is left of its time, in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from duban.catalogue.book import book
from duban.core.lifecycle import State
from duban.core.lights import Light, margin
from duban.core.rights import Actor
from duban.core.workdays import CalendarMissing
from duban.core.zone import day_of, end_of, local
from duban.matters import words as told
from duban.matters.models import Ask, Matter
from duban.matters.queries import petitioner_name

from .. import formats

LANES = ("red", "tonight", "later")


@dataclass(frozen=True, slots=True)
class Job:
    """One line of a list. `left` is what remains (or how it stopped), `due` the day it falls due.

    `href` where it does not lead to the matter's page.
    """

    number: str
    title: str
    light: str
    meta: tuple[str, ...]
    left: str
    due: str
    lane: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Jobs that turn red at about the same time, and the words above them."""

    key: str
    title: str
    jobs: Sequence[Job]


def lanes(matters: Iterable[Matter], actor: Actor, now: datetime, *, show: Sequence[str] = ()) -> list[Lane]:
    """The matters of a list, grouped in the order their lanes first occur; empty lanes are left out.

    `show` names what else stands in a line: `unit`, `handler`.
    """
    titles = {
        "red": gettext("已亮红灯"),
        "tonight": gettext("今天不办，今晚亮红灯"),
        "later": gettext("往后几天"),
        "waiting": gettext("等群众评价"),
        "closed": gettext("已销号"),
    }
    jobs = [job_of(matter, actor, now, show) for matter in matters]
    runs: dict[str, list[Job]] = {}
    for job in jobs:
        runs.setdefault(job.lane, []).append(job)
    return [Lane(key, titles[key], run) for key, run in runs.items()]


def job_of(matter: Matter, actor: Actor, now: datetime, show: Sequence[str] = ()) -> Job:
    """One matter as a line."""
    light = matter.light(now)
    left, due = time_left(matter, now)
    return Job(
        matter.number, matter.title, light.value, _meta(matter, actor, show), left, due, _lane(matter, now)
    )


def time_left(matter: Matter, now: datetime) -> tuple[str, str]:
    """还剩 14 小时 and 今天 23:59; of a stopped clock 提前 1 个工作日 and the day it stopped."""
    calendar = book().calendar
    try:
        if matter.clock_stopped_at is None:
            return formats.remaining(matter.clock_due_at, now, calendar), due_words(matter.clock_due_at, now)
        words = formats.margin_words(margin(calendar, matter.reading)) if _promised(matter) else ""
    except CalendarMissing:  # the list still opens; the matter's page says what is missing
        words = ""
    stopped = matter.closed_at or matter.clock_stopped_at
    verb = gettext("%(day)s销号") if matter.closed_at else gettext("%(day)s办结")
    return words, verb % {"day": formats.day(stopped)}


def left_words(due_at: datetime, now: datetime) -> str:
    """What is left until a moment, or how far it is past; nothing where no calendar can say."""
    try:
        return formats.remaining(due_at, now, book().calendar)
    except CalendarMissing:
        return ""


def due_words(due_at: datetime, now: datetime) -> str:
    """今天 23:59, 昨天 23:59 到期, 2月17日 周一."""
    days = (day_of(due_at) - day_of(now)).days
    clock = f"{local(due_at):%H:%M}"
    match days:
        case 0:
            return gettext("今天 %(time)s") % {"time": clock}
        case -1:
            return gettext("昨天 %(time)s 到期") % {"time": clock}
        case 1:
            return gettext("明天 %(time)s") % {"time": clock}
        case _ if days < 0:
            return gettext("%(day)s到期") % {"day": formats.day_and_weekday(due_at)}
        case _:
            return formats.day_and_weekday(due_at)


def _lane(matter: Matter, now: datetime) -> str:
    if matter.state == State.CLOSED:
        return "closed"
    if matter.clock_stopped_at is not None:
        return "waiting"
    if matter.light(now) is Light.RED:
        return "red"
    tonight = max(end_of(day_of(now)), now + timedelta(hours=3))  # an urgent one may fall due past midnight
    return "tonight" if matter.clock_due_at <= tonight else "later"


def _meta(matter: Matter, actor: Actor, show: Sequence[str]) -> tuple[str, ...]:
    parts = [told.word(told.CLOCKS, matter.clock) if matter.clock_stopped_at is None else ""]
    if matter.urgent:
        parts.append(gettext("紧急"))
    if matter.round > 1:
        parts.append(gettext("第 %(n)s 轮") % {"n": matter.round})
    if matter.asks:
        parts.append(gettext("退单待裁定") if matter.asks == Ask.RETURN else gettext("延期待裁定"))
    if "unit" in show:
        parts.append(matter.unit.name)
    if "handler" in show and matter.handler is not None:
        parts.append(matter.handler.display_name)
    parts.append(gettext("领导指示") if matter.petitioner_id is None else petitioner_name(matter, actor))
    if matter.confidential:
        parts.append(gettext("保密"))
    return tuple(part for part in parts if part)


def _promised(matter: Matter) -> bool:
    return matter.clock == "completion"
