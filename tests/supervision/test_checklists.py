"""The five checklists and their versions."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from duban.core.refusal import Forbidden, Invalid, Refused, Unknown
from duban.journal.models import Event
from duban.supervision.checks import checklists, versions_of
from duban.supervision.models import Checklist
from duban.supervision.verbs.checklists import amend_checklist
from tests.city import at
from tests.stage import Stage

from .checking import open_matters, start

pytestmark = pytest.mark.django_db


def amend(stage: Stage, **changes: Any) -> Checklist:
    given: dict[str, Any] = {
        "key": "progress",
        "title": "查进展",
        "purpose": "现场看进展。",
        "items": ["现场是否开工", "群众是否知道"],
        "actor": stage["office"],
        "now": at("2014-02-07 09:00"),
    }
    return amend_checklist(**{**given, **changes})


def test_the_five_stand_there_from_the_beginning(db: None) -> None:
    assert [one.title for one in checklists()] == ["查受理", "查承诺", "查进展", "查办结", "查作风"]


def test_an_amendment_is_a_new_version_and_a_run_keeps_its_own(stage: Stage) -> None:
    open_matters(stage, 1)
    run = start(stage, checklist="progress", size=1)
    amended = amend(stage)
    run.refresh_from_db()
    assert (amended.version, run.checklist.version) == (2, 1)
    assert [one.version for one in versions_of("progress")] == [2, 1]
    assert checklists()[2].items == ["现场是否开工", "群众是否知道"]
    event = Event.objects.get(stream="checklist:progress")
    assert (event.kind, event.facts["version"]) == ("checklist.amended", 2)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": ""}, "title", "checklist_title"),
        ({"title": "查" * 21}, "title", "checklist_title"),
        ({"purpose": " "}, "purpose", "checklist_purpose"),
        ({"purpose": "看" * 201}, "purpose", "checklist_purpose"),
        ({"items": []}, "items", "checklist_empty"),
        ({"items": [f"第{n}问" for n in range(13)]}, "items", "checklist_long"),
        ({"items": ["问" * 101]}, "items", "checklist_question_long"),
        ({"items": ["一样", "一样"]}, "items", "checklist_twice"),
    ],
)
def test_an_amendment_to_mend(stage: Stage, changes: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        amend(stage, **changes)
    assert wrong.value.errors[field][0] == code
    assert Checklist.objects.count() == 5


def test_amending_nothing_and_amending_what_is_not_there(stage: Stage) -> None:
    amend(stage, title="查" * 20)
    with pytest.raises(Refused) as refused:
        amend(stage, title="查" * 20)
    assert refused.value.code == "checklist_unchanged"
    with pytest.raises(Unknown):
        amend(stage, key="sixth")
    with pytest.raises(Forbidden):
        amend(stage, actor=stage["leader"])


def test_a_version_is_never_changed(db: None) -> None:
    for change in (lambda: Checklist.objects.update(title="改"), lambda: Checklist.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
