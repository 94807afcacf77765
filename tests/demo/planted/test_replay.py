"""The demo: 497 matters of every kind and fate, at the article's six figures because of what happened to each."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from duban.core.census import Census, Status
from duban.core.events import Consumer, Kind
from duban.core.lifecycle import State
from duban.core.lights import Light
from duban.journal.models import Event, Outbox
from duban.journal.verifying import breaks
from duban.ledgers.census import census, census_by_day, census_by_unit
from duban.ledgers.recounting import recount
from duban.matters import queries
from duban.matters.models import Matter
from duban.people.models import Staff, Unit
from duban.publication import queries as publications
from duban.publication.redaction import find_personal
from tests.city import at
from tests.demo.planted.conftest import TODAY

pytestmark = pytest.mark.django_db  # inside the transaction the city was planted in
EVENING = date(2014, 4, 7)
BEGAN = date(2013, 12, 9)
SIX = {"closed": 317, "pending_review": 110, "handling": 47}
SIX |= {"overdue_completion": 4, "accepting": 14, "overdue_acceptance": 5}


def _as_of(day: date) -> dict[str, int]:
    return {status.value: number for status, number in census(TODAY, as_of=day).counts.items()}


def test_the_six_figures_of_the_article() -> None:
    assert _as_of(EVENING) == SIX
    assert sum(SIX.values()) == 497


def test_the_bar_runs_to_the_end(told: list[int]) -> None:
    assert told[-1] == 100
    assert told == sorted(told)


def test_the_figures_add_up_for_every_day_and_the_number_never_falls() -> None:
    days = dict(census_by_day(TODAY, first=BEGAN, last=EVENING))
    registered = Counter(
        (instant + timedelta(hours=8)).date()
        for instant in Matter.objects.filter(registered_at__lt=at("2014-04-08 00:00")).values_list(
            "registered_at", flat=True
        )
    )
    running = 0
    for day, counted in days.items():
        running += registered[day]
        assert counted.total == running, day
        assert all(number >= 0 for number in counted.counts.values()), day
    assert running == 497


@pytest.mark.parametrize("day", [date(2013, 12, 14), date(2014, 1, 31), date(2014, 2, 14), EVENING])
def test_the_units_add_up_to_the_city(day: date) -> None:
    total: Counter[Status] = Counter()
    for unit, counted in census_by_unit(TODAY, as_of=day).items():
        assert all(number >= 0 for number in counted.counts.values()), unit
        total.update(counted.counts)
    assert {status.value: total[status] for status in Status} == _as_of(day)


def _stood(place: dict[str, str | None], moment: datetime) -> str:
    """How a stay is published at a moment, by the words of the article: said once more, not asked of the product."""
    late = place["due_at"] is not None and datetime.fromisoformat(place["due_at"]) < moment
    match place["state"]:
        case "registered" | "assigned":
            return "overdue_acceptance" if late else "accepting"
        case "handling":
            return "overdue_completion" if late else "handling"
        case "completed":
            return "pending_review"
        case "closed":
            return "closed"
    raise AssertionError(place)


def _walked(days: list[date]) -> dict[date, dict[str, Counter[str]]]:
    """By day and unit, from every matter's own stream: its stays one after another, and the one each day's end fell in."""
    streams: dict[str, list[tuple[datetime, dict[str, str | None]]]] = {}
    for event in Event.objects.filter(stream__startswith="matter:").order_by("stream", "seq"):
        if "now" in event.facts:
            streams.setdefault(event.stream, []).append((event.at, event.facts["now"]))
    found: dict[date, dict[str, Counter[str]]] = {day: {} for day in days}
    for stays in streams.values():
        began = 0
        for day in days:
            moment = at(f"{day} 23:59:59")
            while began < len(stays) and stays[began][0] <= moment:
                began += 1
            if began:
                place = stays[began - 1][1]
                found[day].setdefault(str(place["unit"]), Counter())[_stood(place, moment)] += 1
    return found


def _figures(counted: Census) -> dict[str, int]:
    """The six figures under their published names."""
    return {status.value: number for status, number in counted.counts.items()}


def test_the_six_figures_hold_for_every_unit_and_day() -> None:
    days = [BEGAN + timedelta(days=n) for n in range((EVENING - BEGAN).days + 1)]
    assert len(days) == 120
    walked = _walked(days)
    units = sorted({unit for counted in walked.values() for unit in counted})
    assert set(units) <= set(Unit.objects.values_list("code", flat=True))
    assert len(units) > 50
    city = dict(census_by_day(TODAY, first=BEGAN, last=EVENING))
    summed: dict[date, Counter[str]] = {day: Counter() for day in days}
    for unit in Unit.objects.values_list("code", flat=True):
        series = dict(census_by_day(TODAY, first=BEGAN, last=EVENING, unit=unit))
        assert list(series) == days
        for day, counted in series.items():
            figures, proven = _figures(counted), walked[day].get(unit, Counter())
            assert figures == {name: proven[name] for name in SIX}, (unit, day)
            assert min(figures.values()) >= 0, (unit, day)
            summed[day].update(figures)
    for day in days:
        assert {name: summed[day][name] for name in SIX} == _figures(city[day]), day
    assert _figures(city[EVENING]) == SIX


def test_every_day_read_by_itself_agrees_with_the_series() -> None:
    days = [BEGAN + timedelta(days=n) for n in range((EVENING - BEGAN).days + 1)]
    walked = _walked(days)
    for day in days:
        counted = census_by_unit(TODAY, as_of=day)
        assert counted.keys() == walked[day].keys(), day
        for unit, one in counted.items():
            assert _figures(one) == {name: walked[day][unit][name] for name in SIX}, (unit, day)


@pytest.mark.parametrize("unit", ["", "zhaiyang", "chengguan"])
def test_page_and_api_give_the_same_six_figures(unit: str) -> None:
    walked = _walked([EVENING])[EVENING]
    proven = walked[unit] if unit else sum(walked.values(), Counter())
    assert unit or dict(proven) == SIX
    asked, client = f"as_of={EVENING}&unit={unit}", Client()
    answered = json.loads(client.get(f"/api/v1/census?{asked}").content)
    assert answered["statuses"] == {name: proven[name] for name in SIX}
    assert answered["total"] == proven.total()
    page = client.get(f"/statistics?{asked}").content.decode()
    table = page.split('<caption class="unseen">六种状态</caption>')[1].split("</table>")[0]
    rows = re.findall(r"<th role=\"rowheader\" scope=\"row\">([^<]+)</th><td[^>]*>(\d+)</td>", table)
    words = {
        "closed": "办结销号", "pending_review": "办结待审核", "handling": "办理中",
        "overdue_completion": "逾期未办结", "accepting": "受理中", "overdue_acceptance": "逾期未受理",
    }  # fmt: skip
    assert dict(rows) == {words[name]: str(proven[name]) for name in SIX} | {"合计": str(proven.total())}


def test_every_matter_of_the_period_is_closed_on_a_basis() -> None:
    period = Matter.objects.filter(registered_at__lt=at("2014-04-08 00:00"))
    assert period.count() == 497
    assert not period.exclude(state=State.CLOSED).exists()
    bases = {"verdict", "unrated", "withdrawn", "ballot", "decision"}
    assert bases == set(period.values_list("basis", flat=True))


def test_every_kind_and_fate_occurs() -> None:
    kinds = set(Matter.objects.values_list("kind", flat=True))
    assert kinds == {"permit", "hardship", "suggestion", "complaint", "question", "directive"}
    happened = Counter(Event.objects.values_list("kind", flat=True))
    for kind in (
        "return.granted", "return.refused", "extension.granted", "extension.refused", "matter.reopened",
        "unrated.decided", "withdrawal.made", "addition.made", "alarm.raised", "callback.made",
    ):  # fmt: skip
        assert happened[kind] >= 2, kind
    for flag in ("confidential", "urgent", "collective"):
        assert Matter.objects.filter(**{flag: True}).exists(), flag
    assert Matter.objects.exclude(previous=None).exists()


def test_the_articles_own_cases() -> None:
    wage = Matter.objects.get(title__startswith="强虎村保洁员工资")
    assert (wage.unit_id, wage.registered_at) == ("shetangpo", at("2013-12-10 09:20"))
    assert wage.statements.get().at == at("2013-12-14 16:30")
    pipes = Matter.objects.get(title__startswith="坪朗村饮水困难，水管")
    assert pipes.registered_at == at("2014-01-07 10:12")
    assert pipes.remarks.filter(at=at("2014-01-12 11:20"), text__contains="水管和配件").exists()
    reservoir = Matter.objects.get(title__startswith="坪朗村蓄水池容量不足")
    promise = reservoir.commitments.get()
    assert (promise.promised_workdays, promise.due_at) == (3, at("2014-02-10 23:59:59"))
    teng = Matter.objects.filter(registered_at__date=date(2014, 2, 13), petitioner=_teng())
    assert teng.count() == 4
    answered = {matter.remarks.filter(part="progress").earliest("at").at.date() for matter in teng}
    assert answered == {date(2014, 2, 14)}


def _teng() -> int:
    one = Matter.objects.get(title__startswith="人民北路路面坑槽多")
    assert one.petitioner_id is not None
    return one.petitioner_id


def test_the_journal_holds_and_the_totals_agree() -> None:
    assert list(breaks()) == []
    assert recount(TODAY) == []


def test_nothing_is_left_to_send_or_to_fold() -> None:
    """But red alarms, which wait until they have been red long enough for the docket."""
    red = Outbox.objects.filter(
        consumer=Consumer.DOCKET.value, event__kind=Kind.ALARM_RAISED.value, next_at__gt=TODAY
    )
    assert red.exists()
    assert set(red.values_list("event__facts__boundary", flat=True)) == {"red"}
    assert Outbox.objects.exclude(pk__in=red).count() == 0


@pytest.mark.parametrize("username", ["handler", "head", "handler2", "office", "leader"])
def test_every_light_burns_today(username: str) -> None:
    counted = queries.counts(Staff.objects.get(username=username).actor, TODAY)
    assert all(counted[light] >= 2 for light in Light), counted


@pytest.mark.parametrize("unit", ["zhaiyang", "chengguan"])
def test_a_desk_has_something_of_everything(unit: str) -> None:
    standing = {
        (matter.state, matter.asks, matter.light(TODAY)) for matter in Matter.objects.filter(unit=unit)
    }
    for light in Light:
        assert {("assigned", "", light), ("handling", "", light)} <= standing
    assert any(one[:2] == ("assigned", "return") for one in standing)
    assert any(one[:2] == ("handling", "extension") for one in standing)
    assert any(one[:2] == ("completed", "") for one in standing)
    assert Matter.objects.filter(unit=unit, state="handling", round=2).exists()


def test_no_tray_of_the_office_is_empty() -> None:
    assert all(number >= 2 for number in queries.trays(TODAY).values())


def test_the_publisher_has_work_and_the_home_page_the_articles_cases() -> None:
    publisher = Staff.objects.get(username="publisher").actor
    waiting = publications.waiting(publisher).items
    assert len(waiting) >= 5
    assert any(publications.suggestion(matter).masked for matter in waiting)
    titles = [row.title for row in publications.latest(3)]
    assert titles[0].startswith("强虎村保洁员")
    assert titles[1].startswith("坪朗村饮水困难")


def test_nothing_published_is_personal() -> None:
    rows = publications.public_list(limit=1000).items
    assert len(rows) > 100
    assert [row.title for row in rows if find_personal(f"{row.title}\n{row.summary}\n{row.reply}")] == []


def test_the_same_seed_plants_the_same_city(told: list[int]) -> None:
    def moment(number: str) -> datetime:
        return Matter.objects.get(number__startswith=number).registered_at

    reservoir = Matter.objects.get(title__startswith="坪朗村蓄水池容量不足")
    before = Matter.objects.filter(registered_at__lt=reservoir.registered_at)
    assert before.count() == 162
    assert moment(reservoir.number) == at("2014-01-29 15:06")
