"""The book: nothing asked while warm, everything fresh after an edit."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.catalogue import book as shelf
from duban.catalogue.book import LOOK_EVERY, book, forget, policy_of
from duban.catalogue.calendars import amend_day
from duban.catalogue.editions import Changes, publish_edition
from duban.catalogue.models import CalendarDay, Revision, Standard
from duban.catalogue.policies import amend_policy
from duban.core.policy import Policy

from .conftest import NOW, OFFICE, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock the test moves."""
    now = [1000.0]
    monkeypatch.setattr(shelf, "monotonic", lambda: now[0])
    return now


def test_a_warm_book_asks_nothing() -> None:
    book()
    with CaptureQueriesContext(connection) as asked:
        book()
    assert len(asked) == 0


def test_after_a_second_it_asks_for_the_revision_only(later: list[float]) -> None:
    read = book()
    later[0] += LOOK_EVERY
    with CaptureQueriesContext(connection) as asked:
        assert book() is read
        assert book() is read
    assert len(asked) == 1


def test_another_process_edit_is_seen_after_a_second(later: list[float]) -> None:
    book()
    CalendarDay.objects.create(day=date(2014, 3, 3), kind="holiday", name="停电")
    Revision.objects.update(number=99, stamp="other")
    assert book().calendar.is_workday(date(2014, 3, 3))
    later[0] += LOOK_EVERY
    assert not book().calendar.is_workday(date(2014, 3, 3))
    assert book().revision == 99


def test_an_edit_here_is_seen_at_once() -> None:
    book()
    amend_day(day=date(2014, 3, 3), kind="holiday", name="停电", actor=OFFICE, now=NOW)
    assert not book().calendar.is_workday(date(2014, 3, 3))


def test_a_rolled_back_edit_is_not_mistaken_for_the_next_one(later: list[float]) -> None:
    """Both would be revision n + 1: the stamp tells them apart."""
    with transaction.atomic():
        amend_policy(figures={"callback_days": 9}, actor=OFFICE, now=NOW)
        assert book().policy.callback_days == 9
        transaction.set_rollback(True)
    later[0] += LOOK_EVERY
    assert book().policy.callback_days == 7
    amend_policy(figures={"callback_days": 8}, actor=OFFICE, now=NOW)
    assert book().policy.callback_days == 8


def test_the_number_of_statements_does_not_grow_with_the_catalogue() -> None:
    publish_edition(changes=Changes(put=tuple(draft(f"s-{n}") for n in range(5))), actor=OFFICE, now=NOW)
    with CaptureQueriesContext(connection) as few:
        book()
    publish_edition(changes=Changes(put=tuple(draft(f"t-{n}") for n in range(300))), actor=OFFICE, now=NOW)
    with CaptureQueriesContext(connection) as many:
        assert len(book().standards) == 305
    assert len(few) == len(many)


def test_a_past_standard_is_fetched_once() -> None:
    publish_edition(changes=Changes(put=(draft(),)), actor=OFFICE, now=NOW)
    publish_edition(changes=Changes(put=(draft(limit_workdays=3),)), actor=OFFICE, now=NOW)
    past = Standard.objects.get(limit_workdays=5).pk
    read = book()
    with CaptureQueriesContext(connection) as asked:
        assert read.standards[past].limit_workdays == 5
        assert not read.standards[past].is_current
    assert len(asked) == 1
    assert past not in set(read.standards)
    with pytest.raises(KeyError):
        read.standards[0]


def test_before_anyone_amended_it_the_policy_is_the_built_in_one() -> None:
    assert (book().policy, book().policy_version) == (Policy(), 0)


def test_figures_of_an_older_version_take_defaults_for_newer_ones() -> None:
    assert policy_of({"callback_days": 9, "gone_since": 1}) == Policy(callback_days=9)


def test_an_empty_shelf_reads_an_empty_table() -> None:
    Revision.objects.all().delete()
    forget()
    assert book().revision == 0
    amend_policy(figures={"callback_days": 9}, actor=OFFICE, now=NOW)
    assert book().revision == 1
