"""Return requests and rulings (rule 6)."""

from __future__ import annotations

from typing import Any

import pytest

from duban.catalogue.book import forget
from duban.catalogue.models import PolicyVersion, Revision
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.matters.models import Matter, ReturnRequest
from duban.matters.verbs.assigning import assign, request_return, rule_return, sign_return
from tests.city import at
from tests.stage import Stage


def ask(stage: Stage, matter: Matter, now: str = "2014-01-29 16:00", **changes: Any) -> ReturnRequest:
    given: dict[str, Any] = {
        "reason": "属市住建局职责。",
        "suggested": "zhujian",
        "actor": stage["handler"],
        "now": at(now),
    }
    return request_return(matter=matter.number, **{**given, **changes})


def rule(
    stage: Stage, matter: Matter, granted: bool, now: str = "2014-01-29 17:00", **changes: Any
) -> Matter:
    given: dict[str, Any] = {"note": "职责在本单位。", "actor": stage["office"], "now": at(now)}
    return rule_return(matter=matter.number, granted=granted, **{**given, **changes})


def test_the_clock_runs_on_until_the_return_is_granted(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    asked = stage.again(matter)
    assert (asked.state, asked.asks, asked.reading) == ("assigned", "return", matter.reading)
    granted = rule(stage, matter, True)
    assert (granted.state, granted.unit_id, granted.clock, granted.asks) == (
        "registered",
        "ducha",
        "assigning",
        "",
    )
    assert granted.returns_granted == 1


def test_granted_and_given_on_in_one_go(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    on = rule(stage, matter, True, unit="zhujian")
    assert (on.state, on.unit_id, on.assignments) == ("assigned", "zhujian", 2)


def test_it_is_not_given_on_to_the_office_itself(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    with pytest.raises(Refused, match="unit_is_office"):
        rule(stage, matter, True, unit="ducha")
    assert stage.again(matter).asks == "return"


def test_refused_leaves_everything_as_it_was(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    after = rule(stage, matter, False)
    assert (after.state, after.unit_id, after.reading, after.asks) == (
        "assigned",
        "zhaiyang",
        matter.reading,
        "",
    )
    ask(stage, matter, now="2014-01-30 09:00")


@pytest.mark.parametrize(("now", "passes"), [("2014-01-30 23:59:59", True), ("2014-01-31 00:00:00", False)])
def test_within_one_workday_of_the_assignment(stage: Stage, now: str, passes: bool) -> None:
    matter = stage.assigned()
    if passes:
        ask(stage, matter, now=now)
    else:
        with pytest.raises(Refused, match="return_too_late"):
            ask(stage, matter, now=now)


def test_the_third_assignment_is_a_designation(stage: Stage) -> None:
    matter = stage.assigned()
    for _ in range(2):
        ask(stage, matter)
        rule(stage, matter, True, unit="zhaiyang", note="")
    assert stage.again(matter).assignments == 3
    with pytest.raises(Refused, match="return_not_allowed"):
        ask(stage, matter)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"reason": " "}, "reason", "reason_missing"),
        ({"suggested": ""}, "suggested", "suggested_unit_missing"),
        ({"suggested": "zhaiyang"}, "suggested", "suggested_own_unit"),
        ({"suggested": "atlantis"}, "suggested", "unit_unknown"),
        ({"suggested": "ducha"}, "suggested", "unit_is_office"),
    ],
)
def test_reason_and_owner_are_needed(stage: Stage, changes: dict[str, str], field: str, code: str) -> None:
    matter = stage.assigned()
    with pytest.raises(Invalid) as wrong:
        ask(stage, matter, **changes)
    assert wrong.value.errors[field][0] == code
    assert stage.again(matter).asks == ""


def test_one_request_at_a_time(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    with pytest.raises(Refused, match="return_pending"):
        ask(stage, matter)


def test_nothing_to_rule_on(stage: Stage) -> None:
    with pytest.raises(Refused, match="return_none"):
        rule(stage, stage.assigned(), True)


def test_after_accepting_it_cannot_be_returned(stage: Stage) -> None:
    matter = stage.handling()
    with pytest.raises(Refused, match="wrong_state"):
        ask(stage, matter, now="2014-01-30 11:00")


def test_accepting_lets_the_request_lapse(stage: Stage) -> None:
    matter = stage.assigned()
    request = ask(stage, matter)
    assert stage.accept(matter).asks == ""
    request.refresh_from_db()
    assert request.ruling == "lapsed"


def test_who_may(stage: Stage) -> None:
    matter = stage.assigned()
    with pytest.raises(Unknown):
        ask(stage, matter, actor=stage["handler2"])
    with pytest.raises(Forbidden):
        ask(stage, matter, actor=stage["office"])
    ask(stage, matter)
    with pytest.raises(Forbidden):
        rule(stage, matter, True, actor=stage["head"])
    with pytest.raises(Forbidden):
        sign_return(matter=matter.number, actor=stage["handler"], now=at("2014-01-29 16:30"))


def test_the_head_signs_once(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    request = sign_return(matter=matter.number, actor=stage["head"], now=at("2014-01-29 16:30"))
    assert request.signed_by_id == stage.staff["head"].pk
    with pytest.raises(Refused, match="already_signed"):
        sign_return(matter=matter.number, actor=stage["head"], now=at("2014-01-29 16:31"))


def test_policy_can_make_the_signature_a_condition(stage: Stage) -> None:
    PolicyVersion.objects.create(
        number=1, figures={"head_must_sign": True}, at=at("2013-12-09"), by="staff:1"
    )
    Revision.objects.update_or_create(id=1, defaults={"number": 99, "stamp": "test"})
    forget()
    matter = stage.assigned()
    ask(stage, matter)
    with pytest.raises(Refused, match="signature_needed"):
        rule(stage, matter, True)
    sign_return(matter=matter.number, actor=stage["head"], now=at("2014-01-29 16:30"))
    assert rule(stage, matter, True).state == "registered"


def test_a_ruling_against_needs_a_reason(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    with pytest.raises(Invalid):
        rule(stage, matter, False, note="")


def test_assigned_again_after_the_office_took_it_back(stage: Stage) -> None:
    matter = stage.assigned()
    ask(stage, matter)
    rule(stage, matter, True)
    again = assign(matter=matter.number, unit="zhujian", actor=stage["office"], now=at("2014-01-30 09:00"))
    assert (again.unit_id, again.assignments, again.assigned_at) == ("zhujian", 2, at("2014-01-30 09:00"))
