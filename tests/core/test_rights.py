"""Who may do what (domain sections 1 and 3, rule 9)."""

from __future__ import annotations

import pytest

from duban.core.lifecycle import Step
from duban.core.refusal import Forbidden
from duban.core.rights import (
    ADMINISTRATORS,
    ANYONE,
    STAFF_ROLES,
    SYSTEM,
    TABLE,
    Actor,
    Role,
    Scope,
    Verb,
    may,
    require,
)

HERE, THERE = "zhaiyang", "shetangpo"

LETTERS = {
    Verb.REGISTER: "anyone:any clerk:any",
    Verb.REGISTER_DIRECTIVE: "leader:any",
    Verb.ASSIGN: "office:any system:any",
    Verb.HAND_OVER: "head:unit",
    Verb.REQUEST_RETURN: "handler:unit head:unit",
    Verb.SIGN_RETURN: "head:unit",
    Verb.RULE_RETURN: "office:any",
    Verb.ACCEPT: "handler:unit head:unit",
    Verb.REPORT_PROGRESS: "handler:unit head:unit",
    Verb.ADD: "petitioner:own",
    Verb.REQUEST_EXTENSION: "handler:unit head:unit",
    Verb.SIGN_EXTENSION: "head:unit",
    Verb.RULE_EXTENSION: "office:any",
    Verb.COMPLETE: "handler:unit head:unit",
    Verb.GIVE_VERDICT: "petitioner:own",
    Verb.CALL_BACK: "office:any",
    Verb.CLOSE_UNRATED: "office:any",
    Verb.WITHDRAW: "petitioner:own",
    Verb.SEE_MATTER: "petitioner:own handler:unit head:unit office:any member:any leader:any",
    Verb.UNMASK: "handler:unit head:unit office:any",
    Verb.SEE_CITY: "office:any member:any leader:any",
    Verb.MERGE: "office:any",
    Verb.SEPARATE: "office:any",
    Verb.ASK_ASSIST: "handler:unit head:unit office:any",
    Verb.RECALL_ASSIST: "handler:unit head:unit office:any",
    Verb.REPLY_ASSIST: "handler:unit head:unit",
    Verb.REPORT_FOLLOW_UP: "handler:unit head:unit",
    Verb.INVITE: "petitioner:own",
    Verb.COSIGN: "anyone:any",
    Verb.OPEN_BALLOT: "office:any",
    Verb.VOTE: "anyone:any petitioner:own",
    Verb.ENTER_PAPER: "clerk:any",
    Verb.CLOSE_BALLOT: "office:any system:any",
    Verb.ANSWER_ALARM: "office:any",
    Verb.ISSUE_ORDER: "office:any",
    Verb.RULE_ORDER: "office:any",
    Verb.REPLY_ORDER: "handler:unit head:unit",
    Verb.SEE_ORDER: "handler:unit head:unit office:any member:any leader:any",
    Verb.RUN_CHECK: "office:any",
    Verb.SEE_CHECKS: "office:any member:any leader:any",
    Verb.CONVENE: "office:any",
    Verb.DECIDE: "member:any",
    Verb.SEE_MEETING: "office:any member:any leader:any",
    Verb.SEE_REFERRALS: "inspector:any",
    Verb.SEE_LEDGERS: "handler:unit head:unit office:any member:any leader:any",
    Verb.ANSWER_ENTRY: "handler:unit head:unit",
    Verb.ANSWER_FOR_UNIT: "head:unit",
    Verb.RULE_APPEAL: "office:any",
    Verb.AMEND_SCORES: "office:any",
    Verb.SEE_COCKPIT: "office:any member:any leader:any",
    Verb.PUBLISH: "publisher:any",
    Verb.AMEND_CATALOGUE: "office:any",
    Verb.AMEND_CALENDAR: "office:any",
    Verb.AMEND_POLICY: "office:any",
    Verb.AMEND_ROUTES: "office:any",
    Verb.MANAGE_ACCOUNTS: "sysadmin:any",
    Verb.MANAGE_RIGHTS: "secadmin:any",
    Verb.READ_AUDIT: "auditor:any",
}
"""The whole table, once more and by hand: a right added in code alone fails here."""


def _granted(verb: Verb) -> dict[Role, Scope]:
    pairs = (entry.split(":") for entry in LETTERS[verb].split())
    return {Role(role): Scope(scope) for role, scope in pairs}


def _actor(role: Role) -> Actor:
    return Actor(f"test:{role}", frozenset({role}), unit=HERE, matter=163)


def test_every_verb_has_a_row() -> None:
    assert set(TABLE) == set(Verb) == set(LETTERS)
    assert all(TABLE[verb] for verb in Verb)


@pytest.mark.parametrize("verb", Verb)
def test_every_role_in_every_scope(verb: Verb) -> None:
    cases = [
        (None, None, set(Scope)),  # about no matter: there is something they may do it to
        (HERE, 163, {Scope.ANY, Scope.UNIT, Scope.OWN}),
        (HERE, 999, {Scope.ANY, Scope.UNIT}),
        (THERE, 163, {Scope.ANY, Scope.OWN}),
        (THERE, 999, {Scope.ANY}),
        (None, 163, {Scope.ANY, Scope.OWN}),  # registered: no unit holds it, so it is no unit's
        (None, 999, {Scope.ANY}),
        (HERE, None, {Scope.ANY, Scope.UNIT}),
        (THERE, None, {Scope.ANY}),
    ]
    assert TABLE[verb] == _granted(verb)
    for role in Role:
        scope, actor = _granted(verb).get(role), _actor(role)
        for unit, matter, enough in cases:
            assert may(actor, verb, unit=unit, matter=matter) is (scope in enough), (role, unit, matter)


def test_someone_without_a_unit_holds_nothing() -> None:
    drifting = Actor("staff:1", frozenset({Role.HANDLER}))
    assert not may(drifting, Verb.ACCEPT, unit=HERE, matter=163)
    assert not may(drifting, Verb.ACCEPT, unit=None, matter=163)
    stranger = Actor("citizen:1", frozenset({Role.PETITIONER}))
    assert not may(stranger, Verb.GIVE_VERDICT, unit=HERE, matter=163)
    assert not may(stranger, Verb.GIVE_VERDICT, unit=HERE)


def test_no_official_may_give_a_verdict_add_or_withdraw_for_the_petitioner() -> None:
    for verb in (Verb.GIVE_VERDICT, Verb.ADD, Verb.WITHDRAW):
        assert set(TABLE[verb]) == {Role.PETITIONER}
    everyone = Actor("staff:1", STAFF_ROLES | {Role.SYSTEM, Role.ANYONE}, unit=HERE, matter=163)
    with pytest.raises(Forbidden) as refused:
        require(everyone, Verb.GIVE_VERDICT, unit=HERE, matter=163)
    assert refused.value.code == "verdict_is_the_petitioners"
    assert refused.value.status == 403


def test_any_other_refusal_names_no_reason() -> None:
    with pytest.raises(Forbidden) as refused:
        require(_actor(Role.HANDLER), Verb.ACCEPT, unit=THERE, matter=163)
    assert refused.value.code == "no_right"
    require(_actor(Role.HANDLER), Verb.ACCEPT, unit=HERE, matter=163)


def test_the_inspector_and_the_administrators_see_no_matter() -> None:
    for role in ADMINISTRATORS | {Role.INSPECTOR}:
        assert Role(role) not in TABLE[Verb.SEE_MATTER]
        assert role not in TABLE[Verb.UNMASK]


def test_no_administrator_has_a_right_of_another() -> None:
    held = {role: {verb for verb in Verb if role in TABLE[verb]} for role in ADMINISTRATORS}
    assert sorted(map(len, held.values())) == [1, 1, 1]
    assert len(set.union(*held.values())) == 3


def test_nobody_is_staff_by_standing_at_the_door() -> None:
    assert {Role.ANYONE, Role.PETITIONER, Role.SYSTEM}.isdisjoint(STAFF_ROLES)
    assert len(STAFF_ROLES) == 11
    assert [verb for verb in Verb if may(ANYONE, verb)] == [Verb.REGISTER, Verb.COSIGN, Verb.VOTE]
    assert [verb for verb in Verb if may(SYSTEM, verb)] == [Verb.ASSIGN, Verb.CLOSE_BALLOT]


def test_several_roles_add_up() -> None:
    both = Actor("staff:7", frozenset({Role.CLERK, Role.HANDLER}), unit=HERE)
    assert may(both, Verb.REGISTER)
    assert may(both, Verb.ACCEPT, unit=HERE, matter=1)
    assert both.has(Role.CLERK, Role.OFFICE)
    assert not both.has(Role.OFFICE)
    assert not Actor("staff:8", frozenset()).has(*Role)


def test_every_step_of_the_life_is_somebodys_verb() -> None:
    ruled = {Step.GRANT_RETURN: Verb.RULE_RETURN, Step.REFUSE_RETURN: Verb.RULE_RETURN}
    judged = {Step.CLOSE: Verb.GIVE_VERDICT, Step.REOPEN: Verb.GIVE_VERDICT}
    decided = dict.fromkeys([Step.REASSIGN, Step.EXTEND, Step.DEFER, Step.CLOSE_BY_DECISION], Verb.DECIDE)
    for taken in Step:
        verb = (ruled | judged | decided).get(taken) or Verb(taken.value)
        assert TABLE[verb]
