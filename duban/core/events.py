"""The vocabulary of the journal: what can have happened, and who consumes what.

Events are past tense. Facts hold keys, codes, digests and figures, never a name, a number of a person, or free
text, so a person can be erased beside an immutable log.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Consumer(StrEnum):
    """A reader of the journal that works from outbox rows of its own."""

    NOTICES = "notices"  # tells people
    TOTALS = "totals"  # folds the census
    ALARMS = "alarms"  # keeps the list of alarms


class Kind(StrEnum):
    """Every kind of event."""

    MATTER_REGISTERED = "matter.registered"
    MATTER_ASSIGNED = "matter.assigned"
    MATTER_HANDED_OVER = "matter.handed_over"
    RETURN_REQUESTED = "return.requested"
    RETURN_SIGNED = "return.signed"
    RETURN_GRANTED = "return.granted"
    RETURN_REFUSED = "return.refused"
    RETURN_LAPSED = "return.lapsed"  # the unit accepted after all
    MATTER_ACCEPTED = "matter.accepted"
    PROGRESS_REPORTED = "progress.reported"
    ADDITION_MADE = "addition.made"
    EXTENSION_REQUESTED = "extension.requested"
    EXTENSION_SIGNED = "extension.signed"
    EXTENSION_GRANTED = "extension.granted"
    EXTENSION_REFUSED = "extension.refused"
    EXTENSION_LAPSED = "extension.lapsed"  # completed before it was ruled on
    CLOCK_RECOMPUTED = "clock.recomputed"  # an announced calendar moved a running clock
    MATTER_COMPLETED = "matter.completed"
    VERDICT_GIVEN = "verdict.given"
    VERDICT_REMINDED = "verdict.reminded"
    CALLBACK_FELL_DUE = "callback.fell_due"
    CALLBACK_MADE = "callback.made"
    UNRATED_DECIDED = "unrated.decided"
    WITHDRAWAL_MADE = "withdrawal.made"
    MATTER_REOPENED = "matter.reopened"
    MATTER_CLOSED = "matter.closed"
    ALARM_RAISED = "alarm.raised"
    CITIZEN_UNMASKED = "citizen.unmasked"
    PUBLICATION_APPROVED = "publication.approved"
    PUBLICATION_TAKEN_DOWN = "publication.taken_down"
    STANDARDS_PUBLISHED = "standards.published"
    CALENDAR_AMENDED = "calendar.amended"
    POLICY_AMENDED = "policy.amended"
    ROUTES_AMENDED = "routes.amended"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_CHANGED = "account.changed"
    TOKEN_ISSUED = "token.issued"  # noqa: S105 - the name of an event, not a secret
    SIGNED_IN = "account.signed_in"
    SIGN_IN_FAILED = "account.sign_in_failed"


_N, _T, _A = Consumer.NOTICES, Consumer.TOTALS, Consumer.ALARMS

CONSUMERS: Mapping[Kind, tuple[Consumer, ...]] = MappingProxyType(
    {
        Kind.MATTER_REGISTERED: (_N, _T),
        Kind.MATTER_ASSIGNED: (_N, _T),
        Kind.RETURN_REQUESTED: (_N,),
        Kind.RETURN_GRANTED: (_N, _T),
        Kind.RETURN_REFUSED: (_N,),
        Kind.MATTER_ACCEPTED: (_N, _T),
        Kind.PROGRESS_REPORTED: (_N,),
        Kind.ADDITION_MADE: (_N,),
        Kind.EXTENSION_REQUESTED: (_N,),
        Kind.EXTENSION_GRANTED: (_N, _T),
        Kind.EXTENSION_REFUSED: (_N,),
        Kind.CLOCK_RECOMPUTED: (_N, _T),
        Kind.MATTER_COMPLETED: (_N, _T),
        Kind.VERDICT_REMINDED: (_N,),
        Kind.CALLBACK_FELL_DUE: (_N,),
        Kind.MATTER_REOPENED: (_N, _T),
        Kind.MATTER_CLOSED: (_N, _T),
        Kind.ALARM_RAISED: (_N, _A),
    }
)

INTERNAL = frozenset(
    {Kind.CITIZEN_UNMASKED, Kind.RETURN_SIGNED, Kind.EXTENSION_SIGNED, Kind.MATTER_HANDED_OVER}
)
"""Events of a matter that stay inside: the petitioner's timeline leaves them out."""


def consumers(kind: Kind) -> tuple[Consumer, ...]:
    """Who gets an outbox row for an event of this kind."""
    return CONSUMERS.get(kind, ())
