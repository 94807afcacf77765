"""English on the pages; that the catalogue is complete is a rule of the house (tests/house/test_sentences.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from django.test import Client

from .conftest import page

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "duban" / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\(\w+\)s")


@cache
def translated() -> dict[str, tuple[str, ...]]:
    """The English of every sentence; two forms for those with a number."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {
        (m.id if isinstance(m.id, str) else m.id[0]): (
            (m.string,) if isinstance(m.string, str) else tuple(m.string)
        )
        for m in catalogue
        if m.id
    }


def pairs() -> Iterator[tuple[str, str]]:
    """Every sentence with each of its English forms."""
    for sentence, forms in translated().items():
        for form in forms:
            yield sentence, form


def test_a_percent_sign_is_a_place_or_doubled() -> None:
    """Sentences are filled with %, so a lone sign would break the page that shows it."""
    wrong = [text for pair in pairs() for text in pair if "%" in PLACE.sub("", text).replace("%%", "")]
    assert not wrong


def test_english_is_english() -> None:
    """Chinese stays only where it must be typed as it is, or stands in a seal."""
    chinese = [form for _text, form in pairs() if re.search(r"[\u4e00-\u9fff]", form)]
    assert all("for example" in form or "One a line" in form or "like “" in form for form in chinese)


def test_pages_speak_it(client: Client, units: object) -> None:
    client.get("/?lang=en")
    for path in ("/", "/register", "/track", "/public", "/catalogue", "/statistics", "/sign-in"):
        text = page(client.get(path))
        assert "Skip to content" in text
