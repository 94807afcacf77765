"""A program that calls the API: every answer it gets is held against the API document."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from http.client import responses as phrases
from typing import Any

import jsonschema_rs
import time_machine
from django.test import Client
from django.urls import resolve

from duban.api.door import api
from duban.core.rights import SYSTEM
from duban.people.tokens import issue
from tests import city
from tests.city import at

BASE = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """A status, headers, and the content as it was read."""

    status: int
    body: Any
    headers: dict[str, str]

    def __getitem__(self, key: str) -> Any:
        return self.body[key]

    @property
    def told(self) -> tuple[int, str]:
        """Status and code of a problem."""
        return self.status, self.body["code"]

    @property
    def errors(self) -> dict[str, str]:
        """Codes by field."""
        return {field: error["code"] for field, error in self.body["errors"].items()}


@dataclass
class Caller:
    """Calls as of a moment in Shanghai, which the test moves on; tokens by user name."""

    now: str
    language: str = ""
    client: Client = field(default_factory=Client)
    tokens: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, *, by: str = "", code: str = "", **headers: str) -> Answer:
        """GET by an account (user name), or with a query code."""
        return self._ask("get", path, self._headers(by, code, headers))

    def post(
        self, path: str, body: Any = None, *, by: str = "", code: str = "", key: str = "", **headers: str
    ) -> Answer:
        """POST JSON; `key` is the Idempotency-Key."""
        return self._ask(
            "post",
            path,
            self._headers(by, code, headers) | ({"Idempotency-Key": key} if key else {}),
            data="" if body is None else json.dumps(body),
            content_type="application/json",
        )

    def send(
        self, path: str, fields: dict[str, Any], *, by: str = "", code: str = "", key: str = ""
    ) -> Answer:
        """POST multipart/form-data."""
        headers = self._headers(by, code, {}) | ({"Idempotency-Key": key} if key else {})
        return self._ask("post", path, headers, data=fields)

    def _headers(self, by: str, code: str, more: dict[str, str]) -> dict[str, str]:
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        if by:
            headers["Authorization"] = f"Bearer {self._token(by)}"
        if code:
            headers["X-Query-Code"] = code
        if self.language:
            headers["Accept-Language"] = self.language
        return headers

    def _token(self, username: str) -> str:
        if username not in self.tokens:
            self.tokens[username] = issue(username=username, actor=SYSTEM, now=at(self.now))
        return self.tokens[username]

    def _ask(self, method: str, path: str, headers: dict[str, str], **content: Any) -> Answer:
        with time_machine.travel(at(self.now), tick=False):
            response = getattr(self.client, method)(f"{BASE}{path}", headers=headers, **content)
        kind = response.headers["Content-Type"]
        raw = b"".join(response.streaming_content) if response.streaming else response.content
        body = json.loads(raw) if "json" in kind else raw
        documented(method, f"{BASE}{path}".partition("?")[0], response.status_code, kind, body)
        return Answer(response.status_code, body, dict(response.headers))


def documented(method: str, path: str, status: int, kind: str, body: Any) -> None:
    """Raise unless the document says that this call may answer so."""
    route = "/" + resolve(path).route.replace("<", "{").replace(">", "}")
    said = document()["paths"][route][method]["responses"]
    assert status in said, f"{method} {route} does not say it may answer {status} {phrases[status]}: {body}"
    content = said[status]["content"]
    assert kind in content, f"{method} {route} answers {status} as {kind}, not as {list(content)}"
    if "json" in kind:
        validator(json.dumps(content[kind]["schema"])).validate(body)


@cache
def document() -> dict[str, Any]:
    """The API document."""
    return dict(api.get_openapi_schema())


@cache
def validator(schema: str) -> Any:
    """A validator for one answer's schema."""
    return jsonschema_rs.validator_for(
        json.loads(schema) | {"components": json.loads(json.dumps(document()["components"]))},
        validate_formats=True,
    )


def water(**changes: Any) -> dict[str, Any]:
    """罗家祥's matter, as a program registers it; no rule fits it, so it waits for the office."""
    return {
        "kind": "hardship",
        "title": "蓄水池容量不足",
        "body": "蓄水池容量有限，部分水管损坏，高处农户饮水困难。",
        "petitioner": city.LUO.form(),
        **changes,
    }
