"""Stored ledgers equal a naive recount, and a rebuild from the journal, for random histories written to the database.

    HISTORIES=10000 .venv/bin/python -m pytest tests/ledgers/test_histories.py

takes the ten thousand (two to ten minutes); an ordinary run takes 300. What is random: which events, in what order, of whom, and in
which batches and in what order the worker gets at them.
"""

from __future__ import annotations

import os
import random

import pytest
from django.db import transaction

from duban.core.events import Consumer
from duban.core.rights import SYSTEM
from duban.journal.models import Outbox
from duban.journal.recording import Entry, record
from duban.ledgers import rebuilding
from duban.ledgers.entering import enter
from duban.ledgers.models import MonthCount
from tests.city import Cast
from tests.core.test_ledger import History, naive_recount, random_history

HISTORIES = int(os.environ.get("HISTORIES", "300"))
CHUNKS = 10


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_stored_ledgers_are_a_naive_recount_and_a_rebuild(cast: Cast, chunk: int) -> None:
    chance = random.Random(f"497-{chunk}")
    officials = {7: cast["handler"].pk, 8: cast["handler2"].pk}
    for _ in range(HISTORIES // CHUNKS):
        history = random_history(chance)
        before = transaction.savepoint()
        _lives_through(history, chance, officials)
        transaction.savepoint_rollback(before)  # the next begins with empty ledgers


def _lives_through(history: History, chance: random.Random, officials: dict[int, int]) -> None:
    """Write it, let a worker enter it in odd batches out of order, and compare."""
    known = [(kind, at, _of(facts, officials)) for kind, at, facts in history]
    for kind, at, facts in known:
        stream = f"history:{chance.randint(1, 3)}"
        (event,) = record(stream, Entry(kind, facts), actor=SYSTEM, at=at).events
        later = at.replace(microsecond=chance.randrange(10**6))
        Outbox.objects.filter(event=event, consumer=Consumer.LEDGERS.value).update(next_at=later)
    while enter(limit=chance.randint(1, 5)):
        pass
    counts = MonthCount.objects.exclude(number=0).values_list("unit", "staff", "month", "item", "number")
    assert {tuple(row[:4]): row[4] for row in counts} == dict(naive_recount(known))
    assert rebuilding.stored() == rebuilding.rebuilt()
    assert list(rebuilding.wrong_entries()) == list(rebuilding.wrong_totals()) == []
    before = rebuilding.stored()
    rebuilding.repair()
    assert rebuilding.stored() == before


def _of(facts: dict[str, object], officials: dict[int, int]) -> dict[str, object]:
    """With accounts there are: an entry names one."""
    named = {name: officials.get(facts[name], facts[name]) for name in ("handler", "staff")}  # type: ignore[call-overload]
    return {**facts, **named}
