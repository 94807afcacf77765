"""Bringing Django up for a command, and asking whether the installation is ready for it."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Protocol

from .mistakes import Mistake, NotReady


class Commands(Protocol):
    """What argparse's add_subparsers gives; its own type is private."""

    def add_parser(self, name: str, *, help: str, description: str) -> ArgumentParser:  # noqa: A002
        """A parser for one more subcommand."""


def command(
    commands: Commands, name: str, run: Callable[..., int], says: str, more: str = ""
) -> ArgumentParser:
    """Add a subcommand: its name, what carries it out, and its help."""
    made = commands.add_parser(name, help=says, description=more or says)
    made.set_defaults(run=run)
    return made


def django() -> None:
    """Set Django up. Raises Mistake when the environment describes no installation."""
    import django as framework

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.settings")
    try:
        framework.setup()
    except (ValueError, OSError) as wrong:
        raise Mistake(f"The settings do not fit: {wrong}") from wrong


def database() -> None:
    """Set Django up and reach the database. Raises NotReady."""
    django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error, connection

    try:
        connection.ensure_connection()
    except (Error, ImproperlyConfigured, OSError) as wrong:
        reason = str(wrong).strip().splitlines()
        raise NotReady(f"The database is out of reach: {reason[0] if reason else wrong!r}") from wrong


def pending() -> int:
    """How many migrations the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def serviceable() -> None:
    """As `migrated`, and the installation passes its own checks: production starts with no demo password."""
    migrated()
    from django.core.checks import Error, run_checks

    wrong = [found for found in run_checks(tags=["duban"]) if isinstance(found, Error)]
    if wrong:
        raise NotReady(f"{wrong[0].msg} {wrong[0].hint or ''}".strip())


def migrated() -> None:
    """Set Django up and make sure the schema is this version's. Raises NotReady."""
    database()
    lacking = pending()
    if lacking:
        raise NotReady(f"The database lacks {lacking} migrations. Run: duban migrate")
