"""`accept`: contact, one listed standard, a day that is never later than listed (rule 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.catalogue.book import forget
from duban.catalogue.models import Edition, Revision, Standard
from duban.core.lights import Light
from duban.core.refusal import Invalid, Refused, Unknown
from duban.core.zone import local
from duban.journal.models import Event
from duban.matters.models import Commitment
from duban.matters.verbs.accepting import accept
from tests.city import at
from tests.stage import Stage


def test_the_listed_limit_is_the_promise(stage: Stage) -> None:
    matter = stage.handling()
    promise = Commitment.objects.get(matter=matter)
    assert (promise.limit_workdays, promise.promised_workdays, promise.edition) == (3, 3, 1)
    assert local(matter.clock_due_at) == at(
        "2014-02-10 23:59:59"
    )  # the article's Spring Festival, with its make-up day
    assert (matter.state, matter.clock, matter.handler_id) == (
        "handling",
        "completion",
        stage.staff["handler"].pk,
    )


@pytest.mark.parametrize(
    ("due_on", "refused"),
    [
        (date(2014, 2, 7), None),  # two days less
        (date(2014, 2, 8), None),  # Saturday, but worked
        (date(2014, 2, 10), None),  # equal
        (date(2014, 2, 11), "due_too_late"),
        (date(2014, 2, 9), "due_not_workday"),
        (date(2014, 1, 30), "due_too_early"),
        (date(2013, 12, 31), "due_too_early"),
    ],
)
def test_shorter_passes_equal_passes_one_day_more_fails(
    stage: Stage, due_on: date, refused: str | None
) -> None:
    matter = stage.assigned()
    if refused is None:
        assert local(stage.accept(matter, due_on=due_on).clock_due_at).date() == due_on
        return
    with pytest.raises(Refused) as no:
        stage.accept(matter, due_on=due_on)
    assert no.value.code == refused
    assert stage.again(matter).state == "assigned"
    assert not Commitment.objects.exists()


def test_another_units_standard_is_refused_by_name(stage: Stage) -> None:
    with pytest.raises(Refused) as no:
        stage.accept(stage.assigned(), standard=stage.standards["lamps"].pk)
    assert no.value.code == "standard_other_unit"
    assert "城市管理" in str(no.value.params["unit"])


@pytest.mark.parametrize(("standard", "code"), [(None, "standard_missing"), (987654, "standard_unknown")])
def test_nothing_but_the_list(stage: Stage, standard: int | None, code: str) -> None:
    with pytest.raises(Refused) as no:
        stage.accept(stage.assigned(), standard=standard)
    assert (no.value.code, no.value.field) == (code, "standard")


def test_a_superseded_standard_is_refused_but_an_old_promise_stands(stage: Stage) -> None:
    promised = stage.handling(title="先受理的")
    second = Edition.objects.create(number=2, published_at=at("2014-01-30 12:00"), published_by="system")
    Standard.objects.filter(pk=stage.standards["water"].pk).update(until=second)
    Revision.objects.update(number=50, stamp="new")
    forget()
    with pytest.raises(Refused, match="standard_superseded"):
        stage.accept(stage.assigned(title="后受理的"))
    assert Commitment.objects.get(matter=promised).edition == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"contact_note": " "}, "contact_note"), ({"contact_method": "pigeon"}, "contact_method")],
)
def test_contact_comes_first(stage: Stage, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        stage.accept(stage.assigned(), **changes)
    assert field in wrong.value.errors


def test_a_hidden_petitioner_is_reached_through_the_system_only(stage: Stage) -> None:
    matter = stage.assigned(confidential=True)
    with pytest.raises(Refused, match="confidential_contact"):
        stage.accept(matter)
    assert stage.accept(matter, contact_method="system").state == "handling"


def test_accepting_late_is_possible_and_stays_late(stage: Stage) -> None:
    matter = stage.accept(stage.assigned(), now="2014-01-31 00:00:00")
    promise = Commitment.objects.get(matter=matter)
    assert promise.acceptance.light(at("2015-01-01")) is Light.RED
    assert Event.objects.get(stream=matter.stream, kind="matter.accepted").facts["late"] is True


def test_accepting_at_the_due_second_is_in_time(stage: Stage) -> None:
    matter = stage.accept(stage.assigned(), now="2014-01-30 23:59:59")
    assert Commitment.objects.get(matter=matter).acceptance.light(at("2015-01-01")) is Light.YELLOW


def test_accepted_once(stage: Stage) -> None:
    matter = stage.handling()
    with pytest.raises(Refused, match="wrong_state"):
        stage.accept(matter)


def test_not_another_units(stage: Stage) -> None:
    with pytest.raises(Unknown):
        stage.accept(stage.assigned(), actor=stage["handler2"])


def test_the_database_refuses_a_promise_longer_than_listed(stage: Stage) -> None:
    promise = Commitment.objects.get(matter=stage.handling())
    promise.promised_workdays = 4
    with pytest.raises(IntegrityError), transaction.atomic():
        promise.save()


def test_accepting_takes_at_most_eight_statements(stage: Stage) -> None:
    stage.handling(title="先热一热")
    matter = stage.assigned(title="再来一件")
    given: dict[str, Any] = {"contact_method": "phone", "contact_note": "已联系。"}
    given["standard"] = stage.standards["water"].pk
    with CaptureQueriesContext(connection) as statements:
        accept(matter=matter.number, actor=stage["handler"], now=at("2014-01-29 16:00"), **given)
    said = [s["sql"] for s in statements if not s["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(said) <= 5  # and BEGIN, COMMIT, and the account's token or session: eight
