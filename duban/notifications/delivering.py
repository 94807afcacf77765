"""Delivering: at least once, from the outbox, with the outside call outside every transaction.

A row is leased, its messages are sent one by one, each is written to the delivery log as soon as it is out, and
the row goes when all are. A worker killed between a sending and its log entry sends that one message again, under
the same key; nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import structlog

from duban.catalogue.book import book
from duban.core.events import Consumer
from duban.journal import leasing
from duban.journal.models import Outbox

from .addressing import Notice, notices
from .channels import CHANNELS
from .message import Channel
from .models import Delivery
from .quiet import quiet_until

BATCH = 5  # so few that they are sent within their lease even when every sending times out

log = structlog.get_logger("duban.notices")


def deliver(now: datetime, *, limit: int = 1000, channels: Mapping[str, Channel] = CHANNELS) -> int:
    """Send what is owed at `now`, from at most `limit` events; returns how many messages went out.

    What fails is tried again later with growing waits; what a citizen would get at night waits for the morning
    (domain rule 19). `channels` stands in for the outside world where one replays the past.
    """
    sent, left = 0, limit
    while left > 0 and (rows := leasing.claim(Consumer.NOTICES, now=now, limit=min(BATCH, left))):
        left -= len(rows)
        sent += sum(_deliver_row(row, now, channels) for row in rows)
    return sent


def _deliver_row(row: Outbox, now: datetime, channels: Mapping[str, Channel]) -> int:
    """Send one row's messages; settle the row. Returns how many went out."""
    sent, waits = 0, False
    night_ends = quiet_until(now, book().policy)
    try:
        done = set(Delivery.objects.filter(outbox_id=row.pk).values_list("channel", "recipient"))
        for notice in notices(row.event):
            to = notice.recipient
            if (to.channel, to.key) in done:
                continue
            if to.waits and night_ends is not None:
                waits = True
                continue
            _send(row, notice, now, channels[to.channel])
            sent += 1
    except Exception as problem:  # one bad address or one gateway must not hold up the others
        # Only what kind of problem it was: a gateway's words may quote the address.
        log.warning("notice_failed", outbox=row.pk, attempts=row.attempts, problem=type(problem).__name__)
        leasing.fail(row, now=now, error=type(problem).__name__)
        return sent
    if waits and night_ends is not None:
        leasing.postpone(row, until=night_ends)
    else:
        leasing.finish(row)
    return sent


def _send(row: Outbox, notice: Notice, now: datetime, channel: Channel) -> None:
    to = notice.recipient
    channel.send(notice.message, f"{row.pk}-{to.channel}-{to.key.replace(':', '-')}")
    Delivery.objects.bulk_create(
        [Delivery(outbox_id=row.pk, event_id=row.event_id, channel=to.channel, recipient=to.key, at=now)],
        ignore_conflicts=True,
    )
