"""An open alarm stands on top of the matter's page, for the office alone."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from duban.supervision.models import Alarm
from duban.supervision.sweep import sweep
from tests.city import at
from tests.stage import Stage, build

pytestmark = pytest.mark.django_db
LATE = at("2014-02-11 09:00")


def page(stage: Stage, username: str, number: str) -> str:
    client = Client()
    client.force_login(stage.staff[username])
    return client.get(f"/desk/matters/{number}").content.decode()


def test_the_office_finds_the_alarm_and_its_answer_on_top() -> None:
    stage = build()
    with time_machine.travel(LATE, tick=False):
        matter = stage.handling()
        assert "处置报警" not in page(stage, "office", matter.number)
        sweep(at("2014-03-20 09:00"))
    with time_machine.travel(at("2014-03-20 09:00"), tick=False):
        alarm = Alarm.objects.filter(matter=matter).latest("at")
        shown = page(stage, "office", matter.number)
        link = f'href="/office/alarms/{alarm.pk}/answer"'
        assert link in shown
        assert shown.index(link) < shown.index('class="quote')
        assert link not in page(stage, "handler", matter.number)
