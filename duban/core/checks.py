"""The five checks 五查 (domain rule 12): what a checklist may be, whom a run draws from, what a finding says."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from .identity import Unacceptable
from .texts import clean, one_line

TITLE_LIMIT = 20
PURPOSE_LIMIT = 200
QUESTION_LIMIT = 100
QUESTIONS_AT_MOST = 12
SIZE_AT_MOST = 100
SEED_LIMIT = 40
INSPECTORS_AT_MOST = 20
RECORDED_AT_MOST = 5000
"""Candidates whose ids are kept beside a run, so that its sample can be drawn again from the run alone."""
LATELY_DAYS = 30
SILENT_DAYS = 5


class Key(StrEnum):
    """The five checklists. The source names 五查 and not their content; what each asks is the office's to amend."""

    ACCEPTANCE = "acceptance"  # 查受理
    COMMITMENT = "commitment"  # 查承诺
    PROGRESS = "progress"  # 查进展
    COMPLETION = "completion"  # 查办结
    CONDUCT = "conduct"  # 查作风


class Rule(StrEnum):
    """Which matters a run draws its sample from."""

    ALL_OPEN = "all_open"
    RED = "red"  # the running clock is late
    COMPLETED_LATELY = "completed_lately"  # within 30 days
    REOPENED = "reopened"  # open, in their second round or later
    RETURNED = "returned"  # open, and a unit has given them back
    UNRATED = "unrated"  # closed without a verdict within 30 days
    SILENT = "silent"  # in handling, and nothing reported for 5 days


class Answer(StrEnum):
    """To one question of a checklist. Every question is put so that yes is good."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"


class Result(StrEnum):
    """What an inspector found."""

    OK = "ok"
    PROBLEM = "problem"


def questions(lines: Sequence[str]) -> tuple[str, ...]:
    """A checklist's questions as they are kept: blank ones left out, 1 to 12 of at most 100 characters each.

    Raises Unacceptable: checklist_empty, checklist_long, checklist_question_long, checklist_twice.
    """
    kept = []
    for line in lines:
        if line.strip():
            kept.append(
                one_line(
                    line, limit=QUESTION_LIMIT, missing="checklist_empty", long="checklist_question_long"
                )
            )
    if not kept:
        raise Unacceptable("checklist_empty")
    if len(kept) > QUESTIONS_AT_MOST:
        raise Unacceptable("checklist_long", limit=QUESTIONS_AT_MOST)
    if len(set(kept)) < len(kept):
        raise Unacceptable("checklist_twice")
    return tuple(kept)


def seed_of(text: str) -> str:
    """A seed as it is kept: empty (one will be drawn), or up to 40 letters, digits and hyphens.

    Raises Unacceptable: check_seed.
    """
    plain = clean(text, limit=SEED_LIMIT, missing=None, long="check_seed")
    if plain and not (plain.isascii() and plain.replace("-", "").isalnum()):
        raise Unacceptable("check_seed", limit=SEED_LIMIT)
    return plain


def contradicts(result: Result, answers: Sequence[Answer]) -> bool:
    """Whether a finding says all is well although an answer is no."""
    return result is Result.OK and Answer.NO in answers
