"""`report_progress`, `add`, `complete` (rule 8)."""

from __future__ import annotations

import pytest

from duban.core.lights import Light
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.chain import digest_of_text
from duban.journal.models import Event
from duban.matters.models import Statement
from duban.matters.opening import petitioner_of
from duban.matters.verbs.handling import add, complete, report_progress
from tests.city import at
from tests.stage import Stage


def test_progress_touches_no_clock_and_the_journal_keeps_a_digest(stage: Stage) -> None:
    matter = stage.handling()
    report_progress(
        matter=matter.number, note="水管员进村查看。", actor=stage["handler"], now=at("2014-02-07 11:30")
    )
    after = stage.again(matter)
    assert (after.reading, after.clock_run, after.look_at) == (
        matter.reading,
        matter.clock_run,
        matter.look_at,
    )
    event = Event.objects.get(stream=matter.stream, kind="progress.reported")
    assert event.facts["text"] == digest_of_text("水管员进村查看。")
    assert "水管员" not in str(event.facts)


@pytest.mark.parametrize("state", ["assigned", "completed"])
def test_progress_is_for_handling(stage: Stage, state: str) -> None:
    matter = getattr(stage, state)()
    with pytest.raises(Refused, match="wrong_state"):
        report_progress(
            matter=matter.number, note="在办。", actor=stage["handler"], now=at("2014-02-09 11:30")
        )


def test_progress_needs_words(stage: Stage) -> None:
    with pytest.raises(Invalid):
        report_progress(
            matter=stage.handling().number, note="", actor=stage["handler"], now=at("2014-02-07 11:30")
        )


@pytest.mark.parametrize("state", ["assigned", "handling", "completed"])
def test_the_petitioner_adds_while_it_is_open(stage: Stage, state: str) -> None:
    matter = getattr(stage, state)()
    add(matter=matter.number, text="水又停了。", actor=petitioner_of(matter), now=at("2014-02-09 08:00"))
    assert stage.again(matter).reading == matter.reading


def test_nothing_is_added_to_a_closed_matter(stage: Stage) -> None:
    matter = stage.closed()
    with pytest.raises(Refused, match="already_closed"):
        add(matter=matter.number, text="水又停了。", actor=petitioner_of(matter), now=at("2014-02-10 08:00"))


def test_nobody_adds_in_the_petitioners_name(stage: Stage) -> None:
    matter, other = stage.handling(), stage.assigned(title="别人的事")
    with pytest.raises(Unknown):
        add(matter=matter.number, text="。。", actor=petitioner_of(other), now=at("2014-02-07 08:00"))
    with pytest.raises(Forbidden):
        add(matter=matter.number, text="。。", actor=stage["handler"], now=at("2014-02-07 08:00"))


def test_completing_stops_the_clock_and_keeps_its_light(stage: Stage) -> None:
    matter = stage.completed()
    assert (matter.state, matter.clock_stopped_at) == ("completed", at("2014-02-08 16:40"))
    assert matter.light(at("2015-01-01")) is Light.GREEN
    assert matter.look_at == at("2014-02-11 16:40")  # the reminder, three days on


@pytest.mark.parametrize(
    ("now", "light"), [("2014-02-10 23:59:59", Light.YELLOW), ("2014-02-11 00:00:00", Light.RED)]
)
def test_completed_at_the_boundary(stage: Stage, now: str, light: Light) -> None:
    assert stage.complete(stage.handling(), now=now).light(at("2015-01-01")) is light


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"outcome": "perhaps"}, "outcome", "outcome_unknown"),
        ({"statement": ""}, "statement", "statement_missing"),
        ({"outcome": "partly"}, "why", "why_missing"),
        ({"outcome": "cannot"}, "why", "why_missing"),
        ({"public_reply": "水" * 2001}, "public_reply", "text_long"),
    ],
)
def test_a_statement_says_what_and_why(stage: Stage, changes: dict[str, str], field: str, code: str) -> None:
    matter = stage.handling()
    with pytest.raises(Invalid) as wrong:
        stage.complete(matter, **changes)
    assert wrong.value.errors[field][0] == code
    assert stage.again(matter).state == "handling"
    assert not Statement.objects.exists()


def test_cannot_with_a_reason_is_an_answer(stage: Stage) -> None:
    matter = stage.complete(stage.handling(), outcome="cannot", why="不属本级事权，已报州水利局。")
    assert matter.state == "completed"


def test_only_the_unit_completes(stage: Stage) -> None:
    matter = stage.handling()
    with pytest.raises(Forbidden):
        complete(
            matter=matter.number,
            outcome="solved",
            statement="好了",
            actor=stage["office"],
            now=at("2014-02-08 16:40"),
        )
    with pytest.raises(Unknown):
        complete(
            matter=matter.number,
            outcome="solved",
            statement="好了",
            actor=stage["handler2"],
            now=at("2014-02-08 16:40"),
        )
