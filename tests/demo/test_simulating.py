"""A simulated city proves itself like a real one."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from duban.core.rights import Role
from duban.core.zone import SHANGHAI
from duban.demo import simulating
from duban.demo.accounts import troupe
from duban.journal.models import Outbox
from duban.journal.verifying import breaks
from duban.ledgers.census import census
from duban.ledgers.recounting import recount
from duban.matters import queries
from duban.matters.models import Matter
from duban.matters.verbs.handling import report_progress
from duban.people.models import Staff


@pytest.fixture
def simulated(db: None) -> None:
    simulating.run(300, 7)


def test_it_verifies_and_recounts(simulated: None) -> None:
    now = datetime.now(SHANGHAI)
    assert list(breaks()) == []
    assert recount(now) == []
    assert census(now).total == 300
    assert Outbox.objects.count() == 0


def test_its_matters_go_on_through_the_real_verbs(simulated: None) -> None:
    now = datetime.now(SHANGHAI)
    matter = Matter.objects.filter(state="handling").select_related("unit").latest("id")
    report_progress(matter=matter.number, note="在办", actor=troupe().handler(matter.unit_id), now=now)
    assert list(breaks()) == []
    office = next(staff for staff in Staff.objects.all() if Role.OFFICE in staff.actor.roles)
    assert queries.worklist(office.actor, now).items


def test_a_second_city_is_added_behind_the_first(simulated: None) -> None:
    simulating.run(50, 8)
    ids = list(Matter.objects.order_by("id").values_list("id", flat=True))
    assert len(ids) == 350
    assert all(a < b for a, b in pairwise(ids))
    assert recount(datetime.now(SHANGHAI)) == []


def test_nobody_can_sign_in_to_a_simulated_city(simulated: None) -> None:
    assert not any(staff.has_usable_password() for staff in Staff.objects.all())


def test_the_cockpit_costs_a_larger_city_no_more_statements(simulated: None) -> None:
    client, costs = Client(), []
    leader = next(staff for staff in Staff.objects.all() if staff.actor.has(Role.LEADER))
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    for more in (0, 700):
        if more:
            simulating.run(more, 8)
        client.get("/office/cockpit")
        with CaptureQueriesContext(connection) as statements:
            assert client.get("/office/cockpit").status_code == 200
        # The book looks once a second whether it has been amended; that goes by the clock, not by the city.
        costs.append([one["sql"] for one in statements if "catalogue_" not in one["sql"]])
    assert len(costs[0]) == len(costs[1]) <= 17, costs
