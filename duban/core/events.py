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
    ALARMS = "alarms"  # keeps the list of alarms, and what answered them
    DOCKET = "docket"  # puts hard matters on the joint meeting's docket
    LEDGERS = "ledgers"  # enters what a unit and an official have to their account


class Kind(StrEnum):
    """Every kind of event."""

    MATTER_REGISTERED = "matter.registered"
    MATTER_ASSIGNED = "matter.assigned"
    MATTER_HANDED_OVER = "matter.handed_over"
    RETURN_REQUESTED = "return.requested"
    RETURN_SIGNED = "return.signed"
    RETURN_GRANTED = "return.granted"
    RETURN_REFUSED = "return.refused"
    RETURN_LAPSED = "return.lapsed"  # the unit accepted after all, or the matter took another way
    MATTER_ACCEPTED = "matter.accepted"
    PROGRESS_REPORTED = "progress.reported"
    ADDITION_MADE = "addition.made"
    EXTENSION_REQUESTED = "extension.requested"
    EXTENSION_SIGNED = "extension.signed"
    EXTENSION_GRANTED = "extension.granted"
    EXTENSION_REFUSED = "extension.refused"
    EXTENSION_LAPSED = "extension.lapsed"  # completed before it was ruled on, or the matter took another way
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
    # several matters, several units
    MATTER_MERGED = "matter.merged"
    MATTER_SEPARATED = "matter.separated"
    MATTER_FOLLOWED = "matter.followed"  # a merged matter was brought along by its lead
    ASSIST_ASKED = "assist.asked"
    ASSIST_REPLIED = "assist.replied"
    ASSIST_RECALLED = "assist.recalled"
    # many petitioners
    CODE_REQUESTED = "code.requested"  # by somebody who wishes to co-sign
    VOTING_CODE_REQUESTED = "voting_code.requested"  # once more; of nobody by name, and also in vain
    COSIGNER_JOINED = "cosigner.joined"
    COSIGNER_REMOVED = "cosigner.removed"
    BALLOT_OPENED = "ballot.opened"
    VOTE_RECEIVED = "vote.received"  # that somebody voted; never who, never how
    PAPER_GIVEN = "paper.given"  # to voters at a terminal, who cannot vote online any more
    PAPER_ENTERED = "paper.entered"  # the box's papers, by the first or the second of two people
    PAPER_DISCARDED = "paper.discarded"  # the two disagreed
    BALLOT_CLOSED = "ballot.closed"
    # supervision
    ALARM_ANSWERED = "alarm.answered"
    ORDER_ISSUED = "order.issued"
    ORDER_ACKNOWLEDGED = "order.acknowledged"
    ORDER_REPLIED = "order.replied"
    ORDER_ACCEPTED = "order.accepted"
    ORDER_SENT_BACK = "order.sent_back"
    ORDER_RECALLED = "order.recalled"
    CHECKLIST_AMENDED = "checklist.amended"
    CHECK_STARTED = "check.started"
    INSPECTOR_CHANGED = "inspector.changed"  # somebody else of the office looks at a sampled matter
    FINDING_RECORDED = "finding.recorded"
    FINDING_ANNOTATED = "finding.annotated"  # a later word beside a finding, which itself stays
    CHECK_CLOSED = "check.closed"
    SEATS_AMENDED = "seats.amended"
    MATTER_DOCKETED = "matter.docketed"
    MATTER_DROPPED = "matter.dropped"  # from the docket, with a reason
    MATERIAL_FILED = "material.filed"  # laid before the joint meeting with an item of its docket
    MEETING_CONVENED = "meeting.convened"
    ATTENDANCE_RECORDED = "attendance.recorded"
    MEETING_CLOSED = "meeting.closed"
    MEETING_CALLED_OFF = "meeting.called_off"
    DECISION_MADE = "decision.made"
    FOLLOW_UP_REPORTED = "follow_up.reported"  # by the unit a decision asked something of
    DECISION_REVIEWED = "decision.reviewed"  # what became of it
    MATTER_REASSIGNED = "matter.reassigned"  # by the joint meeting
    MATTER_EXTENDED = "matter.extended"  # by the joint meeting
    MATTER_DEFERRED = "matter.deferred"
    MATTER_REFERRED = "matter.referred"  # to discipline inspection
    # ledgers
    SCORES_AMENDED = "scores.amended"
    ENTRY_ANSWERED = "entry.answered"
    ENTRY_APPEALED = "entry.appealed"
    APPEAL_RULED = "appeal.ruled"
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
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - likewise
    SIGNED_IN = "account.signed_in"
    SIGN_IN_FAILED = "account.sign_in_failed"


_N, _T, _A = Consumer.NOTICES, Consumer.TOTALS, Consumer.ALARMS
_D, _L = Consumer.DOCKET, Consumer.LEDGERS

CONSUMERS: Mapping[Kind, tuple[Consumer, ...]] = MappingProxyType(
    {
        Kind.MATTER_REGISTERED: (_N, _T),
        Kind.MATTER_ASSIGNED: (_N, _T, _A),
        Kind.RETURN_REQUESTED: (_N,),
        Kind.RETURN_GRANTED: (_N, _T, _A, _D, _L),
        Kind.RETURN_REFUSED: (_N, _A),
        Kind.MATTER_ACCEPTED: (_N, _T, _L),
        Kind.PROGRESS_REPORTED: (_N,),
        Kind.ADDITION_MADE: (_N,),
        Kind.EXTENSION_REQUESTED: (_N,),
        Kind.EXTENSION_GRANTED: (_N, _T, _A),
        Kind.EXTENSION_REFUSED: (_N, _A),
        Kind.CLOCK_RECOMPUTED: (_N, _T),
        Kind.MATTER_COMPLETED: (_N, _T, _L),
        Kind.VERDICT_GIVEN: (_L,),
        Kind.VERDICT_REMINDED: (_N,),
        Kind.CALLBACK_FELL_DUE: (_N,),
        Kind.CALLBACK_MADE: (_A,),
        Kind.MATTER_REOPENED: (_N, _T, _D, _L),
        Kind.MATTER_CLOSED: (_N, _T, _D),
        Kind.ALARM_RAISED: (_N, _A, _D, _L),
        Kind.MATTER_MERGED: (_N, _T, _D),
        Kind.MATTER_SEPARATED: (_N, _T),
        Kind.MATTER_FOLLOWED: (_N, _T),
        Kind.ASSIST_ASKED: (_N,),
        Kind.ASSIST_REPLIED: (_N, _L),
        Kind.ASSIST_RECALLED: (_N,),
        Kind.CODE_REQUESTED: (_N,),
        Kind.VOTING_CODE_REQUESTED: (_N,),
        Kind.BALLOT_OPENED: (_N,),
        Kind.BALLOT_CLOSED: (_N, _D, _L),
        Kind.ORDER_ISSUED: (_N, _L),
        Kind.ORDER_REPLIED: (_N,),
        Kind.ORDER_ACCEPTED: (_N,),
        Kind.ORDER_SENT_BACK: (_N,),
        Kind.ORDER_RECALLED: (_N, _L),
        Kind.FINDING_RECORDED: (_L,),
        Kind.DECISION_MADE: (_N,),
        Kind.FOLLOW_UP_REPORTED: (_N,),
        Kind.MATTER_REASSIGNED: (_N, _T, _A),
        Kind.MATTER_EXTENDED: (_N, _T, _A),
        Kind.MATTER_DEFERRED: (_N, _T, _A),
        Kind.ENTRY_ANSWERED: (_L,),
        Kind.ENTRY_APPEALED: (_L,),
        Kind.APPEAL_RULED: (_N, _L),
    }
)

INTERNAL = frozenset(
    {
        Kind.CITIZEN_UNMASKED,
        Kind.RETURN_SIGNED,
        Kind.EXTENSION_SIGNED,
        Kind.MATTER_HANDED_OVER,
        Kind.PAPER_GIVEN,
        Kind.ORDER_ACKNOWLEDGED,
        Kind.MATTER_REFERRED,
        Kind.MATERIAL_FILED,
        Kind.CHECK_STARTED,
    }
)
"""Events of a matter that stay inside: the petitioner's timeline leaves them out."""


def consumers(kind: Kind) -> tuple[Consumer, ...]:
    """Who gets an outbox row for an event of this kind."""
    return CONSUMERS.get(kind, ())
