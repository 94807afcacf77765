"""`core` stands alone: standard library only, and no clock of its own."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import duban.core

MODULES = sorted(Path(duban.core.__file__).parent.glob("*.py"))
NAMES = [path.stem for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_only_itself_and_the_standard_library(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level <= 1
            roots = [] if node.level else [(node.module or "").partition(".")[0]]
        elif isinstance(node, ast.Import):
            roots = [alias.name.partition(".")[0] for alias in node.names]
        else:
            continue
        assert set(roots) <= sys.stdlib_module_names


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_never_reads_the_wall_clock(path: Path) -> None:
    read = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "time_ns", "monotonic"}
    }
    assert not read
