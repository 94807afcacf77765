"""Long lists about ballots: page by page, without a gap and without a row twice."""

from __future__ import annotations

import pytest
from django.test import Client

from duban.core.refusal import Invalid
from duban.evaluation.reading import awaiting_ballot, cosigners
from duban.matters.paging import Page
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
