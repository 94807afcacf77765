"""What the supervision office keeps, one file a subject."""

from .alarms import Alarm, Answer
from .orders import Order, OrderReply, OrderSerial

__all__ = ["Alarm", "Answer", "Order", "OrderReply", "OrderSerial"]
from .checks import Annotation, CheckEvidence, CheckItem, Checklist, CheckRun, Finding

__all__ = ["Alarm", "Annotation", "CheckEvidence", "CheckItem", "CheckRun", "Checklist", "Finding"]
from .docket import DocketGround, DocketItem, Paper
from .meeting import AgendaItem, Attendance, Decision, Deferral, FollowUpReport, Meeting, Seat

__all__ = [
    "AgendaItem",
    "Alarm",
    "Attendance",
    "Decision",
    "Deferral",
    "DocketGround",
    "DocketItem",
    "FollowUpReport",
    "Meeting",
    "Paper",
    "Seat",
]
