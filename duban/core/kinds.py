"""The closed lists people choose from: kinds of matter, outcomes, grades, ways of contact."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class MatterKind(StrEnum):
    """What a matter is (the article; domain section 2)."""

    PERMIT = "permit"  # 证照办理
    HARDSHIP = "hardship"  # 民生诉求
    SUGGESTION = "suggestion"  # 工作建议
    COMPLAINT = "complaint"  # 部门投诉
    QUESTION = "question"  # 政策咨询
    DIRECTIVE = "directive"  # 领导指示, through the same pipeline


class Channel(StrEnum):
    """How a matter came in."""

    WEB = "web"
    TERMINAL = "terminal"
    API = "api"
    WECHAT = "wechat"


class ContactMethod(StrEnum):
    """How the unit reached the petitioner before accepting (domain rule 3)."""

    PHONE = "phone"
    VISIT = "visit"
    OFFICE = "office"  # the petitioner came to the office
    SYSTEM = "system"  # through this system only: the one way for a confidential matter


class Outcome(StrEnum):
    """What a completion statement says came of it (domain rule 8)."""

    SOLVED = "solved"
    ANSWERED = "answered"
    PARTLY = "partly"
    CANNOT = "cannot"

    @property
    def needs_why(self) -> bool:
        """Whether the statement must say why it did not fully succeed."""
        return self in (Outcome.PARTLY, Outcome.CANNOT)


class Grade(IntEnum):
    """The five grades of 好差评. The top three close, the bottom two reopen (domain rule 9)."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    FAIRLY_SATISFIED = 3
    SATISFIED = 4
    VERY_SATISFIED = 5

    @property
    def closes(self) -> bool:
        """Whether the grade lets the matter be closed."""
        return self >= Grade.FAIRLY_SATISFIED


class CallbackResult(StrEnum):
    """What came of ringing a silent petitioner. None of them is a verdict."""

    REACHED = "reached"  # spoke; will give the verdict, or will not
    NOT_REACHED = "not_reached"
    DECLINED = "declined"  # does not wish to give a verdict
