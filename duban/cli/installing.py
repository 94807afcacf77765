"""Schema, static files and translations; and Django's own commands."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from . import setup

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def add(commands: setup.Commands) -> None:
    """The subcommands of this subject."""
    setup.command(commands, "migrate", _migrate, "bring the database's schema to this version")
    setup.command(commands, "collect-static", _collect, "gather and compress the static files")
    setup.command(commands, "messages", _messages, "compile the translations")


def manage(words: Sequence[str]) -> int:
    """Hand a command to Django's management."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.settings")
    execute_from_command_line(["duban", *words])
    return 0


def migrate(*, verbosity: int = 1) -> None:
    """Apply what migrations the database lacks."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)


def collect() -> bool:
    """Gather the static files when a source is newer than what was gathered. Returns whether it had to."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    made_at = manifest.stat().st_mtime if manifest.exists() else 0.0
    sources = (storage.path(name) for finder in get_finders() for name, storage in finder.list(None))
    if all(Path(source).stat().st_mtime < made_at for source in sources):
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    return True


def compile_messages() -> int:
    """Compile every catalogue that is newer than its compiled form. Returns how many."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parent.parent.name)
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as binary:
            write_mo(binary, catalogue)
        fresh.replace(target)
        compiled += 1
    return compiled


def _migrate(_arguments: Namespace) -> int:
    setup.database()
    migrate()
    return 0


def _collect(_arguments: Namespace) -> int:
    setup.django()
    print("Static files gathered." if collect() else "Static files are up to date.")
    return 0


def _messages(_arguments: Namespace) -> int:
    print(f"Catalogues compiled: {compile_messages()}")
    return 0
