"""A matter and what belongs to it, one file a subject."""

from .matter import Ask, ClockName, Matter, Serial
from .promises import Commitment, Statement
from .requests import Extension, Request, ReturnRequest, Ruling
from .story import Attachment, Remark
from .together import Assist
from .tries import WrongCode

__all__ = [
    "Ask",
    "Assist",
    "Attachment",
    "ClockName",
    "Commitment",
    "Extension",
    "Matter",
    "Remark",
    "Request",
    "ReturnRequest",
    "Ruling",
    "Serial",
    "Statement",
    "WrongCode",
]
