"""The one time zone of every day and every deadline: Asia/Shanghai.

Instants are stored in UTC; a *day* is always a day in Shanghai. China has had no daylight saving
since 1991, so a local day is 24 hours, but nothing here relies on that.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_SECOND = time(23, 59, 59)


def local(instant: datetime) -> datetime:
    """The instant as a wall clock in Shanghai shows it. Refuses a naive instant (ValueError)."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(SHANGHAI)


def day_of(instant: datetime) -> date:
    """The day in Shanghai on which the instant falls."""
    return local(instant).date()


def start_of(day: date) -> datetime:
    """The first instant of a day, 00:00:00 in Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


def end_of(day: date) -> datetime:
    """The last counted instant of a day, 23:59:59 in Shanghai (domain rule 2).

    It is both the moment a deadline falls due and the moment "as the day ended" looks at, so a matter
    due today is not late in today's figures.
    """
    return datetime.combine(day, LAST_SECOND, SHANGHAI)
