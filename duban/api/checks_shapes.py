"""The shapes of answers about the five checks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from .shapes import Moment, Number, Unit

KeyName = Literal["acceptance", "commitment", "progress", "completion", "conduct"]
RuleName = Literal["all_open", "red", "completed_lately", "reopened", "returned", "unrated", "silent"]
ResultName = Literal["ok", "problem"]


class ChecklistShape(BaseModel):
    """A checklist in one version. Every question is put so that yes is good."""

    key: KeyName
    place: int
    title: str
    purpose: str
    items: list[str]
    version: int
    since: Moment


class Checklists(BaseModel):
    """The five, in the versions in force."""

    items: list[ChecklistShape]
    next: str | None


class CheckRow(BaseModel):
    """A check in a list."""

    id: int
    checklist: KeyName
    version: int
    title: str
    rule: RuleName
    unit: Unit | None
    kind: str
    size: int
    seed: str
    candidates: int
    sampled: int
    done: int
    problems: int
    started_at: Moment
    started_by: str
    due_on: date
    closed_at: Moment | None


class Checks(BaseModel):
    """Checks, the newest first."""

    items: list[CheckRow]
    next: str | None


class Word(BaseModel):
    """A later word beside a finding."""

    at: Moment
    text: str


class FindingShape(BaseModel):
    """What was found. `answers` follow the checklist's questions; `photos` are private addresses."""

    result: ResultName
    answers: list[Literal["yes", "no", "na"]]
    note: str
    by: str
    at: Moment
    photos: list[str]
    words: list[Word]


class SampledMatter(BaseModel):
    """One sampled matter, with who held it when it was drawn. `order` names the order that followed."""

    id: int
    place: int
    matter: Number
    serial: int
    title: str
    unit: Unit
    handler: str | None
    inspector: str
    finding: FindingShape | None
    order: str | None


class Redraw(BaseModel):
    """Whether the sample, drawn again from what is recorded, is the one that was checked."""

    possible: bool
    holds: bool


class Check(CheckRow):
    """A check with its sample, and everything needed to draw it again."""

    candidate_ids: list[int]
    candidates_digest: str
    redraw: Redraw
    questions: list[str]
    items: list[SampledMatter]
    report: str
