"""The papers say what is there, in both languages alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from duban.api.door import api
from duban.cli import parser

ROOT = Path(__file__).parents[2]
PAPERS = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _blocks(path: Path) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def _commands(path: Path) -> list[str]:
    lines = [line.split(" #")[0].strip() for block in _blocks(path) for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def test_both_readmes_say_the_same() -> None:
    """The same commands in the same order under the same number of headings, with the same pictures."""
    english, chinese = ROOT / "README.md", ROOT / "README.zh.md"
    assert _commands(english) == _commands(chinese)
    assert _commands(english)[:2] == ["make run", "make test"]
    for pattern in (r"^#+ ", r"!\[[^\]]*\]\(([^)]*)\)"):
        one, other = (
            re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE) for path in (english, chinese)
        )
        assert one == other


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_what_a_paper_names_is_there(path: Path) -> None:
    """Links to files lead somewhere; `make` and `duban` commands exist."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not re.match(r"https?:|mailto:", target):
            assert (path.parent / target).exists(), target
    for target, part in re.findall(r"\]\(([^)#:]+\.md)#([^)]+)\)", text):
        assert part in _anchors(path.parent / target), part
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for made in re.findall(r"(?:`|^|\s)make ([a-z]+)\b", "\n".join(_commands(path)), re.MULTILINE):
        assert re.search(rf"^{made}:", makefile, re.MULTILINE), f"make {made}"
    known = parser().format_help()
    for word in re.findall(
        r"^(?:\.venv/bin/)?duban ([a-z][a-z-]*)", "\n".join(_commands(path)), re.MULTILINE
    ):
        assert re.search(rf"^    {word}\b", known, re.MULTILINE) or word in (
            "shell",
            "makemigrations",
            "check",
        ), word


def _anchors(path: Path) -> set[str]:
    """What the headings of a paper are called in links."""
    headings = re.findall(r"^#+ (.*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_call_the_api_page_tables_is_there() -> None:
    """A call in the tables stands in the description, under that method; so does each `/deed` that follows it."""
    described = api.get_openapi_schema()["paths"]
    known = {(method.upper(), path) for path, methods in described.items() for method in methods}
    tables = re.findall(r"^\|.*", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    calls = [call for line in tables for call in re.findall(r"`((?:GET|POST)(?:, POST)?) (/[^`?]+)", line)]
    assert len(calls) > 30
    for methods, path in calls:
        for method in methods.split(", "):
            assert any((method, f"/api/v1{door}{path}") in known for door in ("", "/desk")), (method, path)
    posted = {path.rpartition("/")[2] for method, path in known if method == "POST"}
    deeds = [deed for line in tables for deed in re.findall(r"`/([a-z-]+)`", line.partition("POST")[2])]
    assert set(deeds) - posted == set()
    assert len(deeds) > 15
