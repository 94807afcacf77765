"""Directives of a leader's office: whose they are, and who judges them."""

from __future__ import annotations

import pytest

from duban.core.refusal import Forbidden, Invalid
from duban.core.rights import Actor, Role
from duban.evaluation.verbs.verdicts import give_verdict
from duban.journal.models import Event
from duban.matters.directing import directive_counts, directives, open_directives
from duban.matters.models import Matter
from duban.matters.opening import judge_of, judges_directive
from duban.matters.verbs.assigning import assign
from duban.people.models import Staff, Unit
from tests.city import at
from tests.stage import Stage

NOW = at("2014-02-12 09:00")


def leader(username: str, unit: str, roles: tuple[str, ...] = ("leader",)) -> Actor:
    """Another account."""
    held = Unit.objects.get(code=unit)
    return Staff.objects.create(username=username, display_name=username, unit=held, roles=list(roles)).actor


def issued(stage: Stage, title: str = "限期整治背街小巷", *, by: Actor | None = None) -> Matter:
    """A directive of the leader, with 寨阳乡 since 2014-01-29 15:10."""
    actor = by or stage["leader"]
    number = stage.register(kind="directive", petitioner=None, actor=actor, title=title).matter.number
    assign(matter=number, unit="zhaiyang", actor=stage["office"], now=at("2014-01-29 15:10"))
    return Matter.objects.select_related("issuer__unit", "unit").get(number=number)


def test_a_colleague_of_the_issuing_office_judges_and_the_journal_names_the_colleague(stage: Stage) -> None:
    colleague = leader("deputy", "ducha")
    matter = stage.complete(stage.accept(issued(stage)))
    assert judges_directive(matter, colleague)
    judge = judge_of(matter, colleague)
    give_verdict(matter=matter.number, grade=5, actor=judge, now=at("2014-02-09 09:00"))
    assert Matter.objects.get(pk=matter.pk).state == "closed"
    assert Event.objects.get(kind="verdict.given").actor == colleague.key


def test_nobody_else_judges_it(stage: Stage) -> None:
    matter = issued(stage)
    assert judges_directive(matter, stage["leader"])
    elsewhere = leader("elsewhere", "zhujian")
    for actor in (
        elsewhere,
        leader("deputy2", "ducha", ("office",)),
        stage["office"],
        stage["member"],
        stage["handler"],
    ):
        assert not judges_directive(matter, actor)
    retired = Actor(stage["leader"].key, frozenset({Role.OFFICE}), unit="ducha")
    assert not judges_directive(matter, retired)
    with pytest.raises(Forbidden, match="verdict_is_the_petitioners"):
        give_verdict(matter=matter.number, grade=5, actor=elsewhere, now=NOW)


def test_who_issued_it_changes_offices_and_the_office_still_judges(stage: Stage) -> None:
    matter = issued(stage)
    colleague, elsewhere = leader("deputy", "ducha"), leader("elsewhere", "zhujian")
    Staff.objects.filter(username="leader").update(unit=Unit.objects.get(code="zhujian"))
    moved = Staff.objects.select_related("unit").get(username="leader").actor
    matter = Matter.objects.select_related("issuer__unit", "unit").get(pk=matter.pk)
    assert [judges_directive(matter, one) for one in (colleague, moved, elsewhere)] == [True, True, False]
    listed = [[one.pk for one in directives(actor, NOW).items] for actor in (colleague, moved, elsewhere)]
    assert listed == [[matter.pk], [matter.pk], []]
    registered = Event.objects.get(stream=matter.stream, kind="matter.registered")
    assert registered.facts["issuer_unit"] == "ducha"


def test_a_citizens_matter_has_no_issuing_office(stage: Stage) -> None:
    assert not judges_directive(stage.completed(), stage["leader"])


def test_the_actor_that_judges_is_of_this_matter_only(stage: Stage) -> None:
    first, second = issued(stage), issued(stage, "另一件")
    other = stage.complete(stage.accept(second))
    with pytest.raises(Forbidden):
        give_verdict(matter=other.number, grade=5, actor=judge_of(first, stage["leader"]), now=NOW)


def test_a_leader_lists_what_the_own_office_issued(stage: Stage) -> None:
    running, waiting = issued(stage), stage.complete(stage.accept(issued(stage, "办完的")))
    issued(stage, "别处的", by=leader("elsewhere", "zhujian"))
    stage.assigned(title="群众的")
    colleague = leader("deputy", "ducha")
    for actor in (stage["leader"], colleague):
        assert [one.number for one in directives(actor, NOW).items] == [running.number]
        assert [one.number for one in directives(actor, NOW, status="pending_review").items] == [
            waiting.number
        ]
        assert [one.number for one in open_directives(actor)] == [waiting.number, running.number]
        counted = directive_counts(actor, NOW)
        assert counted == {"running": 1, "waiting": 1, "closed": 0, "green": 0, "yellow": 0, "red": 1}
    assert [one.number for one in directives(stage["leader"], NOW, light="red").items] == [running.number]
    assert directives(stage["leader"], NOW, light="green").items == []


def test_only_leaders_list_them(stage: Stage) -> None:
    with pytest.raises(Forbidden, match="no_right"):
        directives(stage["office"], NOW)
    with pytest.raises(Invalid):
        directives(stage["leader"], NOW, status="rubbish")
