"""What the supervision office keeps, one file a subject."""

from .alarms import Alarm
from .docket import DocketGround, DocketItem, Paper
from .meeting import AgendaItem, Attendance, Decision, Deferral, Meeting, Seat

__all__ = [
    "AgendaItem",
    "Alarm",
    "Attendance",
    "Decision",
    "Deferral",
    "DocketGround",
    "DocketItem",
    "Meeting",
    "Paper",
    "Seat",
]
