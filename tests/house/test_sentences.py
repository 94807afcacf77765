"""Every sentence the product says in Chinese stands in the English catalogue, with the same places to fill."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "duban" / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
MARKED = re.compile(r"""\b(?:_|n?gettext|pgettext)\(\s*(?:'[^']*'|"[^"]*")(?:\s*,\s*(?:'[^']*'|"[^"]*"))*""")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
SEALS = {*"督办挂查评示单榜密", "中文"}  # drawn as they are in every language
PLACES = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]")


def _sentences() -> set[str]:
    """As `make messages` finds them."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"][
        "mappings"
    ]
    found = extract_from_dir(
        ROOT / "duban", method_map=[(mapping["pattern"], mapping["method"]) for mapping in mappings]
    )
    return {text if isinstance(text, str) else text[0] for _file, _line, text, _comments, _context in found}


def test_every_sentence_is_translated() -> None:
    with CATALOGUE.open("rb") as text:
        catalogue = read_po(text, locale="en")
    english = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in catalogue
        if message.id
    }
    sentences = _sentences()
    assert len(sentences) > 100
    missing = sorted(
        one for one in sentences if one not in english or not english[one].string or english[one].fuzzy
    )
    assert not missing, f"{len(missing)} sentences without English (make messages): {missing[:20]}"


def test_a_translation_fills_the_same_places() -> None:
    with CATALOGUE.open("rb") as text:
        catalogue = read_po(text, locale="en")
    wrong = []
    for message in catalogue:
        chinese = message.id if isinstance(message.id, str) else message.id[0]
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        for string in strings:
            if chinese and string and set(PLACES.findall(chinese)) != set(PLACES.findall(string)):
                wrong.append(f"places differ: {chinese!r}")
    assert not wrong, "\n".join(wrong)


def test_templates_speak_through_the_catalogue_only() -> None:
    """No Chinese word and no full-width mark stands in a template outside a marked sentence."""
    templates = sorted((ROOT / "duban").glob("**/templates/**/*.html"))
    assert len(templates) > 50
    found = {}
    for template in templates:
        rest = MARKED.sub("", COMMENT.sub("", template.read_text(encoding="utf-8")))
        if bare := set(CHINESE.findall(rest)) - SEALS:
            found[template.name] = sorted(bare)
    assert not found
