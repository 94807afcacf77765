"""`register`: a number at once, a unit by rule, and never twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.refusal import Forbidden, Invalid, Refused
from duban.core.rights import ANYONE
from duban.core.zone import local
from duban.journal.models import Event, Outbox
from duban.matters.models import Matter
from duban.matters.verbs.registering import Petitioner
from duban.people import units
from duban.people.models import Unit
from tests.city import at
from tests.stage import LUO, WU, Stage, id_number


def test_a_matter_gets_a_number_a_code_and_a_receipt(stage: Stage) -> None:
    done = stage.register()
    matter = done.matter
    assert matter.number.startswith("20140129-")
    assert len(done.query_code) == 10
    assert done.query_code.isdigit()
    assert done.receipt["number"] == matter.number
    assert done.receipt["hash"] == matter.journal_hash
    assert done.created


def test_what_no_rule_fits_waits_for_the_office_with_its_own_clock(stage: Stage) -> None:
    matter = stage.register().matter
    assert (matter.state, matter.unit_id, matter.clock) == ("registered", "ducha", "assigning")
    assert local(matter.clock_due_at) == at("2014-01-30 23:59:59")


@pytest.mark.parametrize(
    ("changes", "unit"),
    [
        ({"place": "坪朗村"}, "zhaiyang"),
        ({"body": "人民北路路灯不亮。"}, "chengguan"),
        ({"unit": "zhujian"}, "zhujian"),
        ({"place": "坪朗村", "unit": "zhujian"}, "zhujian"),
    ],
)
def test_a_rule_or_a_wish_assigns_at_once(stage: Stage, changes: dict[str, str], unit: str) -> None:
    matter = stage.register(**changes).matter
    assert (matter.state, matter.unit_id, matter.clock, matter.assignments) == (
        "assigned",
        unit,
        "acceptance",
        1,
    )
    kinds = list(Event.objects.filter(stream=matter.stream).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["matter.registered", "matter.assigned"]


def test_the_database_holds_no_readable_name(stage: Stage) -> None:
    stage.register()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, id_number, mobile FROM people_citizen")
        sealed = b"".join(bytes(value) for value in cursor.fetchone())
    for plain in (LUO.name, LUO.id_number, LUO.mobile):
        assert plain.encode() not in sealed


def test_the_same_form_sent_twice_gives_the_same_number(stage: Stage) -> None:
    first = stage.register(idempotency_key="form-1")
    again = stage.register(now="2014-03-29 15:06", idempotency_key="form-1")
    assert (again.matter.pk, again.query_code, again.receipt) == (
        first.matter.pk,
        first.query_code,
        first.receipt,
    )
    assert not again.created
    assert Matter.objects.count() == 1


def test_one_key_is_not_for_two_contents(stage: Stage) -> None:
    stage.register(idempotency_key="form-1")
    with pytest.raises(Refused, match="key_reused"):
        stage.register(idempotency_key="form-1", title="另一件事")
    with pytest.raises(Refused, match="key_reused"):
        stage.register(idempotency_key="form-1", petitioner=WU)


@pytest.mark.parametrize(("later", "same"), [("2014-01-30 15:05:59", True), ("2014-01-30 15:06:00", False)])
def test_the_identical_matter_within_24_hours_is_the_first_one(stage: Stage, later: str, same: bool) -> None:
    first = stage.register()
    again = stage.register(now=later)
    assert (again.matter.pk == first.matter.pk) is same


def test_another_person_may_register_the_same_words(stage: Stage) -> None:
    assert stage.register().matter.pk != stage.register(petitioner=WU).matter.pk


def test_one_person_is_one_row_however_often(stage: Stage) -> None:
    first = stage.register().matter
    spelled = Petitioner("罗家祥", LUO.id_number.lower(), "+86 138-0013-8000")
    assert stage.register(title="第二件事", petitioner=spelled).matter.petitioner_id == first.petitioner_id


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kind": "wish"}, "kind", "kind_unknown"),
        ({"title": "  "}, "title", "title_missing"),
        ({"title": "水" * 61}, "title", "title_long"),
        ({"body": ""}, "body", "body_missing"),
        ({"body": "水" * 10_000}, "body", "body_long"),
        ({"body": "水\x00管"}, "body", "text_characters"),
        ({"place": "水" * 101}, "place", "place_long"),
        ({"unit": "atlantis"}, "unit", "unit_unknown"),
        ({"previous": "20140101-0001-0"}, "previous", "previous_unknown"),
        ({"petitioner": Petitioner("", LUO.id_number, LUO.mobile)}, "name", "name_missing"),
        (
            {"petitioner": Petitioner(LUO.name, id_number("43310119650230001"), LUO.mobile)},
            "id_number",
            "id_no_such_day",
        ),
        ({"petitioner": Petitioner(LUO.name, "433101650203001", LUO.mobile)}, "id_number", "id_fifteen"),
        ({"petitioner": Petitioner(LUO.name, LUO.id_number, "12800138000")}, "mobile", "mobile_shape"),
        ({"petitioner": None}, "id_number", "id_missing"),
    ],
)
def test_bad_input_names_its_field(stage: Stage, changes: dict[str, object], field: str, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        stage.register(**changes)
    assert wrong.value.errors[field][0] == code
    assert not Matter.objects.exists()
    assert not Event.objects.filter(stream__startswith="matter:").exists()


def test_everything_wrong_is_said_at_one_go(stage: Stage) -> None:
    with pytest.raises(Invalid) as wrong:
        stage.register(title="", body="", petitioner=Petitioner("", "", ""))
    assert set(wrong.value.errors) == {"title", "body", "name", "id_number", "mobile"}


def test_emoji_and_rare_characters_are_welcome(stage: Stage) -> None:
    person = Petitioner("𠮷㛃", WU.id_number, WU.mobile)
    matter = stage.register(title="水管漏水 💧", body="𠮷㛃村 🙏", petitioner=person).matter
    stored = stage.again(matter)
    assert (stored.title, stored.body, stored.petitioner.name) == ("水管漏水 💧", "𠮷㛃村 🙏", "𠮷㛃")


def test_an_earlier_matter_is_linked(stage: Stage) -> None:
    earlier = stage.closed()
    matter = stage.register(now="2014-03-01 09:00", title="又漏水了", previous=f" {earlier.number} ").matter
    assert matter.previous_id == earlier.pk


def test_a_clerk_registers_on_behalf(stage: Stage) -> None:
    matter = stage.register(actor=stage["clerk"], channel="terminal").matter
    assert matter.registered_by_id == stage.staff["clerk"].pk
    assert Event.objects.get(stream=matter.stream, seq=1).actor == stage["clerk"].key


def test_a_directive_is_a_leaders(stage: Stage) -> None:
    directive = {"kind": "directive", "petitioner": None, "title": "限期整治背街小巷"}
    matter = stage.register(**directive, actor=stage["leader"]).matter
    assert (matter.petitioner_id, matter.issuer_id) == (None, stage.staff["leader"].pk)
    with pytest.raises(Refused, match="directive_needs_leader"):
        stage.register(**directive)


def test_a_directive_is_nobody_elses_to_vote_on(stage: Stage) -> None:
    with pytest.raises(Invalid) as no:
        stage.register(kind="directive", petitioner=None, actor=stage["leader"], collective=True)
    assert set(no.value.errors) == {"collective"}
    assert not Matter.objects.exists()


def test_an_account_without_the_role_does_not_register(stage: Stage) -> None:
    with pytest.raises(Forbidden):
        stage.register(actor=stage["auditor"])


def test_a_year_without_a_calendar_is_an_error_and_leaves_no_trace(stage: Stage) -> None:
    with pytest.raises(Refused, match="calendar_missing"):
        stage.register(now="2031-12-31 09:00")
    assert not Matter.objects.exists()
    assert not Outbox.objects.exists()


def test_registering_takes_at_most_eight_statements(stage: Stage) -> None:
    stage.register(title="先热一热", place="坪朗村")
    with CaptureQueriesContext(connection) as statements:
        stage.register(title="再挂一件", place="坪朗村")
    said = [s["sql"] for s in statements if not s["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(said) <= 6  # and BEGIN and COMMIT: eight


def test_anyone_is_not_named_in_the_journal_but_the_citizen_is(stage: Stage) -> None:
    matter = stage.register(actor=ANYONE).matter
    event = Event.objects.get(stream=matter.stream, seq=1)
    assert event.actor == f"citizen:{matter.petitioner_id}"
    assert LUO.name not in str(event.facts)


def test_a_rule_that_outlived_its_unit_sends_nothing_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    Unit.objects.filter(code="zhaiyang").update(active=False)
    monkeypatch.setattr(units, "_serving", None)  # a second has passed
    assert stage.register(place="坪朗村").matter.unit_id == "ducha"
