"""Recounting finds whatever does not agree, and nothing where all does."""

from __future__ import annotations

from datetime import date

from duban.ledgers.folding import fold
from duban.ledgers.models import DayCount
from duban.ledgers.recounting import recount
from duban.matters.models import Matter
from tests.city import at
from tests.emptying import unguarded
from tests.stage import Stage

NOW = at("2014-03-01 09:00")


def test_a_sound_city_has_no_difference_folded_or_not(stage: Stage) -> None:
    assert recount(NOW) == []
    stage.closed()
    assert recount(NOW) == []
    fold(limit=2)
    assert recount(NOW) == []
    fold()
    assert recount(NOW) == []


def test_a_total_somebody_changed_is_found(stage: Stage) -> None:
    stage.closed()
    fold()
    DayCount.objects.filter(unit="", day=date(2014, 2, 9), status="closed").update(number=2)
    found = [str(difference) for difference in recount(NOW)]
    assert found == [
        "total * 2014-02-09 closed: stored +2, proven +1",
        "census * closed: stored 2, proven 1",
    ]


def test_a_matter_moved_past_the_journal_is_found(stage: Stage) -> None:
    matter = stage.assigned()
    Matter.objects.filter(pk=matter.pk).update(unit="chengguan")
    found = [difference.where for difference in recount(at("2014-01-29 16:00"))]
    assert found == [f"matter {matter.number}", "census chengguan accepting", "census zhaiyang accepting"]


def test_a_matter_lost_is_found(stage: Stage) -> None:
    matter = stage.register().matter
    with unguarded():
        Matter.objects.filter(pk=matter.pk).delete()
    found = [difference.where for difference in recount(at("2014-01-29 16:00"))]
    assert found[0] == "number of matters"
