"""What a decision would do is worked out by the verb's own checks, and nothing else is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.docket import DecisionKind
from duban.core.events import Kind
from duban.core.refusal import Invalid, Refused
from duban.journal.models import Event
from duban.matters.models import Matter
from duban.matters.verbs.assisting import ask_assist
from duban.matters.verbs.deciding import no_way
from duban.matters.verbs.merging import merge
from duban.matters.verbs.timing import request_extension
from duban.supervision.entering import enter as enter_alarms
from duban.supervision.models import Alarm, Decision, Deferral, DocketItem, Meeting
from duban.supervision.verbs.deciding import decide
from duban.supervision.verbs.foreseeing import Foreseen, foresee_decision
from duban.supervision.verbs.proposing import FollowUp
from tests.city import at
from tests.stage import Stage

from .hard import MORNING, decided, docketed, events_of, sitting

pytestmark = pytest.mark.django_db
NOW = at(MORNING)  # Wednesday 2014-02-12
KINDS: list[tuple[str, dict[str, Any]]] = [
    ("reassign", {"unit": "chengguan"}),
    ("extend", {"due_on": date(2014, 2, 20)}),
    ("defer", {"review_on": date(2014, 3, 20)}),
    ("close", {"confirmed": True}),
    ("refer", {}),
    ("keep", {"follow_up": FollowUp("chengguan", date(2014, 2, 20), "通水")}),
]


@pytest.fixture
def matter(stage: Stage) -> Matter:
    return stage.handling()


def asked(stage: Stage, item: DocketItem, meeting: Meeting, kind: str, **fields: Any) -> dict[str, Any]:
    given = {"reason": "须统筹。", "actor": stage["member"], "now": NOW, **fields}
    return {"item": item.pk, "meeting": meeting.pk, "kind": kind, **given}


@pytest.mark.parametrize(("kind", "fields"), KINDS)
def test_what_was_foreseen_is_what_is_done(
    stage: Stage, matter: Matter, kind: str, fields: dict[str, Any]
) -> None:
    item = docketed(stage, matter)
    given = asked(stage, item, sitting(stage, item), kind, **fields)
    before = Event.objects.count()
    with CaptureQueriesContext(connection) as asked_of:
        ahead = foresee_decision(**given)
    assert all(one["sql"].startswith("SELECT") and "FOR " not in one["sql"] for one in asked_of)
    assert (Event.objects.count(), Decision.objects.count()) == (before, 0)
    decide(**given, shown=ahead.mark)
    now = stage.again(matter)
    for name in ("state", "unit_id", "clock", "clock_due_at", "clock_workdays", "designated", "basis"):
        assert getattr(now, name) == getattr(ahead.matter, name), name
    written = events_of(matter)
    made = [one.kind for one in written].index(Kind.DECISION_MADE)
    moving = [one for one in written[made:] if "now" in one.facts]
    assert [one.kind for one in moving] == ([ahead.moving.kind] if ahead.moving else [])
    if ahead.moving:
        assert moving[0].facts["now"] == ahead.moving.facts["now"]


def test_nothing_else_than_what_was_shown_is_done(stage: Stage, matter: Matter) -> None:
    item = docketed(stage, matter)
    given = asked(stage, item, sitting(stage, item), "extend", due_on=date(2014, 2, 20))
    mark = foresee_decision(**given).mark
    changed: list[dict[str, Any]] = [
        {"due_on": date(2014, 2, 21)},
        {"kind": "keep"},
        {"reason": "另有原因。"},
        {"follow_up": FollowUp("zhaiyang", date(2014, 2, 20))},
        {"now": NOW + timedelta(days=1)},  # a workday less to go
    ]
    for one in changed:
        with pytest.raises(Refused, match="decision_changed"):
            decide(**{**given, **one}, shown=mark)
    request_extension(
        matter=matter.number,
        reason="x",
        due_on=date(2014, 2, 24),
        actor=stage["handler"],
        now=at("2014-02-09 09:00"),
    )
    with pytest.raises(Refused, match="decision_changed"):
        decide(**given, shown=mark)
    ahead = foresee_decision(**given)
    assert ahead.request is not None
    assert not Decision.objects.exists()
    decide(**given, shown=ahead.mark)
    assert stage.again(matter).asks == ""


def test_an_urgent_clock_is_shown_by_its_hours(stage: Stage, matter: Matter) -> None:
    Matter.objects.filter(pk=matter.pk).update(urgent=True)
    item = docketed(stage, matter)
    given = asked(stage, item, sitting(stage, item), "reassign", unit="chengguan")
    ahead = foresee_decision(**given)
    assert ahead.within_hours == 2
    later = NOW + timedelta(minutes=5)
    decide(**{**given, "now": later}, shown=ahead.mark)
    assert stage.again(matter).clock_due_at == later + timedelta(hours=2)


def test_what_ends_and_what_goes_along(stage: Stage, matter: Matter) -> None:
    first = decided(stage, matter, "defer", review_on=date(2014, 3, 20))
    other = stage.handling(title="另一件")
    merge(matter=other.number, lead=matter.number, reason="同", actor=stage["office"], now=NOW)
    ask_assist(matter=matter.number, unit="zhujian", task="借车", actor=stage["office"], now=NOW)
    item = docketed(stage, stage.again(matter))
    meeting = sitting(stage, item)

    def ahead(kind: str, **fields: Any) -> Foreseen:
        return foresee_decision(**asked(stage, item, meeting, kind, **fields))

    moving = ahead("reassign", unit="chengguan")
    assert [one.decision for one in moving.proposal.ends] == [first]
    assert [one.unit_id for one in moving.assists] == ["zhujian"]
    assert [one.number for one in moving.merged] == [other.number]
    longer = ahead("extend", due_on=date(2014, 3, 25))
    assert (list(longer.assists), len(longer.merged)) == ([], 1)
    closing = ahead("close", confirmed=True)
    assert (list(closing.proposal.ends), [one.number for one in closing.merged]) == ([], [other.number])
    assert list(ahead("keep").merged) == []
    assert Deferral.objects.get().ended_at is None


def test_the_alarms_it_answers(stage: Stage, matter: Matter) -> None:
    item = docketed(stage, matter)
    meeting = sitting(stage, item)
    enter_alarms()
    later = asked(stage, item, meeting, "extend", due_on=date(2014, 2, 20))
    keeps, extends = foresee_decision(**asked(stage, item, meeting, "keep")), foresee_decision(**later)
    waiting = list(Alarm.objects.filter(matter=matter, answer="").order_by("pk").values_list("pk", flat=True))
    assert waiting
    assert (list(keeps.answers), list(extends.answers)) == ([], waiting)
    decide(**later, shown=extends.mark)
    enter_alarms()
    assert set(Alarm.objects.filter(pk__in=waiting).values_list("answer", flat=True)) == {"decision"}


def test_a_preview_is_refused_as_the_decision_is(stage: Stage, matter: Matter) -> None:
    item = docketed(stage, matter)
    meeting = sitting(stage, item)
    for kind, fields, code in (
        ("dance", {}, "decision_kind"),
        ("extend", {"due_on": date(2014, 2, 15)}, "due_not_workday"),
        ("defer", {"review_on": date(2014, 2, 10)}, "extension_not_later"),
        ("reassign", {"unit": "zhaiyang"}, "decision_same_unit"),
        ("close", {}, "decision_unconfirmed"),
    ):
        for verb in (foresee_decision, decide):
            with pytest.raises((Invalid, Refused), match=code):
                verb(**asked(stage, item, meeting, kind, **fields))


def test_which_decisions_there_are_ways_for(stage: Stage) -> None:
    def closed_ways(matter: Matter) -> dict[str, str]:
        ways = {kind.value: no_way(matter, kind) for kind in DecisionKind}
        return {kind: no.code for kind, no in ways.items() if no is not None}

    late = {"extend": "decision_not_handling", "defer": "decision_not_handling"}
    assert closed_ways(stage.handling()) == {}
    assert closed_ways(stage.assigned(title="新")) == late
    assert closed_ways(stage.completed(title="完")) == {**late, "reassign": "decision_completed"}
    many = stage.completed(title="大家", collective=True)
    assert closed_ways(many)["close"] == "collective_needs_ballot"
    assert "already_closed" in closed_ways(stage.judge(stage.completed(title="结"), 5)).values()
