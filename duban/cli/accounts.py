"""Staff accounts from the command line: tokens for programs, and what none of the three administrators may do to another."""

from __future__ import annotations

import secrets
from argparse import Namespace
from datetime import UTC, datetime

from . import setup
from .mistakes import Mistake


def add(commands: setup.Commands) -> None:
    """The subcommands of this subject."""
    token = setup.command(
        commands,
        "token",
        _token,
        "issue an API token for an account and print it once",
        "Issue an API token (Authorization: Bearer …). Only its hash is kept: it cannot be shown again.",
    )
    token.add_argument("username", metavar="USERNAME")
    password = setup.command(
        commands,
        "password",
        _password,
        "set a new password for an account and print it once",
        "Set a new random password for an account, print it once, and end its sessions. It is the only way to reset the "
        "security and the audit administrator, and it is on record. Hand it over in person; the holder changes it.",
    )
    password.add_argument("username", metavar="USERNAME")
    retire = setup.command(
        commands,
        "retire",
        _retire,
        "end an account and its tokens",
        "End an account and its tokens at once; what it did stays. It is the only way to end the security and the audit "
        "administrator, and to take the system administrator's office away; it is on record.",
    )
    retire.add_argument("username", metavar="USERNAME")


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


def _retire(arguments: Namespace) -> int:
    setup.migrated()
    from duban.core.refusal import Refused, sentence
    from duban.people import accounts
    from duban.people.planting import FOUNDER
    from duban.people.queries import account_named

    try:
        staff = account_named(arguments.username)
        accounts.deactivate(staff=staff.pk, actor=FOUNDER, now=datetime.now(UTC))
    except Refused as refused:
        raise Mistake(sentence(refused.code, refused.params)) from refused
    print(f"{staff.username} is ended, and its tokens with it")
    return 0


def _password(arguments: Namespace) -> int:
    setup.migrated()
    from duban.core.refusal import Refused, sentence
    from duban.people import accounts
    from duban.people.planting import FOUNDER
    from duban.people.queries import account_named

    new = secrets.token_urlsafe(12)
    try:
        staff = account_named(arguments.username)
        accounts.set_password(staff=staff.pk, password=new, actor=FOUNDER, now=datetime.now(UTC))
    except Refused as refused:
        raise Mistake(sentence(refused.code, refused.params)) from refused
    print(new)
    return 0
