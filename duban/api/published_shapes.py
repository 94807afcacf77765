"""The shapes of what everybody may read, and of problems."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from .ballot_shapes import OutcomeKey
from .shapes import Clock, LightKey, Moment, Number, StatusKey, TimelineEntry, Unit


class Statuses(BaseModel):
    """How many matters stand in each of the six published statuses."""

    closed: int
    pending_review: int
    handling: int
    overdue_completion: int
    accepting: int
    overdue_acceptance: int


class Census(BaseModel):
    """Every matter that has a number, by published status; the six add up to the total."""

    as_of: Moment | date = Field(description="The day asked for, or the moment of the answer.")
    total: int
    statuses: Statuses


class Item(BaseModel):
    """A catalogue item. `kind` blank: it fits every kind. `until` null: it is current."""

    id: int
    code: str
    title: str
    unit: Unit
    kind: str
    limit_workdays: int
    fee: str
    steps: list[str]
    basis: str
    edition: int
    until: int | None


class Catalogue(BaseModel):
    """A page of the catalogue in force."""

    items: list[Item]
    next: str | None


class PublicRow(BaseModel):
    """A published matter in the list."""

    number: Number
    title: str
    summary: str
    kind: str
    unit: Unit
    status: StatusKey
    light: LightKey
    registered_at: Moment
    published_at: Moment


class PublicList(BaseModel):
    """A page of what is published, the newest first."""

    items: list[PublicRow]
    next: str | None


class PublicBallot(BaseModel):
    """The last ballot of a matter of many."""

    roll: int
    votes: int
    dissatisfied: int
    outcome: OutcomeKey
    closed_at: Moment


class PublicMatter(PublicRow):
    """A published matter: nothing of the petitioner."""

    reply: str
    township: str
    clock: Clock
    promised_workdays: int | None
    grade: int | None
    ballot: PublicBallot | None
    closed_at: Moment | None
    timeline: list[TimelineEntry]


class Stub(BaseModel):
    """What stays of a matter that was taken down."""

    number: Number
    taken_down_at: Moment
    reason: str


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    code: str
    detail: str


class Problem(BaseModel):
    """RFC 9457. `code` is for programs, `detail` for people; `errors` names fields (dots go one level down)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: dict[str, FieldProblem] = {}
