"""The story of a matter: complete, in order, in two languages, and without words for the public."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from duban.core.events import INTERNAL, Kind
from duban.journal.models import Event
from duban.matters.explaining import explain
from duban.matters.telling import TELLERS
from duban.matters.timeline import timeline
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.timing import request_extension, rule_extension
from tests.city import at
from tests.stage import Stage


@pytest.fixture
def told(stage: Stage) -> Stage:
    return stage


def full_life(stage: Stage) -> object:
    matter = stage.handling()
    report_progress(
        matter=matter.number, note="材料在路上。", actor=stage["handler"], now=at("2014-02-07 11:30")
    )
    request_extension(
        matter=matter.number,
        reason="桥断了。",
        due_on=date(2014, 2, 12),
        actor=stage["handler"],
        now=at("2014-02-08 11:30"),
    )
    rule_extension(
        matter=matter.number, granted=True, note="属实。", actor=stage["office"], now=at("2014-02-08 12:30")
    )
    stage.complete(matter, "2014-02-11 10:00")
    stage.judge(matter, 1, "2014-02-11 12:00", comment="还是没水。")
    stage.complete(matter, "2014-02-12 10:00")
    return stage.judge(matter, 5, "2014-02-12 12:00")


def test_told_in_order_with_who_and_what(stage: Stage) -> None:
    matter = full_life(stage)
    story = timeline(matter)
    assert [entry.at for entry in story] == sorted(entry.at for entry in story)
    kinds = [entry.kind for entry in story]
    assert kinds[:2] == ["matter.registered", "matter.assigned"]
    assert kinds[-2:] == ["verdict.given", "matter.closed"]
    accepted = next(entry for entry in story if entry.kind == "matter.accepted")
    assert "承诺 3 个工作日内办结，2014年2月10日 周一到期" in accepted.text
    assert accepted.by.endswith(stage.staff["handler"].masked_name)
    granted = next(entry for entry in story if entry.kind == "extension.granted")
    assert "由2014年2月10日 周一改为2014年2月12日 周三" in granted.text
    assert "还是没水。" in next(entry.text for entry in story if entry.kind == "verdict.given")
    assert any(entry.kind == "alarm.raised" for entry in story)  # a light that can't be hidden


def test_the_public_reads_no_free_text(stage: Stage) -> None:
    words = "".join(entry.text for entry in timeline(full_life(stage), audience="public"))
    for private in ("材料在路上", "桥断了", "属实", "还是没水", "12 户"):
        assert private not in words


def test_a_constant_number_of_statements(stage: Stage) -> None:
    matter = full_life(stage)
    with CaptureQueriesContext(connection) as statements:
        timeline(matter)
    assert len(statements) <= 10


def test_told_in_english_too(stage: Stage) -> None:
    matter = full_life(stage)
    with translation.override("en"):
        story = timeline(matter)
    assert all(entry.title for entry in story)


def test_every_event_of_a_matter_has_a_teller() -> None:
    silent = {kind for kind in Kind if kind not in TELLERS}
    silent -= {Kind.MATTER_REFERRED}  # to the inspectors: nobody at the unit may read it, either
    of_other_things = (
        *("standards.", "calendar.", "policy.", "routes.", "account.", "token."),
        *("seats.", "meeting.", "attendance."),
        *(
            "checklist.",
            "check.",
            "inspector.",
            "finding.",
        ),  # on the run's stream; matters only show the findings
        *("scores.", "entry.", "appeal."),  # on the ledgers' own
    )
    assert {kind for kind in silent if not kind.value.startswith(of_other_things)} == set()


def test_what_stays_inside_is_told_inside() -> None:
    untold = {kind for kind in INTERNAL if kind not in TELLERS}
    assert untold == {Kind.MATTER_REFERRED, Kind.CHECK_STARTED}  # to the inspectors; on the run's stream


def test_the_deadline_is_explained_day_by_day(stage: Stage) -> None:
    shown = explain(stage.handling())
    assert (shown.started_on, shown.due_on, shown.workdays) == (date(2014, 1, 30), date(2014, 2, 10), 3)
    counted = {line.day: (line.reason, line.counted) for line in shown.lines}
    assert counted[date(2014, 1, 30)] == ("start", None)
    assert counted[date(2014, 2, 6)] == ("holiday", None)
    assert counted[date(2014, 2, 7)] == ("workday", 1)
    assert counted[date(2014, 2, 8)] == ("makeup", 2)
    assert counted[date(2014, 2, 9)] == ("weekend", None)
    assert counted[date(2014, 2, 10)] == ("workday", 3)
    assert not shown.provisional


def test_the_journal_holds_no_name_nor_words(stage: Stage) -> None:
    full_life(stage)
    facts = "".join(str(event.facts) for event in Event.objects.all())
    for private in ("罗家祥", "13874300001", "水管", "还是没水", "属实"):
        assert private not in facts
