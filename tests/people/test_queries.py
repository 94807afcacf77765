"""The 121 units, who works where, and the check that keeps the demo out of production."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.core.refusal import Refused, Unknown
from duban.people import queries
from duban.people.accounts import create_account, deactivate
from duban.people.checks import no_demo_passwords
from duban.people.models import Terminal, Unit
from duban.people.planting import FOUNDER, plant_units
from duban.people.terminals import note_terminal
from duban.people.units import unit_in_service, unit_name

from .conftest import NOW, SYSADMIN, MakeAccount

pytestmark = pytest.mark.django_db


def test_the_articles_121_units() -> None:
    assert plant_units() == 121
    assert len(queries.units(kind="township")) == 15
    assert len(queries.units(kind="agency")) == 106
    assert Unit.objects.get(is_office=True).code == "ducha"
    assert queries.unit_of("zhaiyang").name == "寨阳乡人民政府"
    assert queries.unit_of("shetangpo").name == "社塘坡乡人民政府"
    assert Terminal.objects.count() == 121


def test_planting_again_adds_and_overwrites_nothing() -> None:
    plant_units()
    Unit.objects.filter(code="zhaiyang").update(name="矮寨镇人民政府（原寨阳乡）")
    assert plant_units() == 0
    assert queries.unit_of("zhaiyang").name == "矮寨镇人民政府（原寨阳乡）"


def test_there_is_one_office() -> None:
    plant_units()
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(code="zhaiyang").update(is_office=True)


def test_units_are_found_by_text_and_each_question_is_one_statement() -> None:
    plant_units()
    Unit.objects.filter(code="gongxiao").update(active=False)
    with CaptureQueriesContext(connection) as asked:
        assert [unit.code for unit in queries.units(text="城市管理")] == ["chengguan"]
        assert len(queries.units()) == 120
        assert len(queries.units(closed_too=True)) == 121
        assert queries.unit_names()["gongxiao"] == "市供销合作社联合社"
        assert [one.code for one in queries.terminals("zhaiyang")] == ["zhaiyang-1"]
    assert len(asked) == 5
    with pytest.raises(Unknown):
        queries.unit_of("nowhere")


def test_units_by_code(zhaiyang: Unit) -> None:
    assert unit_in_service("zhaiyang") == zhaiyang
    assert unit_name("zhaiyang") == "寨阳乡人民政府"
    assert unit_name("nowhere") == "nowhere"
    Unit.objects.update(active=False)
    with pytest.raises(Refused, match="unit_inactive"):
        unit_in_service("zhaiyang")


def test_staff_of_a_unit(account: MakeAccount) -> None:
    handler, head = account(), account("head", ("handler", "head"))
    gone = account("gone")
    deactivate(staff=gone.pk, actor=SYSADMIN, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        assert queries.staff_of_unit("zhaiyang") == [handler, head]
        assert queries.staff_of_unit("zhaiyang", role="head") == [head]
        assert queries.accounts(text="gone") == [gone]
        assert [staff.unit.code for staff in queries.accounts(unit="zhaiyang", role="handler")] == [
            "zhaiyang"
        ] * 3
        assert queries.account(head.pk).unit.code == "zhaiyang"
        assert queries.staff_names({head.pk}) == {head.pk: "石大海"}
    assert len(asked) == 6
    assert queries.staff_names(set()) == {}
    with pytest.raises(Unknown):
        queries.account(0)


def test_a_terminal_was_seen(zhaiyang: Unit) -> None:
    Terminal.objects.create(unit=zhaiyang, code="zhaiyang-1")
    assert note_terminal(code="zhaiyang-1", now=NOW)
    assert Terminal.objects.get().last_seen_at == NOW
    assert not note_terminal(code="nowhere-1", now=NOW)


def demo_account(username: str) -> None:
    create_account(
        username=username,
        display_name="石大海",
        unit="zhaiyang",
        password=queries.DEMO_PASSWORD,
        actor=FOUNDER,
        now=NOW,
    )


def test_production_does_not_start_with_the_demos_password(zhaiyang: Unit, settings) -> None:  # type: ignore[no-untyped-def]
    settings.PRODUCTION = True
    assert no_demo_passwords() == []
    demo_account("handler")
    (error,) = no_demo_passwords()
    assert error.id == "duban.E001"
    assert "handler" in error.msg
    settings.PRODUCTION = False
    with CaptureQueriesContext(connection) as asked:
        assert no_demo_passwords() == []
    assert len(asked) == 0


def test_the_check_lets_the_first_migration_pass(settings, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def no_table() -> list[str]:
        raise DatabaseError("no such table: people_staff")

    settings.PRODUCTION = True
    monkeypatch.setattr("duban.people.checks.demo_passwords_present", no_table)
    assert no_demo_passwords() == []
