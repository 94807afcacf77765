"""The kinds of matters (domain section 2), as the article names them; a standard and a route may be for one."""

from __future__ import annotations

from enum import StrEnum


class MatterKind(StrEnum):
    """What a matter is about. A directive runs through the same pipeline as a citizen's matter."""

    PERMIT = "permit"  # 证照办理
    HARDSHIP = "hardship"  # 民生诉求
    SUGGESTION = "suggestion"  # 工作建议
    COMPLAINT = "complaint"  # 部门投诉
    QUESTION = "question"  # 政策咨询
    DIRECTIVE = "directive"  # 领导指示
