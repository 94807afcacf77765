"""Waiting for a matter that somebody else is changing (docs/architecture.md, how a request flows)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.matters.verbs.deed import lock
from duban.matters.verbs.following import hold
from duban.matters.verbs.merging import merge
from tests.city import at
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def test_a_matter_is_locked_by_itself(stage: Stage) -> None:
    """Joined to its unit, whoever waited while that changed would be told that there is no such matter."""
    matter = stage.assigned()
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        lock(matter.number, at("2014-01-29 15:20"))
    assert len(asked) == 1
    assert "JOIN" not in asked[0]["sql"]


def test_a_matter_is_locked_without_its_key() -> None:
    """On PostgreSQL a lock with the key makes everybody wait who inserts a row that refers to the matter."""
    found = [
        (path.name, call)
        for path in Path("duban").rglob("*.py")
        for call in re.findall(r"(?:Matter\.objects|older)\.select_for_update\([^)]*\)", path.read_text())
    ]
    assert len(found) >= 6
    assert [one for one in found if "no_key=True" not in one[1]] == []


def test_several_are_locked_leads_first(stage: Stage) -> None:
    follower, other, lead = (stage.handling(title=name) for name in ("随件", "另一件", "主件"))
    merge(
        matter=follower.number,
        lead=lead.number,
        reason="同",
        actor=stage["office"],
        now=at("2014-02-07 10:00"),
    )
    with transaction.atomic():
        assert hold([lead.pk, follower.pk, other.pk]) == [other.pk, lead.pk, follower.pk]
