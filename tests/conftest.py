"""The house of the tests: both engines, no outside, a fresh book, and a city with a named cast."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache as remembered
from django.db import connection
from hypothesis import settings

from tests import city as planting
from tests.emptying import Seed, install

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from duban.catalogue.models import Standard
    from duban.people.models import Unit

HERE = Path(__file__).parent

# How fast an example runs is the machine's business; speed is measured in the benchmark, never in a test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ONLY_ON = {
    "core": "sqlite",
    "house": "sqlite",
    "cli/test_serving.py": "sqlite",
    "cli/test_starting.py": "sqlite",
    "browser": "postgresql",
    "browser/test_pages.py": "sqlite",
}
"""What `make test` runs once: core and the house rules need no database, the processes bring their own, and what
Chromium sees takes long. Chromium comes last (its tests commit), so each process has about half of it: the stories
PostgreSQL, the walk through all pages SQLite."""


def pytest_report_header() -> str:
    """Which engine the tests of this process run on."""
    if "TEST_ENGINE" in os.environ:
        return f"engine: {os.environ['TEST_ENGINE']}"
    return f"engine: {'postgresql' if os.environ.get('TEST_DATABASE_URL') else 'sqlite'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Under `make test` two processes run the suite, one an engine; leave out what belongs to the other."""
    engine = os.environ.get("TEST_ENGINE")
    if engine is None:
        return
    mine = [item for item in items if _only_on(item.path) in (None, engine)]
    config.hook.pytest_deselected(items=[item for item in items if _only_on(item.path) not in (None, engine)])
    items[:] = mine


@cache
def _only_on(path: Path) -> str | None:
    """The one engine a file's tests run on, if there is one: the nearest place named says so."""
    inside = path.relative_to(HERE)
    return next((ONLY_ON[str(place)] for place in (inside, *inside.parents) if str(place) in ONLY_ON), None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The migrated database; what the migrations planted is remembered for the emptying."""
    seed = Seed()
    with django_db_blocker.unblock():
        seed.remember()
    install(seed)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            _leave_alone(connection)


def _leave_alone(connection: Any) -> None:
    """End every session on the test database, also of threads that are still going down, so that it can be dropped."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """The English catalogue as it stands in the source; a fresh clone has none compiled."""
    from duban.cli.installing import compile_messages

    compile_messages()


@pytest.fixture(autouse=True)
def fresh_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing remembered from the test before: neither the book, nor the units in service, nor the cache.

    What is looked at again once a second stays as it was read until it is forgotten: else a test that counts
    statements would count one more on a slow machine.
    """
    from duban.catalogue import book
    from duban.people import units

    book.forget()
    remembered.clear()
    monkeypatch.setattr(units, "_serving", None)
    for memory in (book, units):
        monkeypatch.setattr(memory, "monotonic", lambda: 0.0)


@pytest.fixture
def at() -> Callable[[str], datetime]:
    """at("2014-01-07 09:00"): the instant a clock in Shanghai shows."""
    return planting.at


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """寨阳乡, 城市管理局, 住建局 and the supervision office, by code."""
    return planting.plant_units()


@pytest.fixture
def cast(units: dict[str, Unit]) -> planting.Cast:
    """The twelve accounts: cast.handler, cast.office … with `.actor`; password duban-demo."""
    return planting.plant_cast(units)


@pytest.fixture
def standards(db: None) -> dict[str, Standard]:
    """The catalogue's first edition, by code: water (3 workdays), relief, reply, street, lamps, housing."""
    return planting.plant_standards()


@pytest.fixture
def city(cast: planting.Cast, standards: dict[str, Standard]) -> planting.Cast:
    """Units, cast, catalogue and routes: everything a matter needs. Gives the cast."""
    return cast


@pytest.fixture
def luo() -> planting.Person:
    """罗家祥 of 寨阳乡坪朗村, who had no water."""
    return planting.LUO


@pytest.fixture
def wu() -> planting.Person:
    """吴长生 of 社塘坡乡强虎村, street cleaner."""
    return planting.WU


@pytest.fixture
def teng() -> planting.Person:
    """滕文洋 of the town, with four matters in one day."""
    return planting.TENG
