"""What pages and programs ask of supervision, one module a subject. Constant numbers of statements."""

from .alarms import Known, Unanswered, alarm_tray, known_of, recent_alarms, seen_alarm, unanswered, waited
from .follow_ups import follow_up_of_unit, follow_ups_at, follow_ups_of_unit, follow_ups_owed
from .orders import (
    order_counts,
    order_list,
    order_of_token,
    orders_of,
    seen_order,
    stronger,
    to_escalate,
    waiting_for,
)
from .silence import SilentUnit, silent_units

__all__ = [
    "Known",
    "SilentUnit",
    "Unanswered",
    "alarm_tray",
    "follow_up_of_unit",
    "follow_ups_at",
    "follow_ups_of_unit",
    "follow_ups_owed",
    "known_of",
    "order_counts",
    "order_list",
    "order_of_token",
    "orders_of",
    "recent_alarms",
    "seen_alarm",
    "seen_order",
    "silent_units",
    "stronger",
    "to_escalate",
    "unanswered",
    "waited",
    "waiting_for",
]
