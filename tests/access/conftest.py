"""The scene is set once for the module; every visit is taken back, so that all find the same city."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine

from duban.catalogue import book
from duban.web.units import forget_units
from tests.city import at
from tests.stage import build

from .scene import set_scene
from .visiting import Visitors, undone

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


NOW = at("2014-01-20 10:00")  # a Monday


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    """Everyone, in front of the same city, at ten on 2014-01-20."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # half of the table is refusals
    with django_db_blocker.unblock(), undone(), time_machine.travel(NOW, tick=False):
        book.forget()
        forget_units()
        yield Visitors(set_scene(build(), NOW))
    forget_units()
    logging.getLogger("django.request").setLevel(logging.NOTSET)
