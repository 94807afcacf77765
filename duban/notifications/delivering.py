"""Delivering: at least once, from the outbox, with the outside call outside every transaction.

A row is leased, its messages are sent one by one, each is written to the delivery log as soon as it is out, and
the row goes when all are. A worker killed between a sending and its log entry sends that one message again, under
the same key; nothing is lost. A row may hold a message for each of two thousand voters: its lease is renewed while
it is worked on, and one address that fails does not keep the others from theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

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

BATCH = 5  # rows leased at a time
OUTAGE = (
    5  # sendings that fail one after another: the gateway is out, and is not asked for everybody else, too
)
RENEWED_AFTER = leasing.LEASE / 4  # and then one sending may take as long as it likes, up to three quarters

log = structlog.get_logger("duban.notices")


class _Lost(Exception):
    """Somebody else holds the lease by now."""


@dataclass(slots=True)
class _Turn:
    """One turn of delivering: its moment, how long it has gone on, and the rows it holds just now."""

    now: datetime
    channels: Mapping[str, Channel]
    watch: Callable[[], float]
    began: float
    rows: list[Outbox] = field(default_factory=list)
    leased: datetime = field(init=False)
    sent: int = 0

    @property
    def moment(self) -> datetime:
        """What the time is now, in whole seconds since the turn began."""
        return self.now + timedelta(seconds=int(self.watch() - self.began))

    def claim(self, limit: int) -> int:
        """Lease the next rows; how many there are."""
        self.leased = self.moment
        self.rows = leasing.claim(Consumer.NOTICES, now=self.leased, limit=limit)
        return len(self.rows)

    def hold(self) -> None:
        """Renew the leases in good time. Raises _Lost."""
        moment = self.moment
        if moment - self.leased < RENEWED_AFTER:
            return
        if leasing.renew(*self.rows, now=moment) < len(self.rows):
            raise _Lost
        self.leased = moment


def deliver(
    now: datetime,
    *,
    limit: int = 1000,
    channels: Mapping[str, Channel] = CHANNELS,
    watch: Callable[[], float] = monotonic,
) -> int:
    """Send what is owed at `now`, from at most `limit` events; returns how many messages went out.

    What fails is tried again later with growing waits; what a citizen would get at night waits for the morning
    (domain rule 19). `channels` stands in for the outside world where one replays the past, `watch` for the seconds
    that pass meanwhile.
    """
    turn, left = _Turn(now, channels, watch, watch()), limit
    while left > 0 and (claimed := turn.claim(min(BATCH, left))):
        left -= claimed
        try:
            while turn.rows:
                _deliver_row(turn.rows[0], turn)
                del turn.rows[0]
        except _Lost:  # this worker stood still; whoever took over sends the rest
            log.warning("notices_lost", outbox=turn.rows[0].pk)
    return turn.sent


def _deliver_row(row: Outbox, turn: _Turn) -> None:
    """Send one row's messages; settle the row. Raises _Lost."""
    night_ends = quiet_until(turn.now, book().policy)
    waits, failed = False, ""
    try:
        turn.hold()
        owed = _owed(row)
        ready = [one for one in owed if night_ends is None or not one.recipient.waits]
        waits = len(ready) < len(owed)
        failed = _send_each(row, ready, turn)
    except _Lost:
        raise
    except Exception as problem:  # one bad event must not hold up the others
        failed = type(problem).__name__
    morning = night_ends if waits else None
    if failed:
        # Only what kind of problem it was: a gateway's words may quote the address.
        log.warning("notice_failed", outbox=row.pk, attempts=row.attempts, problem=failed)
        leasing.fail(row, now=turn.moment, error=failed, not_before=morning)
    elif morning is not None:
        leasing.postpone(row, until=morning)
    else:
        leasing.finish(row)


def _owed(row: Outbox) -> Sequence[Notice]:
    """The row's messages that are not out yet. Every try begins at another place of them."""
    done = set(Delivery.objects.filter(outbox_id=row.pk).values_list("channel", "recipient"))
    owed = [one for one in notices(row.event) if (one.recipient.channel, one.recipient.key) not in done]
    start = len(owed) * (row.attempts - 1) // leasing.MOST_ATTEMPTS
    return [*owed[start:], *owed[:start]]


def _send_each(row: Outbox, ready: Sequence[Notice], turn: _Turn) -> str:
    """Send them all, but for those that fail; the kind of the last problem, if any. Raises _Lost."""
    failed, in_a_row = "", 0
    done = set[tuple[str, str]]()
    for notice in ready:
        to = notice.recipient
        if (to.channel, to.key) in done:
            continue
        turn.hold()
        try:
            turn.channels[to.channel].send(notice.message, _key(row, notice))
        except Exception as problem:
            failed, in_a_row = type(problem).__name__, in_a_row + 1
            if in_a_row == OUTAGE:
                break
            continue
        in_a_row = 0
        _note(row, notice, turn.now)
        done.add((to.channel, to.key))
        turn.sent += 1
    return failed


def _key(row: Outbox, notice: Notice) -> str:
    to = notice.recipient
    return f"{row.pk}-{to.channel}-{to.key.replace(':', '-')}"


def _note(row: Outbox, notice: Notice, now: datetime) -> None:
    to = notice.recipient
    Delivery.objects.bulk_create(
        [Delivery(outbox_id=row.pk, event_id=row.event_id, channel=to.channel, recipient=to.key, at=now)],
        ignore_conflicts=True,
    )
