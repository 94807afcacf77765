"""A leader's office: its directives, the verdict any of its leaders may give."""

from __future__ import annotations

import pytest
from django.test import Client

from duban.catalogue.models import Standard
from duban.journal.models import Event
from duban.matters.models import Matter
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.handling import complete
from duban.matters.verbs.registering import Registered, register
from duban.people.models import Staff, Unit
from tests import city as planting

from ..conftest import As, page


@pytest.fixture
def waiting(city: planting.Cast, standards: dict[str, Standard]) -> Matter:
    """A directive of the leader, completed by 寨阳乡 this morning."""
    number = register(
        kind="directive", title="春节前清欠农民工工资", body="逐项目清查。", place="", petitioner=None,
        unit="zhaiyang", actor=city.leader.actor, now=planting.at("2014-01-06 09:00"),
    ).matter.number  # fmt: skip
    accept(
        matter=number, contact_method="system", contact_note="收到，马上清查。",
        standard=standards["relief"].pk, actor=city.handler.actor, now=planting.at("2014-01-06 09:30"),
    )  # fmt: skip
    complete(
        matter=number, outcome="solved", statement="12 个项目已清查，工资全部发放。",
        actor=city.handler.actor, now=planting.at("2014-01-07 08:00"),
    )  # fmt: skip
    return Matter.objects.get(number=number)


def colleague(unit: str) -> Client:
    """A browser of another leader, of a unit."""
    staff = Staff.objects.create(
        username=f"leader-{unit}", display_name="龙副书记", unit=Unit.objects.get(code=unit), roles=["leader"]
    )
    client = Client()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_colleague_of_the_issuing_office_gives_the_verdict(waiting: Matter) -> None:
    client, here = colleague("ducha"), f"/desk/matters/{waiting.number}"
    assert f"{here}/verdict" in page(client.get("/office/cockpit"))
    assert f"{here}/verdict" in page(client.get(here))
    assert client.post(f"{here}/verdict", {"grade": "5"}).status_code == 302
    assert Matter.objects.get().state == "closed"
    assert (
        Event.objects.get(kind="verdict.given").actor == Staff.objects.get(username="leader-ducha").actor.key
    )


def test_a_leader_of_another_office_does_not(waiting: Matter) -> None:
    client, here = colleague("zhujian"), f"/desk/matters/{waiting.number}"
    assert f"{here}/verdict" not in page(client.get(here))
    assert client.post(f"{here}/verdict", {"grade": "5"}).status_code == 403
    assert waiting.number not in page(client.get("/office/directives?status=pending_review"))
    assert "还没有交办过指示" in page(client.get("/office/directives"))


def test_the_list_goes_by_status_and_light(signed_in: As, waiting: Matter, completed: Registered) -> None:
    leader = signed_in("leader")
    text = page(leader.get("/office/directives"))
    assert waiting.number not in text
    assert "换一种状态看看" in text
    assert 'href="/office/directive"' in text
    listed = page(leader.get("/office/directives?status=pending_review"))
    assert waiting.number in listed
    assert completed.matter.number not in listed
    assert leader.get("/office/directives?status=rubbish").status_code == 422


@pytest.mark.parametrize("username", ["office", "member", "handler", "auditor"])
def test_only_leaders_have_it(signed_in: As, username: str) -> None:
    assert signed_in(username).get("/office/directives").status_code == 403


def test_a_leader_arrives_at_the_cockpit(signed_in: As) -> None:
    assert signed_in("leader").get("/desk").headers["Location"] == "/office/cockpit"
    assert signed_in("member").get("/desk").headers["Location"] == "/office"
