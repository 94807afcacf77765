"""The demo city as of a Tuesday morning in 2026, built once for the tests of this package and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from duban.demo import replay
from tests.city import at

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

TODAY = at("2026-11-24 10:30")


class _Undo(Exception):
    """Rolls the city back."""


@pytest.fixture(scope="package")
def told() -> list[int]:
    """What the progress bar was told."""
    return []


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker, told: list[int]) -> Iterator[None]:
    """The demo city as of a Tuesday morning in 2026."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                replay.run(progress=lambda done, total: told.append(100 * done // total), today=TODAY)
                yield
                raise _Undo
        except _Undo:
            pass
