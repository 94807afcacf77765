"""The census: exact at any moment, folded or not, for every unit and every day."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.census import Census, Status, published
from duban.core.events import Consumer
from duban.core.lifecycle import State
from duban.core.refusal import Invalid, Refused
from duban.core.zone import day_of, end_of
from duban.journal.models import Event, Outbox
from duban.ledgers.census import census, census_by_day, census_by_unit
from duban.ledgers.folding import fold
from duban.ledgers.models import DayCount
from duban.ledgers.recounting import recount
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.matters.verbs.assigning import assign, request_return, rule_return
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.timing import request_extension, rule_extension
from tests.city import at
from tests.stage import Stage


def figures(found: Census) -> dict[str, int]:
    return {status.value: number for status, number in found.counts.items() if number}


def naive(moment: datetime) -> dict[str, Counter[Status]]:
    """By unit ('' the city), read from each matter's whole history."""
    last: dict[str, dict[str, str | None]] = {}
    for event in Event.objects.filter(at__lte=moment).order_by("stream", "seq"):
        if "now" in event.facts:
            last[event.stream] = event.facts["now"]
    counts: dict[str, Counter[Status]] = {"": Counter()}
    for place in last.values():
        due = place["due_at"]
        late = due is not None and moment >= datetime.fromisoformat(due) + timedelta(seconds=1)
        status = published(State(place["state"]), late)
        for unit in ("", str(place["unit"])):
            counts.setdefault(unit, Counter())[status] += 1
    return counts


def agrees(now: datetime, first: date, last: date) -> None:
    """The census at `now` and as every day ended is what the histories say; units add up to the city."""
    expected = naive(now)
    _same(census(now), expected[""])
    _same_units(census_by_unit(now), expected)
    for unit in expected.keys() - {""}:
        _same(census(now, unit=unit), expected[unit])
    series = dict(census_by_day(now, first=first, last=last))
    at_zhaiyang = dict(census_by_day(now, first=first, last=last, unit="zhaiyang"))
    day = first
    while day <= last:
        expected = naive(min(end_of(day), now))
        _same(census(now, as_of=day), expected[""])
        _same(series[day], expected[""])
        _same(at_zhaiyang[day], expected.get("zhaiyang", Counter()))
        _same_units(census_by_unit(now, as_of=day), expected)
        day += timedelta(days=1)


def _same(found: Census, expected: Counter[Status]) -> None:
    assert {status: number for status, number in found.counts.items() if number} == dict(expected)


def _same_units(found: dict[str, Census], expected: dict[str, Counter[Status]]) -> None:
    for unit in (found.keys() | expected.keys()) - {""}:
        _same(found.get(unit, Census.of([])), expected.get(unit, Counter()))
    total = Counter({status: sum(one.counts[status] for one in found.values()) for status in Status})
    assert +total == expected[""]


@pytest.mark.django_db
def test_nothing_registered_is_six_noughts() -> None:
    empty = census(at("2014-04-07 12:00"))
    assert empty.total == 0
    assert set(empty.counts) == set(Status)
    assert census_by_unit(at("2014-04-07 12:00")) == {}


@pytest.mark.parametrize("folding", [True, False], ids=["folded", "worker down"])
def test_one_matter_through_its_life(stage: Stage, folding: bool) -> None:
    def now(text: str) -> dict[str, int]:
        if folding:
            while fold(limit=1):
                pass
        return figures(census(at(text)))

    matter = stage.assigned()  # due 2014-01-30 23:59:59
    assert now("2014-01-30 23:59:59") == {"accepting": 1}
    assert now("2014-01-31 00:00:00") == {"overdue_acceptance": 1}
    matter = stage.accept(matter, now="2014-02-07 10:00")  # three workdays: due 2014-02-11
    assert now("2014-02-11 23:59:59") == {"handling": 1}
    assert now("2014-02-12 00:00:00") == {"overdue_completion": 1}
    stage.complete(matter, now="2014-02-12 10:00")
    assert now("2014-02-12 10:00") == {"pending_review": 1}
    stage.judge(matter, 1, now="2014-02-12 11:00")
    assert now("2014-02-12 11:00") == {"handling": 1}
    stage.complete(matter, now="2014-02-13 10:00")
    stage.judge(matter, 5, now="2014-02-13 11:00")
    assert now("2014-02-13 11:00") == {"closed": 1}
    history = {day: figures(found) for day, found in census_by_day(
        at("2014-02-20 09:00"), first=date(2014, 1, 28), last=date(2014, 2, 13)
    )}  # fmt: skip
    assert history[date(2014, 1, 28)] == {}
    assert history[date(2014, 1, 30)] == {"accepting": 1}
    assert history[date(2014, 1, 31)] == history[date(2014, 2, 6)] == {"overdue_acceptance": 1}
    assert history[date(2014, 2, 11)] == history[date(2014, 2, 12)] == {"handling": 1}
    assert history[date(2014, 2, 13)] == {"closed": 1}
    agrees(at("2014-02-20 09:00"), date(2014, 1, 28), date(2014, 2, 20))


def test_a_day_not_over_is_read_as_it_stands_now(stage: Stage) -> None:
    stage.assigned(now="2014-01-29 15:10")
    assign_now = at("2014-01-30 22:00")
    assert figures(census(assign_now, as_of=date(2014, 2, 5))) == {"accepting": 1}


def test_a_unit_has_what_it_holds_and_an_unknown_one_nothing(stage: Stage) -> None:
    stage.assigned()
    stage.register(title="路灯不亮", body="人民北路路灯不亮。")
    now = at("2014-01-29 16:00")
    fold()
    assert figures(census(now, unit="zhaiyang")) == figures(census(now, unit="chengguan")) == {"accepting": 1}
    assert census(now, unit="ducha").total == census(now, unit="nobody").total == 0
    assert sorted(census_by_unit(now)) == ["chengguan", "zhaiyang"]


def test_one_statement_whatever_the_number_of_closed_matters(stage: Stage) -> None:
    now = at("2014-04-07 12:00")
    stage.closed()
    with CaptureQueriesContext(connection) as few:
        census(now)
    for copy in range(4):
        again = stage.completed(title=f"坪朗村第{copy + 1}组缺水")
        stage.judge(again, 5)
    with CaptureQueriesContext(connection) as more:
        census(now)
        census_by_unit(now)
        list(census_by_day(now, first=date(2014, 1, 1), last=date(2014, 4, 7)))
    assert (len(few), len(more)) == (1, 3)


def test_folding_empties_the_outbox_and_changes_no_figure(stage: Stage) -> None:
    stage.closed()
    stage.handling(title="坪朗村第二组缺水")
    now = at("2014-03-01 09:00")
    before = census(now)
    assert fold(limit=3) == 3
    assert census(now) == before
    while fold():
        pass
    assert not Outbox.objects.filter(consumer=Consumer.TOTALS.value).exists()
    assert census(now) == before
    assert fold() == 0
    assert all(row.number for row in DayCount.objects.filter(day=date(2014, 1, 29), unit="zhaiyang"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_town_agrees_with_its_histories_at_every_step(stage: Stage, seed: int) -> None:
    chance = random.Random(seed)
    now, matters = at("2014-01-29 08:00"), list[Matter]()
    first = day_of(now)
    for number in range(60):
        now += timedelta(seconds=chance.choice([30, 3600, 20_000, 60_000, 86_400]))
        if len(matters) < 12 and chance.random() < 0.4:
            place = chance.choice(["", "坪朗村"])
            matters.append(
                stage.register(f"{now:%Y-%m-%d %H:%M:%S}", title=f"第{number}件事", place=place).matter
            )
        elif matters:
            _something(stage, stage.again(chance.choice(matters)), chance, now)
        if chance.random() < 0.2:
            fold(limit=chance.choice([1, 5, 100]))
        if number % 10 == 9:
            agrees(now, first, day_of(now))
    assert recount(now) == []
    while fold():
        pass
    agrees(now + timedelta(days=5), first, day_of(now) + timedelta(days=5))
    assert recount(now) == []


def _something(stage: Stage, matter: Matter, chance: random.Random, now: datetime) -> None:
    """A verb that fits the matter's state, or none when the rules refuse it."""
    when = f"{now:%Y-%m-%d %H:%M:%S}"
    unit = matter.unit_id
    handler = {"chengguan": "handler2"}.get(unit, "handler")
    if unit not in ("zhaiyang", "chengguan", "ducha"):
        return
    standard = stage.standards["lamps" if unit == "chengguan" else "water"].pk
    deeds: dict[str, list[Callable[[], object]]] = {
        "registered": [lambda: assign(matter=matter.number, unit=chance.choice(["zhaiyang", "chengguan"]),
                                      actor=stage["office"], now=now)],
        "assigned": [
            lambda: stage.accept(matter, when, actor=stage[handler], standard=standard),
            lambda: _returned(stage, matter, handler, now),
        ],
        "handling": [
            lambda: stage.complete(matter, when, actor=stage[handler]),
            lambda: _extended(stage, matter, handler, now),
        ],
        "completed": [
            lambda: stage.judge(matter, chance.choice([1, 5]), when),
            lambda: withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=now),
        ],
        "closed": [],
    }  # fmt: skip
    if deeds[matter.state]:
        try:
            chance.choice(deeds[matter.state])()
        except (Refused, Invalid):
            return


def _returned(stage: Stage, matter: Matter, handler: str, now: datetime) -> None:
    request_return(
        matter=matter.number, reason="不属本单位。", suggested="zhujian", actor=stage[handler], now=now
    )
    rule_return(matter=matter.number, granted=True, note="", actor=stage["office"], now=now)


def _extended(stage: Stage, matter: Matter, handler: str, now: datetime) -> None:
    later = day_of(now) + timedelta(days=12)
    request_extension(matter=matter.number, reason="等水管。", due_on=later, actor=stage[handler], now=now)
    rule_extension(matter=matter.number, granted=True, note="", actor=stage["office"], now=now)
