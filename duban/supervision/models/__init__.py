"""What the supervision office keeps, one file a subject."""

from .alarms import Alarm, Answer
from .checks import Annotation, CheckEvidence, CheckItem, Checklist, CheckRun, Finding
from .docket import DocketGround, DocketItem, Paper
from .meeting import AgendaItem, Attendance, Decision, Deferral, FollowUpReport, Meeting, Seat
from .orders import Order, OrderReply, OrderSerial

__all__ = [
    "AgendaItem",
    "Alarm",
    "Annotation",
    "Answer",
    "Attendance",
    "CheckEvidence",
    "CheckItem",
    "CheckRun",
    "Checklist",
    "Decision",
    "Deferral",
    "DocketGround",
    "DocketItem",
    "Finding",
    "FollowUpReport",
    "Meeting",
    "Order",
    "OrderReply",
    "OrderSerial",
    "Paper",
    "Seat",
]
