"""Extensions (rule 7), and clocks after the calendar was amended (rule 2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duban.catalogue.book import book, forget
from duban.catalogue.models import CalendarDay, Revision
from duban.core.refusal import Forbidden, Invalid, Refused
from duban.core.zone import local
from duban.journal.models import Event
from duban.matters.models import Commitment, Extension, Matter
from duban.matters.verbs.timing import recompute, request_extension, rule_extension, sign_extension
from tests.city import at
from tests.stage import Stage


def ask(stage: Stage, matter: Matter, now: str = "2014-02-10 09:00", **changes: Any) -> Extension:
    given: dict[str, Any] = {
        "reason": "扩建材料未到。",
        "due_on": date(2014, 2, 17),
        "actor": stage["handler"],
        "now": at(now),
    }
    return request_extension(matter=matter.number, **{**given, **changes})


def rule(
    stage: Stage, matter: Matter, granted: bool, now: str = "2014-02-10 15:00", **changes: Any
) -> Matter:
    given: dict[str, Any] = {"note": "属实。", "actor": stage["office"], "now": at(now)}
    return rule_extension(matter=matter.number, granted=granted, **{**given, **changes})


@pytest.mark.parametrize(("now", "passes"), [("2014-02-10 23:59:59", True), ("2014-02-11 00:00:00", False)])
def test_asked_before_due(stage: Stage, now: str, passes: bool) -> None:
    matter = stage.handling()
    if passes:
        assert ask(stage, matter, now=now).original_due_at == matter.clock_due_at
        assert stage.again(matter).reading == matter.reading  # the clock runs on
    else:
        with pytest.raises(Refused, match="extension_too_late"):
            ask(stage, matter, now=now)


def test_granted_sets_the_clock_anew_and_keeps_the_original_due(stage: Stage) -> None:
    matter = stage.handling()
    request = ask(stage, matter)
    after = rule(stage, matter, True)
    assert local(after.clock_due_at) == at("2014-02-17 23:59:59")
    assert after.clock_run == matter.clock_run + 1
    request.refresh_from_db()
    assert request.original_due_at == matter.clock_due_at
    granted = Event.objects.get(stream=matter.stream, kind="extension.granted")
    assert granted.facts["was"]["due_at"] != granted.facts["now"]["due_at"]


def test_granted_late_after_due_turns_the_light_back_by_decision(stage: Stage) -> None:
    matter = stage.handling()
    ask(stage, matter, now="2014-02-10 23:59:59")
    after = rule(stage, matter, True, now="2014-02-12 09:00")
    assert local(after.clock_due_at) == at("2014-02-17 23:59:59")
    red = Event.objects.get(stream=matter.stream, kind="alarm.raised", facts__boundary="red")
    assert local(red.at) == at("2014-02-11 00:00:00")


def test_a_day_that_has_passed_is_not_granted(stage: Stage) -> None:
    matter = stage.handling()
    ask(stage, matter, due_on=date(2014, 2, 11))
    with pytest.raises(Refused, match="due_too_early"):
        rule(stage, matter, True, now="2014-02-11 09:00")


def test_refused_leaves_the_promise(stage: Stage) -> None:
    matter = stage.handling()
    ask(stage, matter)
    after = rule(stage, matter, False)
    assert (after.reading, after.asks) == (matter.reading, "")


def test_once_per_commitment(stage: Stage) -> None:
    matter = stage.handling()
    ask(stage, matter)
    rule(stage, matter, True)
    with pytest.raises(Refused, match="extension_used_up"):
        ask(stage, matter, now="2014-02-14 09:00", due_on=date(2014, 2, 20))
    assert Commitment.objects.get(matter=matter).extensions_granted == 1


def test_one_request_at_a_time(stage: Stage) -> None:
    matter = stage.handling()
    ask(stage, matter)
    with pytest.raises(Refused, match="extension_pending"):
        ask(stage, matter)


@pytest.mark.parametrize(
    ("due_on", "code"), [(date(2014, 2, 10), "extension_not_later"), (date(2014, 2, 15), "due_not_workday")]
)
def test_the_new_day_is_a_later_workday(stage: Stage, due_on: date, code: str) -> None:
    with pytest.raises(Refused, match=code):
        ask(stage, stage.handling(), due_on=due_on)


def test_reason_and_day_are_needed(stage: Stage) -> None:
    with pytest.raises(Invalid) as wrong:
        ask(stage, stage.handling(), reason="", due_on=None)
    assert set(wrong.value.errors) == {"reason", "due_on"}


def test_completing_lets_the_request_lapse(stage: Stage) -> None:
    matter = stage.handling()
    request = ask(stage, matter)
    assert stage.complete(matter, now="2014-02-10 16:00").asks == ""
    request.refresh_from_db()
    assert request.ruling == "lapsed"


def test_who_may(stage: Stage) -> None:
    matter = stage.handling()
    with pytest.raises(Forbidden):
        ask(stage, matter, actor=stage["office"])
    ask(stage, matter)
    with pytest.raises(Forbidden):
        rule(stage, matter, True, actor=stage["handler"])
    with pytest.raises(Forbidden):
        sign_extension(matter=matter.number, actor=stage["handler"], now=at("2014-02-10 10:00"))
    assert sign_extension(matter=matter.number, actor=stage["head"], now=at("2014-02-10 10:00")).signed_at
    with pytest.raises(Refused, match="already_signed"):
        sign_extension(matter=matter.number, actor=stage["head"], now=at("2014-02-10 10:01"))


def test_nothing_to_rule_on(stage: Stage) -> None:
    with pytest.raises(Refused, match="extension_none"):
        rule(stage, stage.handling(), True)


def amend(day: date, kind: str) -> None:
    """A day announced late."""
    CalendarDay.objects.update_or_create(day=day, defaults={"kind": kind, "name": "临时放假"})
    row, _ = Revision.objects.get_or_create(id=1)
    row.number, row.stamp = row.number + 1, f"on {day}"
    row.save()
    forget()


def test_a_late_announced_holiday_moves_a_running_clock_once(stage: Stage) -> None:
    matter = stage.handling()
    amend(date(2014, 2, 10), "holiday")
    assert recompute(matter=matter.number, now=at("2014-02-08 09:00"))
    after = stage.again(matter)
    assert local(after.clock_due_at) == at("2014-02-11 23:59:59")
    assert (after.clock_run, after.clock_revision) == (matter.clock_run + 1, book().revision)
    assert not recompute(matter=matter.number, now=at("2014-02-08 09:01"))
    assert Event.objects.filter(stream=matter.stream, kind="clock.recomputed").count() == 1


def test_a_promise_already_broken_is_not_mended_by_the_calendar(stage: Stage) -> None:
    matter = stage.handling()
    amend(date(2014, 2, 10), "holiday")
    assert not recompute(matter=matter.number, now=at("2014-02-11 09:00"))
    assert stage.again(matter).clock_due_at == matter.clock_due_at


def test_an_added_workday_never_makes_late_after_the_fact(stage: Stage) -> None:
    matter = stage.handling()
    amend(date(2014, 2, 9), "makeup")  # the third workday is now Sunday 02-09, already past
    assert not recompute(matter=matter.number, now=at("2014-02-10 09:00"))
    assert local(stage.again(matter).clock_due_at) == at("2014-02-10 23:59:59")


def test_a_completed_matter_keeps_its_clock(stage: Stage) -> None:
    matter = stage.completed()
    amend(date(2014, 2, 10), "holiday")
    assert not recompute(matter=matter.number, now=at("2014-02-09 09:00"))
