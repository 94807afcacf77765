"""What the supervision office looks at."""

from __future__ import annotations

from datetime import datetime

from .models import Alarm


def recent_alarms(now: datetime, limit: int = 50, unit: str = "") -> list[Alarm]:
    """The latest alarms up to `now`, newest first, with matter, unit and handler; of one unit when its code is given."""
    alarms = Alarm.objects.filter(at__lte=now).select_related("matter", "unit", "handler")
    if unit:
        alarms = alarms.filter(unit_id=unit)
    return list(alarms.order_by("-at", "-id")[:limit])
