"""The run of the census: weeks of seven days, the day before, the week before; one statement."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.ledgers.census import census
from duban.ledgers.folding import fold
from duban.ledgers.trends import run
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-12 09:00")


def test_a_day_is_set_beside_the_day_before_and_the_week_before(stage: Stage) -> None:
    stage.closed()
    stage.register("2014-02-10 10:00", title="另一件", unit="zhaiyang")
    fold()
    found = run(NOW)
    assert (found.today.day, found.yesterday.day, found.last_week.day) == (
        date(2014, 2, 12),
        date(2014, 2, 11),
        date(2014, 2, 5),
    )
    assert found.today.census == census(NOW)
    assert found.yesterday.census == census(NOW, as_of=date(2014, 2, 11))
    assert (found.today.running, found.today.overdue) == (1, 1)
    assert (found.yesterday.running, found.yesterday.overdue) == (1, 0)
    assert (found.last_week.running, found.last_week.overdue, found.last_week.census.total) == (1, 0, 1)


def test_twelve_weeks_of_seven_days_end_with_the_day_asked_for(stage: Stage) -> None:
    stage.closed()
    stage.register("2014-02-10 10:00", title="另一件", unit="zhaiyang")
    fold()
    weeks = run(NOW).weeks
    assert len(weeks) == 12
    assert all((week.last - week.first).days == 6 for week in weeks)
    assert all((later.first - week.last).days == 1 for week, later in pairwise(weeks))
    told = [(week.last, week.registered, week.closed, week.overdue) for week in weeks[-3:]]
    assert told == [
        (date(2014, 1, 29), 1, 0, 0),
        (date(2014, 2, 5), 0, 0, 0),
        (date(2014, 2, 12), 1, 1, 1),
    ]
    assert run(NOW, as_of=date(2014, 1, 30)).weeks[-1].registered == 1
    assert run(NOW, as_of=date(2014, 1, 28)).today.census.total == 0


def test_it_is_one_statement_and_holds_at_the_first_day_there_is(stage: Stage) -> None:
    stage.closed()
    with CaptureQueriesContext(connection) as statements:
        run(NOW)
    assert len(statements) == 1
    found = run(NOW, as_of=date.min)
    assert (found.weeks, found.today.census.total, found.last_week.census.total) == ([], 0, 0)
