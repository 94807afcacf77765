"""The installation's environment: production, or a trial, and nothing a slip of the pen could make of it."""

from __future__ import annotations

import pytest

from duban.keys import in_production


@pytest.mark.parametrize(("named", "production"), [("", False), ("trial", False), ("production", True)])
def test_production_or_a_trial(named: str, production: bool) -> None:
    assert in_production({"DUBAN_ENV": named} if named else {}) is production


@pytest.mark.parametrize("named", ["prod", "Production", "production ", "1"])
def test_a_word_nobody_knows_starts_nothing(named: str) -> None:
    with pytest.raises(SystemExit, match="DUBAN_ENV"):
        in_production({"DUBAN_ENV": named})
