"""A fresh stage for every test."""

from __future__ import annotations

import pytest

from duban.ledgers.entering import enter
from duban.ledgers.models import LedgerEntry
from tests.stage import Stage, build


@pytest.fixture
def stage(db: None) -> Stage:
    return build()


@pytest.fixture
def late(stage: Stage) -> LedgerEntry:
    """A conduct entry of `handler`: accepted late, on 2014-02-07 at 10:00."""
    return late_entry(stage)


def late_entry(stage: Stage) -> LedgerEntry:
    """Accept a matter late, and enter it."""
    stage.accept(stage.assigned(), now="2014-02-07 10:00")
    while enter():
        pass
    return LedgerEntry.objects.get(item="accepted_late")
