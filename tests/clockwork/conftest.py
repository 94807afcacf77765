"""A fresh stage for every test."""

from __future__ import annotations

import pytest

from tests.stage import Stage, build


@pytest.fixture
def stage(db: None) -> Stage:
    return build()
