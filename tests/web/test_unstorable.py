"""Questions that no database can be asked: a NUL in a form, a day after the last one, a number of 5,000 digits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from duban.core.rights import SYSTEM
from duban.matters.paging import cursor
from duban.people.tokens import issue
from tests.city import at
from tests.stage import Stage, build

pytestmark = pytest.mark.django_db
LAST = cursor(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), 1)


@pytest.fixture
def stage() -> Stage:
    return build()


@pytest.fixture
def office(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.staff["office"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_page_is_asked_for(office: Client) -> None:
    assert office.get(f"/office/meeting?owed={LAST}").status_code == 422


@pytest.mark.parametrize("field", ["unit", "kind"])
def test_a_form_is_sent(office: Client, field: str) -> None:
    assert office.post("/office/checks/new", {field: "\x00"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [(f"follow-ups?after={LAST}", 422), (f"ledgers/officials/{'9' * 5000}", 404)],
)
def test_a_program_asks(stage: Stage, path: str, status: int) -> None:
    token = issue(username="office", actor=SYSTEM, now=at("2014-02-01 09:00"))
    answer = Client().get(f"/api/v1/desk/{path}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == status
