"""Amending the policy figures: versions, bounds, and what stays as it was."""

from __future__ import annotations

from dataclasses import fields

import pytest
from django.db import IntegrityError, transaction

from duban.catalogue.book import book
from duban.catalogue.models import PolicyVersion
from duban.catalogue.policies import FIGURES, amend_policy
from duban.catalogue.queries import policy_versions
from duban.core.policy import Policy, bounds
from duban.core.refusal import Forbidden, Invalid, Refused
from duban.core.rights import Role
from duban.journal.models import Event

from .conftest import NOT_THE_OFFICE, NOW, OFFICE, stranger

pytestmark = pytest.mark.django_db


def amend(**figures: int | bool) -> PolicyVersion:
    return amend_policy(figures=figures, actor=OFFICE, now=NOW)


def test_versions_build_on_one_another() -> None:
    assert amend(acceptance_workdays=2).number == 1
    second = amend(callback_days=10, head_must_sign=True)
    assert (second.number, second.by, second.at) == (2, "staff:1", NOW)
    assert book().policy == Policy(acceptance_workdays=2, callback_days=10, head_must_sign=True)
    assert book().policy_version == 2
    facts = Event.objects.get(stream="policy", seq=2).facts
    assert facts == {"version": 2, "changed": {"callback_days": [7, 10], "head_must_sign": [False, True]}}
    assert [version.number for version in policy_versions()] == [2, 1]


@pytest.mark.parametrize("figure", [f.name for f in fields(Policy) if type(f.default) is int])
def test_every_figure_passes_at_its_bounds_and_fails_past_them(figure: str) -> None:
    low, high = bounds(figure)
    for value in (low, high):
        if getattr(book().policy, figure) != value:
            amend(**{figure: value})
        assert getattr(book().policy, figure) == value
    for value in (low - 1, high + 1):
        with pytest.raises(Invalid) as refused:
            amend(**{figure: value})
        code, params = refused.value.errors[figure]
        assert code == "policy_bounds"
        assert params == {"figure": FIGURES[figure], "low": low, "high": high}


def test_every_figure_has_a_name_people_read() -> None:
    assert set(FIGURES) == {figure.name for figure in fields(Policy)}


def test_every_wrong_figure_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        amend(callback_days=True, head_must_sign=1, wishes=3, quiet_from_hour=24)
    assert {name: code for name, (code, _) in refused.value.errors.items()} == {
        "callback_days": "not_a_number",
        "head_must_sign": "yes_or_no_needed",
        "wishes": "policy_unknown",
        "quiet_from_hour": "policy_bounds",
    }
    with pytest.raises(Invalid):
        amend_policy(figures={"callback_days": 8}, note="x" * 201, actor=OFFICE, now=NOW)


def test_no_change_is_refused() -> None:
    with pytest.raises(Refused, match="policy_unchanged"):
        amend(callback_days=7)
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize("role", NOT_THE_OFFICE)
def test_only_the_office_amends(role: Role) -> None:
    with pytest.raises(Forbidden):
        amend_policy(figures={"callback_days": 8}, actor=stranger(role), now=NOW)


def test_a_version_stays_as_it_was() -> None:
    amend(callback_days=8)
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        PolicyVersion.objects.update(figures={})
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        PolicyVersion.objects.all().delete()
