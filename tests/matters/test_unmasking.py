"""Looking at real data is a logged act with a reason (rule 17)."""

from __future__ import annotations

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event
from duban.matters.models import Remark
from duban.matters.timeline import timeline
from duban.matters.verbs.unmasking import unmask
from tests.city import at
from tests.stage import LUO, Stage

NOON = at("2014-01-30 12:00")


def test_shown_once_it_is_written_down(stage: Stage) -> None:
    matter = stage.assigned()
    seen = unmask(matter=matter.number, reason="电话联系诉求人", actor=stage["handler"], now=NOON)
    assert (seen.name, seen.id_number, seen.mobile) == (LUO.name, LUO.id_number, LUO.mobile)
    event = Event.objects.get(stream=matter.stream, kind="citizen.unmasked")
    assert (event.actor, event.facts["citizen"]) == (stage["handler"].key, matter.petitioner_id)
    assert Remark.objects.get(pk=event.facts["remark"]).text == "电话联系诉求人"
    assert "citizen.unmasked" in [entry.kind for entry in timeline(stage.again(matter), audience="staff")]
    assert "citizen.unmasked" not in [entry.kind for entry in timeline(stage.again(matter))]


def test_no_reason_no_look(stage: Stage) -> None:
    matter = stage.assigned()
    with pytest.raises(Invalid):
        unmask(matter=matter.number, reason=" ", actor=stage["handler"], now=NOON)
    assert not Event.objects.filter(kind="citizen.unmasked").exists()


def test_hidden_from_the_unit_but_not_from_the_office(stage: Stage) -> None:
    matter = stage.assigned(confidential=True)
    with pytest.raises(Forbidden):
        unmask(matter=matter.number, reason="联系", actor=stage["handler"], now=NOON)
    assert unmask(matter=matter.number, reason="回访", actor=stage["office"], now=NOON).name == LUO.name


@pytest.mark.parametrize(
    ("username", "refusal"),
    [("handler2", Unknown), ("clerk", Unknown), ("leader", Forbidden), ("auditor", Unknown)],
)
def test_who_may_not(stage: Stage, username: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        unmask(matter=stage.assigned().number, reason="看看", actor=stage[username], now=NOON)


def test_a_directive_has_nobody_to_show(stage: Stage) -> None:
    directive = stage.register(kind="directive", petitioner=None, actor=stage["leader"]).matter
    with pytest.raises(Refused, match="not_yours"):
        unmask(matter=directive.number, reason="看看", actor=stage["office"], now=NOON)
