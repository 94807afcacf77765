"""Silent terminals: who is named, and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.catalogue.book import book
from duban.matters.verbs.merging import merge
from duban.people.models import Staff, Terminal, Unit
from duban.supervision.queries import SilentUnit, silent_units
from tests.city import at
from tests.stage import Stage

SINCE = at("2014-01-29 15:10")  # assigned to 寨阳乡
DAY = timedelta(hours=24)


def test_a_unit_is_silent_a_day_after_something_waits_there(stage: Stage) -> None:
    stage.assigned()
    assert silent_units(SINCE + DAY - timedelta(seconds=1)) == []
    assert silent_units(SINCE + DAY) == [SilentUnit("zhaiyang", "寨阳乡人民政府", 1, SINCE, None)]


def test_merged_matters_are_waited_for_through_their_lead(stage: Stage) -> None:
    lead, follower = stage.assigned(), stage.assigned(title="同一处")
    merge(matter=follower.number, lead=lead.number, reason="同", actor=stage["office"], now=SINCE)
    assert [one.waiting for one in silent_units(SINCE + DAY)] == [1]


def test_silence_is_looked_up_among_running_clocks(stage: Stage) -> None:
    """Else the closed matters of all years are walked."""
    stage.assigned()
    with CaptureQueriesContext(connection) as asked:
        silent_units(SINCE + DAY)
    assert '"clock_stopped_at" IS NULL' in asked[0]["sql"]  # the condition of the indexes over running clocks
    if connection.vendor == "sqlite":  # PostgreSQL chooses among them by how full the tables happen to be
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
            assert "matter_running" in str(cursor.fetchall())


@pytest.mark.parametrize(("ago", "silent"), [(timedelta(hours=23), False), (timedelta(hours=24), True)])
def test_a_sign_in_breaks_the_silence(stage: Stage, ago: timedelta, silent: bool) -> None:
    stage.assigned()
    now = SINCE + 3 * DAY
    Staff.objects.filter(username="clerk").update(last_login=now - ago)
    found = silent_units(now)
    assert [one.last_seen for one in found] == ([now - ago] if silent else [])


def test_a_terminal_that_shows_itself_breaks_it_too(stage: Stage) -> None:
    stage.assigned()
    now = SINCE + 3 * DAY
    terminal = Terminal.objects.create(
        unit=Unit.objects.get(code="zhaiyang"), code="ZY-1", last_seen_at=SINCE
    )
    assert [one.last_seen for one in silent_units(now)] == [SINCE]
    Terminal.objects.filter(pk=terminal.pk).update(last_seen_at=now)
    assert silent_units(now) == []


def test_somebody_elses_sign_in_and_a_closed_account_do_not_count(stage: Stage) -> None:
    stage.assigned()
    now = SINCE + 3 * DAY
    Staff.objects.filter(username="handler2").update(last_login=now)
    Staff.objects.filter(username="head").update(last_login=now, is_active=False)
    assert [one.code for one in silent_units(now)] == ["zhaiyang"]


def test_what_was_accepted_does_not_wait(stage: Stage) -> None:
    stage.handling()
    assert silent_units(SINCE + 30 * DAY) == []


def test_many_units_cost_what_one_does(stage: Stage) -> None:
    stage.assigned()
    stage.assigned(title="摊贩占道", unit="chengguan")
    book()
    with CaptureQueriesContext(connection) as queries:
        found = silent_units(SINCE + 3 * DAY)
    assert [one.code for one in found] == ["chengguan", "zhaiyang"]
    assert len(queries) == 3
