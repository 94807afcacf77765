"""Tokens of staff accounts, for programs."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from . import setup
from .mistakes import Mistake


def add(commands: setup.Commands) -> None:
    """The subcommand of this subject."""
    token = setup.command(
        commands,
        "token",
        _token,
        "issue an API token for an account and print it once",
        "Issue an API token (Authorization: Bearer …). Only its hash is kept: it cannot be shown again.",
    )
    token.add_argument("username", metavar="USERNAME")


def _token(arguments: Namespace) -> int:
    setup.migrated()
    from duban.core.refusal import Refused, sentence
    from duban.core.rights import SYSTEM
    from duban.people import tokens

    try:
        print(tokens.issue(username=arguments.username, actor=SYSTEM, now=datetime.now(UTC)))
    except Refused as refused:
        raise Mistake(sentence(refused.code, refused.params)) from refused
    return 0
