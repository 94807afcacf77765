"""Assists and merged matters as the API draws them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from duban.core.rights import Actor
from duban.matters.assists import assists_of, only_assists
from duban.matters.merged import merged_into
from duban.matters.models import Assist, Matter
from duban.matters.unnaming import unnamed, unnamed_assist, unnamed_request

from .answers import moment
from .drawing import unit_of
from .shapes import LightKey, Moment, Number, StatusKey, Unit


class AssistShape(BaseModel):
    """What a second unit was asked, and what became of it."""

    unit: Unit
    task: str
    asked_by: str
    asked_at: Moment
    warn_at: Moment
    due_at: Moment
    light: LightKey
    reply: str
    replied_at: Moment | None
    recalled_at: Moment | None
    recall_reason: str


class MergedShape(BaseModel):
    """A matter merged into this one."""

    number: Number
    title: str
    status: StatusKey


class OwedShape(BaseModel):
    """A request that waits for a reply of `unit`, about a matter `lead_unit` holds."""

    number: Number
    title: str
    unit: Unit
    lead_unit: Unit
    task: str
    asked_at: Moment
    due_at: Moment
    light: LightKey


class Owed(BaseModel):
    """A page of them; `next` goes into `after`."""

    items: list[OwedShape]
    next: str | None


def together_of(matter: Matter, actor: Actor, now: datetime) -> dict[str, object]:
    """The assists of a matter, the number of its lead, and the matters merged into it."""
    assists = assists_of(matter)
    if assisting := only_assists(matter, actor):
        assists = [unnamed_assist(one, matter) for one in assists]
    return {
        "lead": matter.lead.number if matter.lead else None,
        "merged": [
            {
                "number": one.number,
                "title": unnamed(one.title, one) if assisting else one.title,
                "status": one.status(now).value,
            }
            for one in merged_into(matter)
        ],
        "assists": [_assist(one, now) for one in assists],
    }


def owed_row(one: Assist, now: datetime) -> dict[str, object]:
    """One line of what a unit owes, without the petitioner's name."""
    unnamed_request(one)
    return {
        "number": one.matter.number,
        "title": one.matter.title,
        "unit": unit_of(one.unit),
        "lead_unit": unit_of(one.matter.unit),
        "task": one.task,
        "asked_at": moment(one.asked_at),
        "due_at": moment(one.due_at),
        "light": one.light(now).value,
    }


def _assist(one: Assist, now: datetime) -> dict[str, object]:
    return {
        "unit": unit_of(one.unit),
        "task": one.task,
        "asked_by": one.asked_by.display_name,
        "asked_at": moment(one.asked_at),
        "warn_at": moment(one.warn_at),
        "due_at": moment(one.due_at),
        "light": one.light(now).value,
        "reply": one.reply,
        "replied_at": moment(one.replied_at),
        "recalled_at": moment(one.recalled_at),
        "recall_reason": one.recall_reason,
    }
