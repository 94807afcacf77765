"""The access table holds: nobody gets through who should not, nobody is kept out who may, and no address is missing."""

from __future__ import annotations

import pytest
from django.test import Client

from duban.api.door import api
from duban.web.desk.acts import ACTS
from duban.web.office.accounts import DEEDS

from .bodies import BEFORE
from .table import API, WHO, Row, calls, pages
from .visiting import Visitors, address, ask, called, path, program, routes, undone

pytestmark = pytest.mark.django_db
ROWS = [*pages(), *calls()]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everyone_is_answered_as_the_table_says(row: Row, visitors: Visitors) -> None:
    assert {who: visitors.ask(row, who) for who in WHO} == row.expected()


def test_every_page_is_in_the_table() -> None:
    there = {name for name, route in routes().items() if not route.startswith("api/")}
    assert {row.page for row in pages()} == there
    slugs = {row.name for row in pages()}
    assert {f"desk_act:{act.slug}" for act in ACTS} | {f"account_deed:{deed}" for deed in DEEDS} <= slugs


def test_every_call_is_in_the_table() -> None:
    document = api.get_openapi_schema()["paths"]
    operations = {(method.upper(), path[1:]) for path, methods in document.items() for method in methods}
    tabled = {(row.method, row.name) for row in calls()}
    beside = {(row.method, row.name) for row in calls() if row.deed in ("openapi.json", "docs", "nothing")}
    assert tabled == operations | beside
    served = {
        route.replace("<", "{").replace(">", "}") for route in routes().values() if route.startswith(API)
    }
    assert served - {API} == {row.name for row in calls()} - {f"{API}nothing"}


def test_pages_take_no_other_method(visitors: Visitors) -> None:
    wrong = {}
    for name in {row.page for row in pages()}:
        rows = [row for row in pages() if row.page == name]
        for method in set(METHODS) - {row.method for row in rows}:
            for who in ("anyone", "office"):
                if (status := _status(visitors, rows[0], who, method)) != 405:
                    wrong[method, name, who] = status
    assert not wrong


def test_calls_take_no_other_method(visitors: Visitors) -> None:
    wrong = {}
    for name in {row.name for row in calls()} - {f"{API}nothing"}:
        rows = [row for row in calls() if row.name == name]
        where = path(rows[0], visitors.scene)
        for method in set(METHODS) - {row.method for row in rows}:
            if (status := visitors.browser("anyone").generic(method, where).status_code) != 405:
                wrong[method, name] = status
    assert not wrong


def test_what_is_open_to_everyone_answers_head_as_it_answers_get(visitors: Visitors) -> None:
    browser, scene = visitors.browser("anyone"), visitors.scene
    wrong = {}
    for row in ROWS:
        if row.method == "GET" and row.expected()["anyone"] == "ok" and row.name not in BEFORE:
            where = path(row, scene) if row.name.startswith(API) else address(row, scene)
            if (status := browser.head(where).status_code) != 200:
                wrong[str(row)] = status
    assert not wrong


@pytest.mark.parametrize("who", ["office", "mine"])
def test_a_session_is_no_key_to_the_api(who: str, visitors: Visitors) -> None:
    """A foreign page can send a browser's cookies along, but no token."""
    wrong = {}
    for row in calls():
        with undone():
            answer = called(row, program(visitors.browser(who), row, visitors.scene, headers={}))
        if answer != row.expected()["anyone"]:
            wrong[str(row)] = answer
    assert not wrong


def test_a_token_is_no_key_to_the_pages(visitors: Visitors) -> None:
    wrong = {}
    for row in pages():
        if row.method == "GET" and row.expected()["anyone"] != "ok":
            headers = visitors.headers("office", row.situation)
            with undone():
                response = visitors.browser("anyone").get(address(row, visitors.scene), headers=headers)
            if called(row, response) != row.expected()["anyone"]:
                wrong[str(row)] = response.status_code
    assert not wrong


def test_no_page_acts_without_its_own_form(visitors: Visitors) -> None:
    """Sent from elsewhere, without the form's token, it is refused whoever's browser it is."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitors.browser("office").cookies
    acting = [row for row in pages() if row.method == "POST"]
    answers = {str(row): strict.post(address(row, visitors.scene)).status_code for row in acting}
    assert answers == dict.fromkeys(answers, 403)


def _status(visitors: Visitors, row: Row, who: str, method: str) -> int:
    with undone():
        return ask(visitors.browser(who), method, address(row, visitors.scene), None).status_code
