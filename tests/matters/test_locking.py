"""Waiting for a matter that somebody else is changing (docs/architecture.md, how a request flows)."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.matters.verbs.deed import lock
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
