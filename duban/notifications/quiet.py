"""Quiet hours (domain rule 19): a citizen's telephone stays silent at night; the message waits for the morning."""

from __future__ import annotations

from datetime import datetime, timedelta

from duban.core.policy import Policy
from duban.core.zone import local


def quiet_until(now: datetime, policy: Policy) -> datetime | None:
    """When the quiet hours end that `now` lies in; None outside them. They may run over midnight (22:00–07:00)."""
    clock = local(now)
    first, last = policy.quiet_from_hour, policy.quiet_until_hour
    over_midnight = first > last
    quiet = clock.hour >= first or clock.hour < last if over_midnight else first <= clock.hour < last
    if not quiet:
        return None
    end = clock.replace(hour=last, minute=0, second=0, microsecond=0)
    return end if end > clock else end + timedelta(days=1)
