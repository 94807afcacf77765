"""Who knocks at a door, and how the answer is called in the table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from duban.web.citizen.opened import MOST
from tests.city import ACCOUNTS

from .areas import AREAS
from .bodies import BEFORE, CALLS, FORMS
from .scene import Scene
from .table import API, Row

PETITIONERS = ("mine", "other")


def _number(scene: Scene, situation: str) -> str:
    return scene.number(situation) if situation == "unknown" or situation in scene.matters else ""


def _water(scene: Scene, situation: str) -> int:
    return 0 if situation == "unknown" else scene.stage.standards["water"].pk


PLACES: dict[str, Callable[[Scene, str], object]] = {
    "number": _number,
    "photo": lambda scene, situation: "nobodys" if situation == "unknown" else scene.photo,
    "name": lambda scene, situation: situation,
    "standard": _water,
    "standard_id": _water,
    "year": lambda scene, situation: 2014,
    "rule": lambda scene, situation: scene.rule,
    "staff": lambda scene, situation: 0 if situation == "unknown" else scene.stage.staff["handler"].pk,
    **{part: found for area in AREAS for part, found in area.PLACES.items()},
}
"""What stands in the places of addresses, from the scene and the situation."""


class Visitors:
    """The fifteen columns: each with the browser session, and with the headers of a program."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.client = Client()  # one for all: each would load the middleware anew
        self.cookies: dict[str, SimpleCookie] = {"anyone": SimpleCookie()}
        for situation in scene.codes:
            session = self.session("other" if situation == "theirs" else "mine", situation)
            self.client.cookies = self.cookies.setdefault(session, SimpleCookie())
            pair = {"no": scene.number(situation), "code": scene.codes[situation]}
            assert self.client.post("/track", pair).status_code == 302
        self.cookies["mine"] = self.cookies["mine 0"]
        for username in ACCOUNTS:
            client = Client()
            client.force_login(scene.stage.staff[username])
            self.cookies[username] = client.cookies

    def session(self, who: str, situation: str) -> str:
        """Which of the visitor's sessions has opened the matter: one remembers the last twenty only."""
        if who != "mine" or situation not in self.scene.codes:
            return who
        return f"mine {list(self.scene.codes).index(situation) // MOST}"

    def browser(self, who: str, situation: str = "") -> Client:
        """A browser with nothing in it but the visitor's session, for the petitioner the one of that matter."""
        cookies = self.cookies[self.session(who, situation)]
        self.client.cookies = SimpleCookie({name: kept.value for name, kept in cookies.items()})
        return self.client

    def headers(self, who: str, situation: str) -> dict[str, str]:
        """How a program shows who it is: a query code, a token, or nothing."""
        if who == "mine":
            return {"X-Query-Code": self.scene.codes.get(situation, "")}
        if who == "other":
            return {"X-Query-Code": self.scene.codes["theirs"]}
        return {"Authorization": f"Bearer {self.scene.tokens[who]}"} if who in ACCOUNTS else {}

    def ask(self, row: Row, who: str) -> str:
        """What the visitor is told, in the table's words. Whatever it did is undone."""
        with undone():
            return called(row, self.answer(row, who))

    def answer(self, row: Row, who: str) -> HttpResponse:
        """The visitor's request itself."""
        if row.name.startswith(API):
            self.browser("anyone")
            return program(self.client, row, self.scene, headers=self.headers(who, row.situation))
        client, path = self.browser(who, row.situation), address(row, self.scene)
        for step, content in BEFORE.get(row.name, lambda scene: [])(self.scene):
            client.post(step, content)
        content = FORMS.get(row.deed, lambda scene: {})(self.scene) if row.method == "POST" else None
        return ask(client, row.method, path, content)


def program(client: Client, row: Row, scene: Scene, *, headers: dict[str, str]) -> HttpResponse:
    """A call of the API."""
    form = CALLS.get(f"{row.deed} ({row.situation})") or CALLS.get(row.deed)
    content = form(scene) if form and row.method == "POST" else {}
    text = json.dumps(content) if content else ""
    sent = client.generic(
        row.method, path(row, scene), text, content_type="application/json", headers=headers
    )
    return _read(sent)


def ask(client: Client, method: str, path: str, content: Any) -> HttpResponse:
    """A request of a browser."""
    if content:
        return _read(getattr(client, method.lower())(path, content))
    return _read(client.generic(method, path))


def _read(response: HttpResponse) -> HttpResponse:
    """The answer, read to its end: a file left open would take the database's connection along when it is closed."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def called(row: Row, response: HttpResponse) -> str:
    """The answer in the table's words; see the head of `table`."""
    status = response.status_code
    if status in (301, 302, 303):
        target = response.headers["Location"]
        if target.startswith("/sign-in?"):
            return "in"
        if target.startswith("/track?"):
            return "code"
        return "done" if row.method == "POST" else "on"
    if status == 200 or (status == 201 and row.method == "POST"):
        return "ok"
    return str(status)


def address(row: Row, scene: Scene) -> str:
    """Where the row's page is."""
    name, _colon, deed = row.name.partition(":")
    known: dict[str, object] = {
        part: deed if part in ("slug", "deed") else place(part, row, scene) for part in _named(routes()[name])
    }
    return reverse(name, kwargs=known)


def path(row: Row, scene: Scene) -> str:
    """Where the row's call is."""
    return "/" + row.name.format(**{part: place(part, row, scene) for part in _named(row.name)})


def place(part: str, row: Row, scene: Scene) -> object:
    """What stands in a place of an address. Only what an address names is looked up: most of it is in the database."""
    if part == "token":  # a photo's, and of a page the handler's own
        return scene.handlers_token if row.name == "token_end" else PLACES["photo"](scene, row.situation)
    return PLACES[part](scene, row.situation)


@cache
def _named(route: str) -> tuple[str, ...]:
    """The places of a route (`<int:year>`) or of a call's path (`{number}`)."""
    return tuple(re.findall(r"[<{](?:\w+:)?(\w+)[>}]", route))


@cache
def routes() -> dict[str, str]:
    """Every route of the product by its name; one without a name by its pattern."""

    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            here = before + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield entry.name or f"({here})", here
            else:
                yield from walk(entry, here)

    return dict(walk(get_resolver(), ""))
