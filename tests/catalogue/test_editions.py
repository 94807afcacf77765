"""Publishing editions: nothing published is edited in place, by the verb or by hand."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.catalogue import guards
from duban.catalogue.book import book
from duban.catalogue.editions import Changes, draft_of, publish_edition
from duban.catalogue.models import Edition, Revision, Standard
from duban.catalogue.queries import editions, standard, standards
from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.core.rights import Role
from duban.journal.models import Event

from .conftest import NOT_THE_OFFICE, NOW, OFFICE, draft, stranger

pytestmark = pytest.mark.django_db


def publish(*put: object, retire: tuple[str, ...] = ()) -> Edition:
    return publish_edition(changes=Changes(put=put, retire=retire), actor=OFFICE, now=NOW)  # type: ignore[arg-type]


def wrong(**changed: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        publish(draft(**changed))  # type: ignore[arg-type]
    assert not Edition.objects.exists()
    return {field: code for field, (code, _) in refused.value.errors.items()}


def test_the_first_edition_opens_its_rows() -> None:
    edition = publish(draft(), draft("zhaiyang-gonglu", title="村组道路修补"))
    assert (edition.number, edition.published_by, edition.published_at) == (1, "staff:1", NOW)
    water, road = Standard.objects.all()
    assert (water.since, water.until) == (edition, None)
    assert draft_of(water) == draft()
    event = Event.objects.get(stream="catalogue")
    assert event.kind == "standards.published"
    assert event.facts["edition"] == 1
    assert event.facts["opened"] == [water.pk, road.pk]
    assert len(event.facts["digest"]) == 64


def test_a_change_closes_the_row_and_opens_another() -> None:
    publish(draft(), draft("zhaiyang-gonglu"))
    old = Standard.objects.get(code="zhaiyang-yinshui")
    second = publish(draft(limit_workdays=3))
    old.refresh_from_db()
    new = Standard.objects.get(code="zhaiyang-yinshui", until=None)
    assert (old.limit_workdays, old.until) == (5, second)
    assert (new.limit_workdays, new.since) == (3, second)
    assert Standard.objects.get(code="zhaiyang-gonglu").until is None
    facts = Event.objects.get(stream="catalogue", seq=2).facts
    assert (facts["opened"], facts["superseded"], facts["retired"]) == ([new.pk], [old.pk], [])
    history = standard(old.pk)
    assert (history.edition.number, [row.id for row in history.rows]) == (1, [new.pk, old.pk])
    assert [one.number for one in editions()] == [2, 1]


def test_retiring_closes_without_opening() -> None:
    publish(draft())
    publish(retire=("zhaiyang-yinshui",))
    assert standards() == []
    assert book().standards[Standard.objects.get().pk].until == 2


def test_a_retired_code_may_come_back() -> None:
    publish(draft())
    publish(retire=("zhaiyang-yinshui",))
    publish(draft())
    assert [one.since for one in standards()] == [3]


@pytest.mark.parametrize("changes", [Changes(), Changes(put=(draft(),))])
def test_an_edition_without_a_change_is_refused(changes: Changes) -> None:
    publish(draft())
    with pytest.raises(Refused, match="edition_empty"):
        publish_edition(changes=changes, actor=OFFICE, now=NOW)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("role", NOT_THE_OFFICE)
def test_only_the_office_publishes(role: Role) -> None:
    with pytest.raises(Forbidden):
        publish_edition(changes=Changes(put=(draft(),)), actor=stranger(role), now=NOW)


@pytest.mark.parametrize("limit", [1, 90])
def test_limits_at_their_bounds_pass(limit: int) -> None:
    assert publish(draft(limit_workdays=limit))


@pytest.mark.parametrize("limit", [0, -1, 91])
def test_limits_past_their_bounds_fail(limit: int) -> None:
    assert wrong(limit_workdays=limit) == {"limit_workdays": "limit_bounds"}


def test_every_wrong_field_is_named_at_once() -> None:
    assert wrong(
        code="饮水", unit_code="", kind="gift", title=" ", steps=(), fee="x" * 121, basis="", limit_workdays=0
    ) == {
        "code": "code_shape",
        "unit_code": "unit_unknown",
        "kind": "kind_unknown",
        "title": "required",
        "steps": "steps_missing",
        "fee": "too_long",
        "basis": "basis_missing",
        "limit_workdays": "limit_bounds",
    }
    assert wrong(steps=("x",) * 13) == {"steps": "steps_bounds"}


def test_among_several_the_code_says_which() -> None:
    with pytest.raises(Invalid) as refused:
        publish(draft(), draft("zhaiyang-gonglu", basis=""))
    assert set(refused.value.errors) == {"zhaiyang-gonglu.basis"}


def test_a_code_twice_and_a_code_unknown_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        publish(draft(), draft(), retire=("nothing",))
    assert set(refused.value.errors) == {"zhaiyang-yinshui.code", "retire"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE catalogue_standard SET limit_workdays = 6",
        "UPDATE catalogue_standard SET title = '改'",
        "UPDATE catalogue_standard SET steps = '[]'",
        "UPDATE catalogue_standard SET fee = '10 元'",
        "UPDATE catalogue_standard SET unit_code = 'chengguan'",
        "DELETE FROM catalogue_standard",
        "UPDATE catalogue_edition SET note = '改'",
        "DELETE FROM catalogue_edition",
    ],
)
def test_the_database_itself_refuses_to_edit_what_is_published(change: str) -> None:
    publish(draft())
    with (
        pytest.raises(IntegrityError, match="is published"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_row_is_closed_once_and_for_good() -> None:
    first = publish(draft())
    second = publish(draft(limit_workdays=3))
    closed = Standard.objects.filter(until=second)
    for again in (None, first):
        with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
            closed.update(until=again)
    closed.update(until=second)  # writing what stands there changes nothing


def test_the_guards_come_off_and_on_again() -> None:
    publish(draft())
    guards.drop(connection)
    Edition.objects.update(note="改")
    guards.install(connection)
    guards.install(connection)
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        Edition.objects.update(note="再改")


def test_the_queries_answer_by_unit_kind_and_text_without_a_statement() -> None:
    publish(
        draft(),
        draft("zhaiyang-question", kind="question", title="政策咨询答复"),
        draft("zhaiyang-any", kind="", title="其他事项"),
        draft("chengguan-street", unit_code="chengguan", title="占道经营整治"),
    )
    book()
    with CaptureQueriesContext(connection) as asked:
        assert len(standards()) == 4
        assert [one.code for one in standards(unit="chengguan")] == ["chengguan-street"]
        assert [one.code for one in standards(unit="zhaiyang", kind="question")] == [
            "zhaiyang-question",
            "zhaiyang-any",
        ]
        assert [one.code for one in standards(text="饮水 小修")] == ["zhaiyang-yinshui"]
        assert standards(unit="nowhere") == []
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        standard(standards()[0].id)
    assert len(asked) == 2
    with pytest.raises(Unknown):
        standard(0)


def test_each_edition_moves_the_revision_on() -> None:
    before = Revision.objects.get()
    publish(draft())
    after = Revision.objects.get()
    assert after.number == before.number + 1
    assert after.stamp != before.stamp
