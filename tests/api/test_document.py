"""The API document is true, its page is readable without script, and no input makes the API stumble."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import jsonschema_rs
import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from duban.api.urls import patterns
from tests.city import at

from .caller import BASE, Answer, Caller, document

schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", get_wsgi_application())
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def one_connection() -> Iterator[None]:
    """A request through WSGI leaves the test's connection open, and its transaction with it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def sample(caller: Caller, completed: Callable[..., Answer]) -> Answer:
    """A completed matter; the same one for every example of a test."""
    caller.get("/desk/me", by="office")
    return completed(publish=True)


def ours(case: schemathesis.Case) -> schemathesis.Case:
    """A drawn case without a host of its own: where a request goes is no parameter of a call, and Django refuses
    a host it does not serve before any of the API has been asked."""
    case.headers.pop("Host", None)
    return case


@schema.parametrize()
@BOUNDED
def test_whatever_comes_in_a_documented_answer_goes_out(
    case: schemathesis.Case, caller: Caller, sample: Answer
) -> None:
    headers = {"X-Query-Code": sample["query_code"]}
    if "/desk" in case.path:
        headers = {"Authorization": f"Bearer {caller.tokens['office']}"}
    if len(str(case.path_parameters.get("number", ""))) % 3:
        case.path_parameters["number"] = sample["number"]
    with one_connection(), time_machine.travel(at(caller.now), tick=False):
        ours(case).call_and_validate(headers=headers, checks=CHECKS)


@pytest.mark.django_db
def test_a_drawn_host_is_not_sent() -> None:
    case = schema["/api/v1/census"]["GET"].Case(headers={"hOST": "elsewhere.example"})
    with one_connection():
        assert case.call().status_code == 400
        assert ours(case).call_and_validate(checks=CHECKS).status_code == 200


def test_the_document_names_every_call_once() -> None:
    said = Client().get(f"{BASE}/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert said == json.loads(json.dumps(document()))  # in JSON a status is a string
    names = [call["operationId"] for methods in said["paths"].values() for call in methods.values()]
    assert len(names) == len(set(names)) > 30
    jsonschema_rs.meta.validate(said["components"]["schemas"]["RegistrationForm"])
    posts = [methods["post"] for methods in said["paths"].values() if "post" in methods]
    assert all(any(one["name"] == "Idempotency-Key" for one in post["parameters"]) for post in posts)
    assert set(said["components"]["securitySchemes"]) == {"Bearer", "QueryCode"}


class Page(HTMLParser):
    """What a page loads, links to, and names."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.anchors: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.anchors.add((value or "")[1:])
            elif name in ("src", "href", "action", "srcset"):
                self.sources.append(value or "")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_asks_nothing_of_the_outside(language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    response = client.get(f"{BASE}/docs")
    assert response.status_code == 200
    text = response.content.decode()
    page = Page()
    page.feed(text)
    assert all(source.startswith("/") for source in page.sources), page.sources
    assert page.anchors <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert not re.search(r"<script(?![^>]*\ssrc=\"/)", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", text)
    for path in document()["paths"]:
        assert path in text
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy


def test_every_call_is_answered_in_the_callers_language() -> None:
    """No address of the API has slipped past the threshold."""
    for pattern in patterns:
        assert pattern.name == "openapi-view" or hasattr(pattern.callback, "__wrapped__"), pattern
