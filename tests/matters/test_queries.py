"""Work lists, trays, lights by unit: right for each account, constant in statements."""

from __future__ import annotations

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.lights import Light
from duban.core.refusal import Forbidden, Invalid, Unknown
from duban.matters.linking import previous_of
from duban.matters.opening import petitioner_of
from duban.matters.queries import (
    attachment,
    counts,
    file_of,
    lights_by_unit,
    petitioner_name,
    staff_matter,
    tray,
    trays,
    worklist,
)
from duban.matters.verbs.assigning import request_return
from tests.city import at
from tests.stage import WU, Stage

LATER = at("2014-02-11 09:00")  # the water's promise broke nine hours ago


@pytest.fixture
def busy(stage: Stage) -> Stage:
    """Late, handling, to accept, to assign, completed, closed; and one of another unit."""
    stage.handling(title="已逾期")
    stage.accept(stage.assigned("2014-02-10 09:00", title="正办理"), "2014-02-10 10:00")
    stage.assigned("2014-02-11 08:50", title="待受理")
    stage.register("2014-02-11 08:55", title="待交办")
    stage.completed(title="待评价")
    stage.judge(stage.completed(title="已销号"), 4)
    stage.assigned("2014-02-10 09:00", unit="chengguan", title="外单位")
    return stage


def titles(page: object) -> list[str]:
    return [matter.title for matter in page.items]  # type: ignore[attr-defined]


def test_by_what_turns_red_next(busy: Stage) -> None:
    assert titles(worklist(busy["handler"], LATER)) == ["已逾期", "待受理", "正办理"]
    assert titles(worklist(busy["handler2"], LATER)) == ["外单位"]
    assert titles(worklist(busy["office"], LATER)) == ["已逾期", "外单位", "待受理", "待交办", "正办理"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("overdue_completion", ["已逾期"]),
        ("handling", ["正办理"]),
        ("accepting", ["待受理"]),
        ("overdue_acceptance", []),
        ("pending_review", ["待评价"]),
        ("closed", ["已销号"]),
    ],
)
def test_by_published_status(busy: Stage, status: str, expected: list[str]) -> None:
    assert titles(worklist(busy["handler"], LATER, status=status)) == expected


def test_by_light_and_unit(busy: Stage) -> None:
    assert titles(worklist(busy["office"], LATER, light="red", unit="zhaiyang")) == ["已逾期"]
    assert counts(busy["handler"], LATER) == {Light.GREEN: 2, Light.YELLOW: 0, Light.RED: 1}
    assert counts(busy["office"], LATER, unit="chengguan")[Light.YELLOW] == 1


@pytest.mark.parametrize("wrong", [{"status": "lost"}, {"light": "blue"}, {"after": "nonsense"}])
def test_an_unknown_filter_is_said(busy: Stage, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        worklist(busy["handler"], LATER, **wrong)


@pytest.mark.parametrize("username", ["clerk", "publisher", "inspector", "sysadmin", "secadmin", "auditor"])
def test_who_has_no_matters_has_no_list(busy: Stage, username: str) -> None:
    with pytest.raises(Forbidden):
        worklist(busy[username], LATER)


def test_no_unit_looks_into_another(busy: Stage) -> None:
    with pytest.raises(Forbidden):
        worklist(busy["handler"], LATER, unit="chengguan")
    foreign = worklist(busy["handler2"], LATER).items[0]
    with pytest.raises(Unknown):
        staff_matter(foreign.number, busy["handler"])
    assert staff_matter(foreign.number, busy["office"]).pk == foreign.pk


def test_pages_by_keyset_meet_without_gap_or_overlap(busy: Stage) -> None:
    for status in ("", "closed"):
        whole = titles(worklist(busy["office"], LATER, status=status))
        paged: list[str] = []
        after: str | None = ""
        while after is not None:
            page = worklist(busy["office"], LATER, status=status, after=after, limit=2)
            paged += titles(page)
            after = page.next
        assert paged == whole


def test_a_list_is_one_statement_however_long(busy: Stage) -> None:
    with CaptureQueriesContext(connection) as statements:
        for matter in worklist(busy["office"], LATER).items:
            assert matter.unit.name
            petitioner_name(matter, busy["office"])
            assert matter.handler is None or matter.handler.masked_name
            matter.status(LATER)
    assert len(statements) == 1


def test_trays(busy: Stage) -> None:
    assigned = worklist(busy["handler"], LATER, status="accepting").items[0]
    request_return(
        matter=assigned.number, reason="职责不符", suggested="zhujian", actor=busy["handler"], now=LATER
    )
    assert trays(LATER) == {"to_assign": 1, "returns": 1, "extensions": 0, "completed": 1, "silent": 0}
    assert titles(tray("returns", LATER)) == ["待受理"]
    assert titles(tray("silent", at("2014-02-15 16:39:59"))) == []
    assert titles(tray("silent", at("2014-02-15 16:40:00"))) == ["待评价"]


def test_every_unit_has_a_row_of_lights_the_reddest_first(busy: Stage) -> None:
    rows = lights_by_unit(LATER)
    assert [(row.code, row.green, row.yellow, row.red) for row in rows][:2] == [
        ("zhaiyang", 2, 0, 1),
        ("chengguan", 0, 1, 0),
    ]
    assert {row.code for row in rows} == {"zhaiyang", "chengguan", "zhujian", "ducha"}


def test_a_hidden_petitioner_is_hidden_from_the_unit(stage: Stage) -> None:
    matter = stage.assigned(confidential=True)
    matter = stage.again(matter)
    assert petitioner_name(matter, stage["handler"]) == ""
    assert petitioner_name(matter, stage["office"]) == "罗**"


def test_the_file_of_a_matter(stage: Stage) -> None:
    matter = stage.completed()
    with CaptureQueriesContext(connection) as statements:
        papers = file_of(matter, stage["handler"])
    assert len(statements) == 6
    assert papers.commitment is not None
    assert papers.statement is not None


def test_a_guessed_attachment_is_unknown(stage: Stage) -> None:
    with pytest.raises(Unknown):
        attachment("A" * 43)


def test_another_persons_matter_is_not_told_as_a_later_one(stage: Stage) -> None:
    matter = stage.assigned()
    stage.register(petitioner=WU, title="别人的事", previous=matter.number)
    own = stage.register(title="还是停水", previous=matter.number).matter
    for actor in (petitioner_of(matter), stage["handler"], stage["office"]):
        assert [one.number for one in file_of(matter, actor).later] == [own.number]


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_a_link_does_not_tell_the_unit_whose_a_confidential_matter_is(
    stage: Stage, first: bool, second: bool
) -> None:
    matter = stage.assigned(confidential=first)
    number = stage.register(
        title="还是停水", previous=matter.number, confidential=second, unit="zhaiyang"
    ).matter.number
    handler, office = stage["handler"], stage["office"]
    assert previous_of(staff_matter(number, handler), handler) is None
    assert previous_of(staff_matter(number, office), office) == matter
    assert file_of(matter, handler).later == []
    assert [one.number for one in file_of(matter, office).later] == [number]


@pytest.mark.parametrize("at_the_edge", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_cursor_beyond_the_years_is_none_of_ours(stage: Stage, at_the_edge: str) -> None:
    tampered = base64.urlsafe_b64encode(f"{at_the_edge}|1".encode()).decode()
    with pytest.raises(Invalid):
        worklist(stage["handler"], LATER, after=tampered)
