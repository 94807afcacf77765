"""Rules remember nothing: what the other rooms forget before each test does not exist here."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def fresh_book() -> None:
    """No book and no cache, in place of the house's fixture of this name."""
