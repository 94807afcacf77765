"""A check from its sample to its report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.core.sampling import sample
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.supervision.models import CheckItem, CheckRun
from duban.supervision.redrawing import redraw
from duban.supervision.verbs.checking import close_check, reassign_inspector
from tests.city import at
from tests.stage import Stage

from .checking import find, items, open_matters, second_inspector, start

pytestmark = pytest.mark.django_db


def test_a_check_draws_its_sample_and_shares_it_out(stage: Stage) -> None:
    matters = open_matters(stage, 5)
    second_inspector(stage)
    run = start(stage, size=3, inspectors=["office", "office2", "office"])
    ids = sorted(one.pk for one in matters)
    assert run.candidates == ids
    assert tuple(one.matter_id for one in items(run)) == sample(ids, 3, "2014-01-30")
    assert [one.inspector.username for one in items(run)] == ["office", "office2", "office"]
    assert {one.unit_id for one in items(run)} == {"zhaiyang"}
    event = Event.objects.get(stream=run.stream)
    assert event.kind == "check.started"
    assert event.facts["seed"] == "2014-01-30"
    assert event.facts["candidates"] == 5
    assert event.facts["sample"] == [one.matter_id for one in items(run)]


def test_a_sample_larger_than_the_city_takes_all(stage: Stage) -> None:
    open_matters(stage, 2)
    run = start(stage, size=100)
    assert (run.size, len(items(run))) == (100, 2)


def test_without_a_seed_one_is_drawn_and_recorded(stage: Stage) -> None:
    open_matters(stage, 2)
    first, second = start(stage, seed=""), start(stage, seed="")
    assert len(first.seed) == 16
    assert first.seed != second.seed


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"checklist": "sixth"}, "checklist", "checklist_unknown"),
        ({"rule": "any"}, "rule", "check_rule"),
        ({"size": 0}, "size", "check_size"),
        ({"size": 101}, "size", "check_size"),
        ({"seed": "种子"}, "seed", "check_seed"),
        ({"kind": "nothing"}, "kind", "check_kind"),
        ({"inspectors": []}, "inspectors", "check_inspectors_missing"),
        ({"inspectors": [f"o{n}" for n in range(21)]}, "inspectors", "check_inspectors_many"),
        ({"inspectors": ["handler"]}, "inspectors", "check_inspector_unknown"),
        ({"inspectors": ["nobody"]}, "inspectors", "check_inspector_unknown"),
        ({"due_on": None}, "due_on", "day_missing"),
        ({"due_on": date(2014, 1, 29)}, "due_on", "check_due_past"),
    ],
)
def test_a_form_to_mend(stage: Stage, changes: dict[str, Any], field: str, code: str) -> None:
    open_matters(stage, 2)
    with pytest.raises(Invalid) as wrong:
        start(stage, **changes)
    assert wrong.value.errors[field][0] == code
    assert not CheckRun.objects.exists()


def test_today_is_early_enough(stage: Stage) -> None:
    open_matters(stage, 1)
    assert start(stage, due_on=date(2014, 1, 30)).is_open


@pytest.mark.parametrize("changes", [{"rule": "red"}, {"unit": "zhujian"}, {"kind": "permit"}])
def test_nothing_to_draw_from(stage: Stage, changes: dict[str, Any]) -> None:
    open_matters(stage, 2)
    with pytest.raises(Refused) as refused:
        start(stage, **changes)
    assert refused.value.code == "check_no_candidates"
    assert not Event.objects.filter(stream__startswith="check:").exists()


def test_an_unknown_unit(stage: Stage) -> None:
    open_matters(stage, 1)
    with pytest.raises(Refused) as refused:
        start(stage, unit="nowhere")
    assert refused.value.code == "unit_unknown"


@pytest.mark.parametrize("who", ["handler", "head", "member", "leader", "inspector", "auditor"])
def test_only_the_office_runs_checks(stage: Stage, who: str) -> None:
    open_matters(stage, 1)
    with pytest.raises(Forbidden):
        start(stage, actor=stage[who])
    run = start(stage, size=1)
    for deed in (
        lambda: close_check(run=run.pk, report="好", actor=stage[who], now=at("2014-02-10 09:00")),
        lambda: reassign_inspector(
            run=run.pk,
            item=items(run)[0].pk,
            inspector="office",
            actor=stage[who],
            now=at("2014-02-10 09:00"),
        ),
        lambda: find(stage, items(run)[0], actor=stage[who]),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_another_inspector(stage: Stage) -> None:
    open_matters(stage, 1)
    second_inspector(stage)
    run = start(stage, size=1)
    item, now = items(run)[0], at("2014-02-07 09:00")

    def give(inspector: str, which: int = item.pk) -> CheckItem:
        return reassign_inspector(run=run.pk, item=which, inspector=inspector, actor=stage["office"], now=now)

    with pytest.raises(Refused) as refused:
        give("office")
    assert refused.value.code == "inspector_same"
    with pytest.raises(Invalid) as wrong:
        give("handler")
    assert wrong.value.errors["inspector"][0] == "check_inspector_unknown"
    with pytest.raises(Unknown):
        give("office2", which=0)
    assert give("office2").inspector.username == "office2"
    event = Event.objects.filter(stream=run.stream).latest("seq")
    assert event.kind == "inspector.changed"
    find(stage, item)
    with pytest.raises(Refused) as refused:
        give("office")
    assert refused.value.code == "finding_final"


def test_closing_waits_for_every_finding_and_wants_a_report(stage: Stage) -> None:
    open_matters(stage, 3)
    run, now = start(stage, size=2), at("2014-02-10 09:00")
    first, second = items(run)
    find(stage, first)

    def close(report: str = "两件都看过，一件没有联系诉求人。") -> CheckRun:
        return close_check(run=run.pk, report=report, actor=stage["office"], now=now)

    with pytest.raises(Refused) as refused:
        close()
    assert (refused.value.code, refused.value.params) == ("check_pending", {"count": 1})
    find(stage, second, "problem")
    with pytest.raises(Invalid) as wrong:
        close("  ")
    assert wrong.value.errors["report"][0] == "check_report_missing"
    assert not close().is_open
    event = Event.objects.filter(stream=run.stream).latest("seq")
    assert (event.kind, event.facts["ok"], event.facts["problems"]) == ("check.closed", 1, 1)
    assert "联系" not in str(event.facts)
    with pytest.raises(Refused) as refused:
        close()
    assert refused.value.code == "check_already_closed"
    with pytest.raises(Unknown):
        close_check(run=0, report="好", actor=stage["office"], now=now)
    assert list(breaks()) == []


def test_a_sample_can_be_drawn_again_from_the_run_alone(stage: Stage) -> None:
    open_matters(stage, 4)
    run = start(stage)
    open_matters(stage, 2, "水管")  # whatever happens afterwards
    assert redraw(run, items(run)).holds
    assert redraw(run, items(run)).possible


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"seed": "another"}, {"journal_holds"}),
        ({"candidates": [1, 2, 3]}, {"candidates_hold"}),
        ({"candidates": []}, {"candidates_hold"}),
        ({"candidates": [], "candidates_count": 5001}, {"journal_holds"}),
        ({"candidates_digest": "0" * 64}, {"candidates_hold", "journal_holds"}),
    ],
)
def test_a_changed_run_is_found_out(stage: Stage, changed: dict[str, Any], broken: set[str]) -> None:
    open_matters(stage, 4)
    run = start(stage)
    CheckRun.objects.filter(pk=run.pk).update(**changed)
    run.refresh_from_db()
    seen = redraw(run, items(run))
    assert not seen.holds
    assert all(not getattr(seen, name) for name in broken)


def test_too_many_candidates_leave_their_digest(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("verbs.checking", "redrawing"):
        monkeypatch.setattr(f"duban.supervision.{module}.RECORDED_AT_MOST", 2)
    open_matters(stage, 3)
    run = start(stage)
    assert (run.candidates, run.candidates_count) == ([], 3)
    seen = redraw(run, items(run))
    assert seen.holds
    assert not seen.possible


def test_the_database_keeps_runs_and_samples(stage: Stage) -> None:
    open_matters(stage, 2)
    run = start(stage)
    for table in ("supervision_checkitem", "supervision_checkrun"):
        refusal = pytest.raises(DatabaseError, match="append-only")
        with refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert len(items(run)) == 2
