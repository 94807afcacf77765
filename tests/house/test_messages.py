"""`make messages` writes the catalogue the same again: a second run leaves no difference, and no run loses anything."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = Path("en/LC_MESSAGES/django.po")


def _make_messages(there: Path) -> None:
    """The recipe of the Makefile, but for a locale folder and a build folder somewhere else."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"^\t@\$\(BIN\)/(pybabel .*)$", recipe, re.MULTILINE)
    assert [line.split()[2] for line in lines] == ["extract", "update"]
    for line in lines:
        words = shlex.split(line.replace("duban/locale", f"{there}/locale").replace("build/", f"{there}/"))
        subprocess.run([Path(sys.executable).parent / words[0], *words[1:]], cwd=ROOT, check=True)


def _english(path: Path) -> dict[object, object]:
    with path.open("rb") as text:
        return {
            (message.context, message.id): message.string
            for message in read_po(text, locale="en")
            if message.id
        }


def test_make_messages_twice_is_make_messages_once(tmp_path: Path) -> None:
    kept, made = ROOT / "duban" / "locale" / CATALOGUE, tmp_path / "locale" / CATALOGUE
    made.parent.mkdir(parents=True)
    shutil.copy(kept, made)
    _make_messages(tmp_path)
    once = made.read_text(encoding="utf-8")
    _make_messages(tmp_path)
    assert made.read_text(encoding="utf-8") == once

    header = kept.read_text(encoding="utf-8").split("\n\n")[0]
    assert once.split("\n\n")[0] == header
    assert "Plural-Forms" in header
    assert all(_english(made).values())
    assert _english(made).items() <= _english(kept).items()  # what nobody says any more goes
