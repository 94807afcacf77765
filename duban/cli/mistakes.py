"""What a command says when it can't do what it was asked."""

from __future__ import annotations


class Mistake(Exception):
    """One sentence for the person at the keyboard: what is wrong and what to do (exit code 2)."""

    exit_code = 2


class NotReady(Mistake):
    """The installation is not ready: database, port or a process of its own (exit code 3)."""

    exit_code = 3
