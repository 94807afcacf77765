"""The papers say what is there, in both languages alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
