"""`assign` and `hand_over`."""

from __future__ import annotations

import pytest

from duban.core.lights import Light
from duban.core.refusal import Forbidden, Refused, Unknown
from duban.core.zone import local
from duban.journal.models import Event
from duban.matters.models import Matter
from duban.matters.verbs.assigning import assign, hand_over
from duban.people.models import Unit
from tests.city import at
from tests.stage import Stage


def test_assigning_starts_the_units_clock(stage: Stage) -> None:
    matter = stage.assigned()
    assert (matter.state, matter.unit_id, matter.clock, matter.clock_run) == (
        "assigned",
        "zhaiyang",
        "acceptance",
        2,
    )
    assert local(matter.clock_due_at) == at("2014-01-30 23:59:59")
    assert matter.assigned_at == at("2014-01-29 15:10")
    was, now = (Event.objects.filter(stream=matter.stream).last().facts[key] for key in ("was", "now"))
    assert (was["unit"], was["state"], now["unit"], now["state"]) == (
        "ducha",
        "registered",
        "zhaiyang",
        "assigned",
    )


def test_an_urgent_matter_has_two_hours_round_the_clock(stage: Stage) -> None:
    number = stage.register(now="2014-01-31 23:00").matter.number  # New Year's Day of the old calendar
    matter = assign(
        matter=number, unit="zhaiyang", actor=stage["office"], now=at("2014-01-31 23:10"), urgent=True
    )
    assert local(matter.clock_due_at) == at("2014-02-01 01:10")
    assert matter.light(at("2014-02-01 00:09:59")) is Light.GREEN
    assert matter.light(at("2014-02-01 00:10:00")) is Light.YELLOW
    assert matter.light(at("2014-02-01 01:10:00")) is Light.YELLOW
    assert matter.light(at("2014-02-01 01:10:01")) is Light.RED


@pytest.mark.parametrize("unit", ["atlantis", "zhujian"])
def test_only_a_unit_in_service_is_assigned(stage: Stage, unit: str) -> None:
    Unit.objects.filter(code="zhujian").update(active=False)
    number = stage.register().matter.number
    with pytest.raises(Refused):
        assign(matter=number, unit=unit, actor=stage["office"], now=at("2014-01-29 16:00"))


def test_the_office_gives_itself_nothing_to_handle(stage: Stage) -> None:
    number = stage.register().matter.number
    with pytest.raises(Refused, match="unit_is_office") as no:
        assign(matter=number, unit="ducha", actor=stage["office"], now=at("2014-01-29 16:00"))
    assert no.value.field == "unit"
    assert Matter.objects.get(number=number).state == "registered"


def test_only_the_office_assigns(stage: Stage) -> None:
    number = stage.register().matter.number
    with pytest.raises(Unknown):  # it is not with his unit: he learns nothing of it
        assign(matter=number, unit="zhaiyang", actor=stage["handler"], now=at("2014-01-29 16:00"))
    with pytest.raises(Forbidden):
        assign(matter=number, unit="zhaiyang", actor=stage["leader"], now=at("2014-01-29 16:00"))


def test_an_assigned_matter_is_not_assigned_again(stage: Stage) -> None:
    matter = stage.assigned()
    with pytest.raises(Refused, match="wrong_state"):
        assign(matter=matter.number, unit="zhujian", actor=stage["office"], now=at("2014-01-29 16:00"))


def test_the_head_hands_over_inside_the_unit_and_no_clock_moves(stage: Stage) -> None:
    before = stage.assigned()
    after = hand_over(
        matter=before.number, handler="handler", actor=stage["head"], now=at("2014-01-29 16:00")
    )
    assert after.handler_id == stage.staff["handler"].pk
    assert (after.reading, after.clock_run) == (before.reading, before.clock_run)


@pytest.mark.parametrize("handler", ["handler2", "clerk", "nobody"])
def test_nobody_outside_the_unit_is_a_handler(stage: Stage, handler: str) -> None:
    matter = stage.assigned()
    with pytest.raises(Refused, match="handler_not_of_unit"):
        hand_over(matter=matter.number, handler=handler, actor=stage["head"], now=at("2014-01-29 16:00"))


def test_a_handler_does_not_hand_over(stage: Stage) -> None:
    matter = stage.assigned()
    with pytest.raises(Forbidden):
        hand_over(matter=matter.number, handler="handler", actor=stage["handler"], now=at("2014-01-29 16:00"))
