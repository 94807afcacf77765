"""A worker killed with -9 in the middle loses nothing, and nothing is counted twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from duban.core.events import Consumer
from duban.journal.leasing import LEASE
from duban.journal.models import Event, Outbox
from duban.ledgers.census import census
from duban.ledgers.entering import enter
from duban.ledgers.folding import fold
from duban.ledgers.models import LedgerEntry
from duban.ledgers.recounting import recount
from duban.notifications.delivering import deliver
from duban.notifications.models import Delivery
from duban.supervision.models import Alarm
from duban.supervision.sweep import sweep
from tests.city import at
from tests.clockwork.victim import STOPS_AFTER, Outgoing
from tests.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def url() -> str:
    """Where another process finds the test database."""
    known: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    secret = f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    words = {"host": known["HOST"], "application_name": "victim"}
    return f"postgres://{known['USER']}{secret}@{port}/{known['NAME']}?{urlencode(words)}"


def killed_half_way(part: str, now: datetime, file: Path) -> None:
    """Start the part in a process of its own and kill it -9 once it has come half way."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "duban.settings",
        "DATABASE_URL": url(),
        "DUBAN_DATA_DIR": str(settings.DATA_DIR),
        "DUBAN_SECRET_KEY": settings.SECRET_KEY,
        "DUBAN_DB_POOL": "2",
    }
    command = [sys.executable, "-m", "tests.clockwork.victim", part, now.isoformat(), str(file)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdout is not None
        said = victim.stdout.readline()
        victim.send_signal(signal.SIGKILL)
    assert said == "half way\n"
    assert victim.returncode == -signal.SIGKILL
    _gone()


def _gone() -> None:
    """Wait until the server has noticed: it drops the dead worker's transaction, and the locks with it."""
    until = monotonic() + 20
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim'")
            if cursor.fetchone() == (0,):
                return
        assert monotonic() < until


def test_every_message_is_delivered_though_the_worker_died_between_sending_and_logging(
    stage: Stage, tmp_path: Path
) -> None:
    for day in range(4):
        stage.register(title=f"坪朗村第{day + 1}组缺水", place="坪朗村")
    now, file = at("2014-01-29 16:00"), tmp_path / "sent"
    owed = set(Outbox.objects.filter(consumer=Consumer.NOTICES.value).values_list("id", flat=True))
    killed_half_way("deliver", now, file)
    assert len(file.read_text().splitlines()) == STOPS_AFTER
    assert Delivery.objects.count() == STOPS_AFTER - 1

    outgoing = Outgoing(file)
    channels = {"console": outgoing, "email": outgoing}
    deliver(now + timedelta(seconds=1), channels=channels)  # what it had leased is still its own
    assert Outbox.objects.filter(consumer=Consumer.NOTICES.value).exists()
    deliver(now + LEASE, channels=channels)
    assert not Outbox.objects.filter(consumer=Consumer.NOTICES.value).exists()

    keys = file.read_text().splitlines()
    assert {int(key.partition("-")[0]) for key in keys} == owed
    assert len(keys) == len(owed) + 1  # the one it died over went out twice, under one key
    assert len(set(keys)) == len(owed) == Delivery.objects.count()


def test_a_fold_that_died_before_its_commit_is_done_anew(stage: Stage, tmp_path: Path) -> None:
    stage.closed()
    now = at("2014-03-01 09:00")
    before = census(now)
    killed_half_way("fold", now, tmp_path / "none")
    assert census(now) == before
    assert fold() > 0
    assert census(now) == before
    assert recount(now) == []


def test_a_fold_that_stumbled_and_died_among_the_others_is_done_anew(stage: Stage, tmp_path: Path) -> None:
    stage.closed()
    now = at("2014-03-01 09:00")
    before, owed = census(now), Outbox.objects.filter(consumer=Consumer.TOTALS.value)
    oldest, number = owed.order_by("next_at", "id").values_list("pk", flat=True)[0], owed.count()
    killed_half_way("stumble", now, tmp_path / "none")
    assert owed.count() == number
    assert list(owed.exclude(error="").values_list("pk", "attempts")) == [(oldest, 1)]
    assert fold(now=now) == number - 1
    assert recount(now) == []
    assert fold(now=now + timedelta(seconds=10)) == 1
    assert census(now) == before
    assert recount(now) == []


def test_entering_that_died_before_its_commit_is_done_anew(stage: Stage, tmp_path: Path) -> None:
    stage.closed()
    killed_half_way("enter", at("2014-03-01 09:00"), tmp_path / "none")
    assert not LedgerEntry.objects.exists()
    assert enter() == 4  # a warning enters nothing
    assert LedgerEntry.objects.count() == 4
    assert recount(at("2014-03-01 09:00")) == []


def test_a_boundary_recorded_by_a_worker_that_died_is_recorded_once(stage: Stage, tmp_path: Path) -> None:
    matter = stage.assigned()
    late = at("2014-02-07 09:00")
    killed_half_way("sweep", late, tmp_path / "none")
    assert not Event.objects.filter(stream=matter.stream, kind="alarm.raised").exists()
    assert sweep(late) == 2
    assert Alarm.objects.filter(matter=matter).count() == 2
