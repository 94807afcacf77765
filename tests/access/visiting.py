"""Who knocks at a door, and how the answer is called in the table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
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
    sent = CALLS.get(f"{row.deed} ({row.situation})") or CALLS.get(row.deed)
    content = sent(scene) if sent and row.method == "POST" else {}
    path = "/" + row.name.format(**places(row, scene))
    text = json.dumps(content) if content else ""
    return _read(client.generic(row.method, path, text, content_type="application/json", headers=headers))


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
    route = routes()[name]
    known = places(row, scene) | {"slug": deed, "deed": deed}
    return reverse(name, kwargs={part: value for part, value in known.items() if f"{part}>" in route})


def places(row: Row, scene: Scene) -> dict[str, Any]:
    """What stands in the places of addresses."""
    situation, standard = row.situation, scene.stage.standards["water"].pk
    unknown = situation == "unknown"
    photo = "nobodys" if unknown else scene.photo
    return {
        "number": scene.number(situation) if unknown or situation in scene.matters else "",
        "token": scene.handlers_token if row.name == "token_end" else photo,
        "name": situation,
        "standard": 0 if unknown else standard,
        "standard_id": 0 if unknown else standard,
        "year": 2014,
        "rule": scene.rule,
        "staff": 0 if unknown else scene.stage.staff["handler"].pk,
        **{name: found(scene, situation) for area in AREAS for name, found in area.PLACES.items()},
    }


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
