"""Pages are asked at a fixed moment of the source's period: Tuesday 2014-01-07, nine in the morning."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from duban.core.rights import ANYONE
from duban.matters.models import Matter
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.handling import complete
from duban.matters.verbs.registering import Petitioner, Registered, register
from duban.web.units import forget_units
from tests import city as planting

NINE = planting.at("2014-01-07 09:00")
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The moment pages are asked at; `clock.move_to(…)` goes on."""
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def fresh_units() -> None:
    """No units remembered from the test before."""
    forget_units()


@pytest.fixture
def filled(city: planting.Cast, luo: planting.Person) -> dict[str, str]:
    """罗家祥's registration as the form sends it."""
    return {
        "kind": "hardship",
        "title": "坪朗村蓄水池容量不足，高处农户断水",
        "body": "蓄水池容量有限，部分水管损坏。\n\n请修理水管。",
        "place": "寨阳乡坪朗村",
        "unit": "",
        "previous": "",
        "publish": "on",
        **luo.form(),
    }


@pytest.fixture
def registered(city: planting.Cast, luo: planting.Person) -> Registered:
    """罗家祥's matter, registered on 2014-01-06 and assigned to 寨阳乡 by rule."""
    return register_matter(luo, planting.at("2014-01-06 15:00"))


@pytest.fixture
def handled(registered: Registered, city: planting.Cast, standards: dict[str, object]) -> Registered:
    """… accepted at 16:00 with a promise of three workdays."""
    accept(
        matter=registered.matter.number,
        contact_method="phone",
        contact_note="电话联系，约好上门。",
        standard=standards["water"].pk,  # type: ignore[attr-defined]
        actor=city.handler.actor,
        now=planting.at("2014-01-06 16:00"),
    )
    return registered


@pytest.fixture
def completed(handled: Registered, city: planting.Cast) -> Registered:
    """… and completed at half past eight on the 7th."""
    complete(
        matter=handled.matter.number,
        outcome="solved",
        statement="更换主管漏水接头 4 处，12 户全部来水。",
        actor=city.handler.actor,
        now=planting.at("2014-01-07 08:30"),
    )
    return handled


@pytest.fixture
def signed_in(city: planting.Cast) -> As:
    """signed_in("handler"): a browser in which that account is signed in."""

    def browser(username: str) -> Client:
        client = Client()
        client.force_login(city[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


def register_matter(person: planting.Person, now: datetime, **more: object) -> Registered:
    """A matter of the person, through the verb."""
    fields: dict[str, object] = {
        "kind": "hardship",
        "title": "坪朗村蓄水池容量不足，高处农户断水",
        "body": "蓄水池容量有限，部分水管损坏。",
        "place": "寨阳乡坪朗村",
        "publish": True,
        **more,
    }
    petitioner = Petitioner(**person.form())
    return register(petitioner=petitioner, actor=ANYONE, now=now, **fields)  # type: ignore[arg-type]


def open_as_petitioner(client: Client, registered: Registered) -> Matter:
    """Open the matter with its number and code."""
    response = client.post("/track", {"no": registered.matter.number, "code": registered.query_code})
    assert response.status_code == 302
    return registered.matter


def photo(name: str = "水管.jpg", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, "#446688").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def page(response: HttpResponse) -> str:
    """The page's text."""
    return response.content.decode()


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the page's form with a slip, as a browser sends them."""
    form = next(one for one in re.findall(r"<form.*?</form>", text, re.DOTALL) if 'name="once"' in one)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
