"""Long lists about ballots: page by page, without a gap and without a row twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from duban.core.refusal import Invalid
from duban.evaluation.reading import awaiting_ballot, cosigners, counted_in, ended_ballots
from duban.evaluation.verbs.counting import close_ballot
from duban.matters.paging import Page, cursor
from tests.city import at
from tests.stage import CROWD, Stage, build


@pytest.fixture
def stage(db: None) -> Stage:
    return build()


def test_cosigners_page_by_page(stage: Stage) -> None:
    matter = stage.completed_for_many(*CROWD[:5])
    after, read = "", []
    while True:
        page = cosigners(matter, after=after, limit=2)
        assert len(page.items) <= 2
        read += [one.citizen.name for one in page.items]
        if page.next is None:
            break
        after = page.next
    assert read == [one.name for one in CROWD[:5]]
    with pytest.raises(Invalid):
        cosigners(matter, after="nonsense")


def test_matters_that_wait_for_a_ballot_page_by_page(stage: Stage) -> None:
    waiting = [stage.completed_for_many(CROWD[0], title=f"第 {n} 件集体的事") for n in range(3)]
    first = awaiting_ballot(stage["office"], limit=2)
    assert [one.pk for one in first.items] == [one.pk for one in waiting[:2]]
    assert first.next is not None
    last = awaiting_ballot(stage["office"], after=first.next, limit=2)
    assert [one.pk for one in last.items] == [waiting[2].pk]
    assert last.next is None


def closed(stage: Stage, *moments: str) -> list[int]:
    """Ballots closed at these moments, by id."""
    made = []
    for n, moment in enumerate(moments):
        ballot = stage.balloting(*CROWD[:2], title=f"{moment} 的第 {n} 件")
        for _ in range(3):
            stage.vote(ballot, 5)
        close_ballot(matter=ballot.matter.number, actor=stage["office"], now=at(moment))
        made.append(ballot.pk)
    return made


def test_closed_ballots_page_by_page_also_where_several_end_at_once(stage: Stage) -> None:
    first, second, third, fourth, fifth = closed(
        stage,
        "2014-02-12 10:00",
        "2014-02-11 10:00",
        "2014-02-12 10:00",
        "2014-02-12 10:00",
        "2014-02-10 11:00",
    )
    after, read = "", []
    while True:
        found = ended_ballots(stage["office"], after=after, limit=2)
        read += [one.pk for one in found.items]
        if found.next is None:
            break
        after = found.next
    assert read == [fourth, third, first, second, fifth]
    with pytest.raises(Invalid):
        ended_ballots(stage["office"], after=cursor(None, first))


def test_closed_ballots_bring_how_many_voted_and_cost_two_statements(stage: Stage) -> None:
    for moments in (("2014-02-12 10:00",), ("2014-02-12 11:00", "2014-02-12 12:00", "2014-02-12 13:00")):
        closed(stage, *moments)
        with CaptureQueriesContext(connection) as seen:
            found = ended_ballots(stage["office"])
        assert len(seen) == 2
    assert [(counted_in(one).online, counted_in(one).papers) for one in found.items] == [(3, 0)] * 4


def test_closed_ballots_are_read_off_their_index(stage: Stage) -> None:
    """Neither sorted nor searched through: what a page costs does not grow with the ballots there ever were."""
    closed(stage, "2014-02-12 10:00", "2014-02-12 11:00")
    after = ended_ballots(stage["office"], limit=1).next or ""
    for cursor_given in ("", after):
        with CaptureQueriesContext(connection) as seen:
            ended_ballots(stage["office"], after=cursor_given, limit=1)
        with connection.cursor() as cursor_of:
            if connection.vendor == "postgresql":  # which of a few rows reads them all
                cursor_of.execute("SET LOCAL enable_seqscan = off")
                cursor_of.execute("SET LOCAL enable_bitmapscan = off")
                cursor_of.execute(f"EXPLAIN {seen[0]['sql']}")
            else:
                cursor_of.execute(f"EXPLAIN QUERY PLAN {seen[0]['sql']}")
            plan = "\n".join(str(row[-1]) for row in cursor_of.fetchall())
        assert "ballot_ended" in plan
        assert "sort" not in plan.lower() or "Incremental" in plan
        assert "TEMP B-TREE" not in plan


def test_the_pages_lead_onward(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    matters = [stage.completed_for_many(*CROWD[:3], title=f"第 {n} 件集体的事") for n in range(2)]
    for name, limit in (("awaiting_ballot", 1), ("cosigners", 2)):
        whole = {"awaiting_ballot": awaiting_ballot, "cosigners": cosigners}[name]

        def few(*args: object, whole: object = whole, limit: int = limit, **more: object) -> Page[object]:
            return whole(*args, **more, limit=limit)  # type: ignore[operator, no-any-return]

        monkeypatch.setattr(f"duban.evaluation.reading.{name}", few)
    office = Client()
    office.force_login(stage.staff["office"])
    listed = office.get("/desk/ballots").content.decode()
    assert "waiting=" in listed
    assert matters[1].title not in listed
    address = f"/desk/ballots/{matters[0].number}"
    signed = office.get(address).content.decode()
    assert "联名人 3 位" in signed
    onward = signed.split(f'href="{address}?signed=')[1].split('"')[0]
    second = office.get(f"{address}?signed={onward}").content.decode()
    assert f'action="{address}/removal?signed={onward}"' in second
    assert second.count("signed__act") == 1
