"""The rules of the house that no tool knows (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from duban.core.refusal import SENTENCES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "duban"
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
NAMELESS = {
    "util",
    "utils",
    "helper",
    "helpers",
    "service",
    "services",
    "manager",
    "managers",
    "signals",
    "misc",
    "common",
}
LONGEST = 300  # lines
DOCUMENTED = ("core", "journal", "matters", "evaluation")
RAISERS = {"Refused", "Forbidden", "Unknown", "TooMany", "Unacceptable"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _in(*rooms: str) -> list[Path]:
    return [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in rooms]


@pytest.mark.parametrize("path", _in("web", "api"), ids=_name)
def test_doors_ask_no_tables(path: Path) -> None:
    """A door binds a form, calls a verb or a query, and draws."""
    lines = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert not lines, f"a table is asked in lines {lines}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_has_one_subject(path: Path) -> None:
    """Named for it, and not longer than one takes."""
    assert path.stem not in NAMELESS
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_is_unfinished_or_hidden(path: Path) -> None:
    """No notes to self, no Django signals: what must happen is written where it happens."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)
    assert not re.search(r"django\.(db\.models|core|dispatch)[.\w]*signals|django\.dispatch", text)


@pytest.mark.parametrize("path", _in(*DOCUMENTED), ids=_name)
def test_what_others_call_says_what_it_does(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name == "apps.py":  # Django asks for it; it says nothing
        return
    assert ast.get_docstring(tree) or not tree.body, "the module has no docstring"
    silent = [f"{node.name} (line {node.lineno})" for node in _public(tree) if not ast.get_docstring(node)]
    assert not silent, f"no docstring: {', '.join(silent)}"


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    method
                    for method in node.body
                    if isinstance(method, ast.FunctionDef)
                    and not method.name.startswith("_")
                    and not any(
                        isinstance(mark, ast.Name) and mark.id == "override" for mark in method.decorator_list
                    )
                )


def test_every_refusal_has_a_sentence_and_every_sentence_a_refusal() -> None:
    """Codes as they stand in the code: given to a refusal, or anywhere else as a plain string."""
    raised: dict[str, str] = {}
    strings: set[str] = set()
    for path in MODULES:
        if path == PACKAGE / "core" / "refusal.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called in RAISERS:
                    raised[str(node.args[0].value)] = f"{_name(path)}:{node.lineno}"
    assert not {code: place for code, place in raised.items() if code not in SENTENCES}
    assert not sorted(code for code in SENTENCES if code not in strings), "sentences nobody says"


def test_every_folder_of_tests_is_a_package() -> None:
    """So that two files of one name can stand in two rooms."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert not [_name(folder) for folder in folders if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=_name)
def test_lock_files_name_no_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    if path.suffix == ".txt":
        pinned = re.findall(r"^[a-z0-9][^ ]*==", text, re.MULTILINE)
        hashed = re.findall(r"^[a-z0-9][^\n]* \\\n    --hash=sha256:", text, re.MULTILINE)
        assert pinned
        assert len(pinned) == len(hashed)
