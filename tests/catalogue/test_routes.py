"""Amending the routing rules."""

from __future__ import annotations

import pytest

from duban.catalogue.book import book
from duban.catalogue.queries import routing_rule, routing_rules
from duban.catalogue.routes import add_route, amend_route, retire_route
from duban.core.refusal import Forbidden, Invalid, Unknown
from duban.core.rights import Role
from duban.core.routing import Route
from duban.journal.models import Event

from .conftest import NOT_THE_OFFICE, NOW, OFFICE, stranger

pytestmark = pytest.mark.django_db
LAMPS = Route(unit="ludeng", keyword="路灯")


def test_a_rule_is_added_amended_and_retired() -> None:
    rule = add_route(route=LAMPS, actor=OFFICE, now=NOW)
    assert book().routes == (LAMPS,)
    amended = Route(unit="ludeng", keyword="路灯不亮", kind="hardship", place=" 乾州街道 ", rank=5)
    amend_route(rule=rule.pk, route=amended, actor=OFFICE, now=NOW)
    assert book().routes[0].place == "乾州街道"
    assert routing_rules(unit="ludeng") == [routing_rule(rule.pk)]
    retire_route(rule=rule.pk, actor=OFFICE, now=NOW)
    assert book().routes == ()
    assert routing_rules() == []
    facts = [event.facts for event in Event.objects.filter(stream="routes").order_by("seq")]
    assert [fact["deed"] for fact in facts] == ["added", "amended", "retired"]


def test_a_retired_rule_is_unknown() -> None:
    rule = add_route(route=LAMPS, actor=OFFICE, now=NOW)
    retire_route(rule=rule.pk, actor=OFFICE, now=NOW)
    with pytest.raises(Unknown):
        amend_route(rule=rule.pk, route=LAMPS, actor=OFFICE, now=NOW)
    with pytest.raises(Unknown):
        retire_route(rule=rule.pk, actor=OFFICE, now=NOW)
    with pytest.raises(Unknown):
        routing_rule(rule.pk)


@pytest.mark.parametrize(
    ("route", "field"),
    [
        (Route(unit="ludeng"), "place"),
        (Route(unit="ludeng", place="  ", keyword=" "), "place"),
        (Route(unit="", keyword="路灯"), "unit"),
        (Route(unit="ludeng", kind="gift"), "kind"),
        (Route(unit="ludeng", keyword="灯" * 41), "keyword"),
        (Route(unit="ludeng", place="街" * 41), "place"),
        (Route(unit="ludeng", keyword="路灯", rank=1000), "rank"),
        (Route(unit="ludeng", keyword="路灯", rank=-1), "rank"),
    ],
)
def test_what_cannot_be_a_rule(route: Route, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_route(route=route, actor=OFFICE, now=NOW)
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize("role", NOT_THE_OFFICE)
def test_only_the_office_amends(role: Role) -> None:
    rule = add_route(route=LAMPS, actor=OFFICE, now=NOW)
    for deed in (
        lambda actor: add_route(route=LAMPS, actor=actor, now=NOW),
        lambda actor: amend_route(rule=rule.pk, route=LAMPS, actor=actor, now=NOW),
        lambda actor: retire_route(rule=rule.pk, actor=actor, now=NOW),
    ):
        with pytest.raises(Forbidden):
            deed(stranger(role))
