"""Who may do what: role × verb, as one table (domain section 1).

A right has a scope: any matter, the matters held by one's own unit, or one's own matter. An official can
never give a verdict: the verb has no official's role in its row, whatever else an account may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from .refusal import Forbidden


class Role(StrEnum):
    """The roles of domain section 1, and the two that are nobody's account: anyone and the system."""

    ANYONE = "anyone"
    PETITIONER = "petitioner"
    CLERK = "clerk"
    HANDLER = "handler"
    HEAD = "head"
    OFFICE = "office"
    MEMBER = "member"
    INSPECTOR = "inspector"
    PUBLISHER = "publisher"
    LEADER = "leader"
    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITOR = "auditor"
    SYSTEM = "system"


STAFF_ROLES = frozenset(Role) - {Role.ANYONE, Role.PETITIONER, Role.SYSTEM}
ADMINISTRATORS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})  # 三员: no one holds two


class Scope(StrEnum):
    """How far a right reaches."""

    ANY = "any"
    UNIT = "unit"  # matters held by one's own unit
    OWN = "own"  # the petitioner's (or the directive's issuer's) own matter


class Verb(StrEnum):
    """Everything an account may do or see."""

    REGISTER = "register"
    REGISTER_DIRECTIVE = "register_directive"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    REQUEST_RETURN = "request_return"
    SIGN_RETURN = "sign_return"
    RULE_RETURN = "rule_return"
    ACCEPT = "accept"
    REPORT_PROGRESS = "report_progress"
    ADD = "add"
    REQUEST_EXTENSION = "request_extension"
    SIGN_EXTENSION = "sign_extension"
    RULE_EXTENSION = "rule_extension"
    COMPLETE = "complete"
    GIVE_VERDICT = "give_verdict"
    CALL_BACK = "call_back"
    CLOSE_UNRATED = "close_unrated"
    WITHDRAW = "withdraw"
    SEE_MATTER = "see_matter"
    UNMASK = "unmask"
    SEE_CITY = "see_city"  # every unit's lights and trays
    MERGE = "merge"
    SEPARATE = "separate"
    ASK_ASSIST = "ask_assist"
    RECALL_ASSIST = "recall_assist"
    REPLY_ASSIST = "reply_assist"  # asked about the unit that assists, not the one that holds the matter
    INVITE = "invite"  # others to co-sign
    COSIGN = "cosign"
    OPEN_BALLOT = "open_ballot"
    VOTE = "vote"
    ENTER_PAPER = "enter_paper"
    CLOSE_BALLOT = "close_ballot"
    ANSWER_ALARM = "answer_alarm"
    ISSUE_ORDER = "issue_order"
    RULE_ORDER = "rule_order"  # accept a reply, send it back, recall the order
    REPLY_ORDER = "reply_order"  # acknowledge and reply; asked about the unit addressed
    SEE_ORDER = "see_order"
    RUN_CHECK = "run_check"
    SEE_CHECKS = "see_checks"
    CONVENE = "convene"  # the joint meeting: docket, papers, seats, minutes
    DECIDE = "decide"
    SEE_MEETING = "see_meeting"
    REPORT_FOLLOW_UP = "report_follow_up"  # asked about the unit a decision asks something of
    SEE_REFERRALS = "see_referrals"  # what the joint meeting referred to discipline inspection
    SEE_LEDGERS = "see_ledgers"
    ANSWER_ENTRY = "answer_entry"  # in one's own ledger: reply, appeal
    ANSWER_FOR_UNIT = "answer_for_unit"  # the same, where the unit alone answers for an entry
    RULE_APPEAL = "rule_appeal"
    AMEND_SCORES = "amend_scores"
    SEE_COCKPIT = "see_cockpit"
    PUBLISH = "publish"
    AMEND_CATALOGUE = "amend_catalogue"
    AMEND_CALENDAR = "amend_calendar"
    AMEND_POLICY = "amend_policy"
    AMEND_ROUTES = "amend_routes"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_RIGHTS = "manage_rights"
    READ_AUDIT = "read_audit"


_ANY, _UNIT, _OWN = Scope.ANY, Scope.UNIT, Scope.OWN
_DEPARTMENT = {Role.HANDLER: _UNIT, Role.HEAD: _UNIT}
_OFFICE = {Role.OFFICE: _ANY}
_CITY = {Role.OFFICE: _ANY, Role.MEMBER: _ANY, Role.LEADER: _ANY}
_PETITIONER = {Role.PETITIONER: _OWN}

TABLE: Mapping[Verb, Mapping[Role, Scope]] = MappingProxyType(
    {
        Verb.REGISTER: {Role.ANYONE: _ANY, Role.CLERK: _ANY},
        Verb.REGISTER_DIRECTIVE: {Role.LEADER: _ANY},
        Verb.ASSIGN: {Role.OFFICE: _ANY, Role.SYSTEM: _ANY},
        Verb.HAND_OVER: {Role.HEAD: _UNIT},
        Verb.REQUEST_RETURN: _DEPARTMENT,
        Verb.SIGN_RETURN: {Role.HEAD: _UNIT},
        Verb.RULE_RETURN: _OFFICE,
        Verb.ACCEPT: _DEPARTMENT,
        Verb.REPORT_PROGRESS: _DEPARTMENT,
        Verb.ADD: _PETITIONER,
        Verb.REQUEST_EXTENSION: _DEPARTMENT,
        Verb.SIGN_EXTENSION: {Role.HEAD: _UNIT},
        Verb.RULE_EXTENSION: _OFFICE,
        Verb.COMPLETE: _DEPARTMENT,
        Verb.GIVE_VERDICT: _PETITIONER,
        Verb.CALL_BACK: _OFFICE,
        Verb.CLOSE_UNRATED: _OFFICE,
        Verb.WITHDRAW: _PETITIONER,
        Verb.SEE_MATTER: {
            Role.PETITIONER: _OWN,
            Role.HANDLER: _UNIT,
            Role.HEAD: _UNIT,
            Role.OFFICE: _ANY,
            Role.MEMBER: _ANY,
            Role.LEADER: _ANY,
        },
        Verb.UNMASK: {Role.HANDLER: _UNIT, Role.HEAD: _UNIT, Role.OFFICE: _ANY},
        Verb.SEE_CITY: _CITY,
        Verb.MERGE: _OFFICE,
        Verb.SEPARATE: _OFFICE,
        Verb.ASK_ASSIST: _DEPARTMENT | _OFFICE,
        Verb.RECALL_ASSIST: _DEPARTMENT | _OFFICE,
        Verb.REPLY_ASSIST: _DEPARTMENT,
        Verb.INVITE: _PETITIONER,
        Verb.COSIGN: {Role.ANYONE: _ANY},
        Verb.OPEN_BALLOT: _OFFICE,
        Verb.VOTE: {Role.ANYONE: _ANY, Role.PETITIONER: _OWN},
        Verb.ENTER_PAPER: {Role.CLERK: _ANY},
        Verb.CLOSE_BALLOT: {Role.OFFICE: _ANY, Role.SYSTEM: _ANY},
        Verb.ANSWER_ALARM: _OFFICE,
        Verb.ISSUE_ORDER: _OFFICE,
        Verb.RULE_ORDER: _OFFICE,
        Verb.REPLY_ORDER: _DEPARTMENT,
        Verb.SEE_ORDER: _DEPARTMENT | _CITY,
        Verb.RUN_CHECK: _OFFICE,
        Verb.SEE_CHECKS: _CITY,
        Verb.CONVENE: _OFFICE,
        Verb.DECIDE: {Role.MEMBER: _ANY},
        Verb.SEE_MEETING: _CITY,
        Verb.REPORT_FOLLOW_UP: _DEPARTMENT,
        Verb.SEE_REFERRALS: {Role.INSPECTOR: _ANY},
        Verb.SEE_LEDGERS: _DEPARTMENT | _CITY,
        Verb.ANSWER_ENTRY: _DEPARTMENT,
        Verb.ANSWER_FOR_UNIT: {Role.HEAD: _UNIT},
        Verb.RULE_APPEAL: _OFFICE,
        Verb.AMEND_SCORES: _OFFICE,
        Verb.SEE_COCKPIT: _CITY,
        Verb.PUBLISH: {Role.PUBLISHER: _ANY},
        Verb.AMEND_CATALOGUE: _OFFICE,
        Verb.AMEND_CALENDAR: _OFFICE,
        Verb.AMEND_POLICY: _OFFICE,
        Verb.AMEND_ROUTES: _OFFICE,
        Verb.MANAGE_ACCOUNTS: {Role.SYSADMIN: _ANY},
        Verb.MANAGE_RIGHTS: {Role.SECADMIN: _ANY},
        Verb.READ_AUDIT: {Role.AUDITOR: _ANY},
    }
)


CITIZENS_OWN: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.GIVE_VERDICT: "verdict_is_the_petitioners",
        Verb.VOTE: "vote_is_the_voters",
        Verb.ADD: "step_is_the_petitioners",
        Verb.WITHDRAW: "step_is_the_petitioners",
        Verb.INVITE: "step_is_the_petitioners",
    }
)
"""What an official never does for a citizen, and the code of the refusal that says so."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does a verb.

    `key` is how the journal names them (`staff:12`, `citizen:5`, `system`); it never holds a name. `unit` is
    the code of a staff member's unit. `matter` is the serial a petitioner has proved to be theirs.
    """

    key: str
    roles: frozenset[Role]
    unit: str | None = None
    matter: int | None = None

    def has(self, *roles: Role) -> bool:
        """Whether the actor has any of the roles."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor("system", frozenset({Role.SYSTEM}))
ANYONE = Actor("anyone", frozenset({Role.ANYONE}))


def may(actor: Actor, verb: Verb, *, unit: str | None = None, matter: int | None = None) -> bool:
    """Whether the actor may do the verb to the matter with serial `matter`, held by `unit` (None: by nobody yet).

    Asked about no matter at all, a unit-wide or own right says yes: there is something the actor may do it to.
    Asked about one, it must be theirs: a matter that no unit holds is no unit's.
    """
    row = TABLE[verb]
    about_none = unit is None and matter is None
    for role in actor.roles:
        match row.get(role):
            case Scope.ANY:
                return True
            case Scope.UNIT if about_none or (unit is not None and unit == actor.unit):
                return True
            case Scope.OWN if about_none or (matter is not None and matter == actor.matter):
                return True
            case _:
                continue
    return False


def require(actor: Actor, verb: Verb, *, unit: str | None = None, matter: int | None = None) -> None:
    """Raise Forbidden unless the actor may; what nobody does in a citizen's place says why."""
    if not may(actor, verb, unit=unit, matter=matter):
        raise Forbidden(CITIZENS_OWN.get(verb, "no_right"))
