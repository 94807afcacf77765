"""identify: one person, one row, one statement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.identity import id_check_digit
from duban.core.refusal import Invalid
from duban.people.citizens import checked, id_index, identify, mobile_index
from duban.people.models import Citizen

from .conftest import NOW

ID = "43310119700512001" + id_check_digit("43310119700512001")
OTHER = "43310119700512002" + id_check_digit("43310119700512002")

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_a_new_citizen_is_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        citizen = identify(name="罗家祥", id_number=ID, mobile="13800000000", now=NOW)
    assert len(asked) == 1
    assert citizen.pk is not None
    assert (citizen.name, citizen.id_number, citizen.mobile) == ("罗家祥", ID, "13800000000")
    assert citizen.created_at == NOW


def test_who_knows_an_id_number_does_not_turn_its_owners_messages_elsewhere() -> None:
    first = identify(name="罗家祥", id_number=ID, mobile="13800000000", now=NOW)
    again = identify(name="别人", id_number=ID, mobile="13900000001", now=NOW)
    assert again.pk == first.pk
    assert (again.name, again.mobile) == ("罗家祥", "13800000000")
    assert again.mobile_index == mobile_index("13800000000")


def test_the_same_person_again_is_one_statement_and_the_same_row() -> None:
    first = identify(name="罗家祥", id_number=ID, mobile="13800000000", now=NOW)
    with CaptureQueriesContext(connection) as asked:
        again = identify(name="罗佳祥", id_number=ID, mobile="13900000001", now=LATER, in_person=True)
    assert len(asked) == 1
    assert again.pk == first.pk
    stored = Citizen.objects.get()
    assert (stored.name, stored.mobile) == ("罗佳祥", "13900000001")
    assert stored.mobile_index == mobile_index("13900000001")
    assert stored.created_at == NOW
    assert again.created_at == NOW  # the older row keeps its own moment


def test_two_people_are_two_rows() -> None:
    one = identify(name="罗家祥", id_number=ID, mobile="13800000000", now=NOW)
    two = identify(name="罗家祥", id_number=OTHER, mobile="13800000000", now=NOW)
    assert one.pk != two.pk


def test_spellings_of_one_identity_meet() -> None:
    written = "4331011970051200" + "1" + ID[17]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in written).lower()
    one = identify(name=" 罗家祥 ", id_number=ID, mobile="+86 138-0000-0000", now=NOW)
    two = identify(name="罗家祥", id_number=wide, mobile="13800000000", now=NOW)
    assert one.pk == two.pk
    assert Citizen.objects.get(id_index=id_index(ID)).mobile == "13800000000"


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        identify(name="罗", id_number="433101700512001", mobile="12345", now=NOW)
    assert {field: code for field, (code, _) in refused.value.errors.items()} == {
        "name": "name_length",
        "id_number": "id_fifteen",
        "mobile": "mobile_shape",
    }
    assert not Citizen.objects.exists()


def test_born_today_is_a_day_of_shanghai() -> None:
    """At 00:30 in Shanghai it is still yesterday in UTC."""
    born = "43310120140108001"
    just_after_midnight = NOW.replace(day=8, hour=0, minute=30)
    assert checked(
        name="罗小宝",
        id_number=born + id_check_digit(born),
        mobile="13800000000",
        now=just_after_midnight,
    )
    with pytest.raises(Invalid):
        checked(
            name="罗小宝",
            id_number=born + id_check_digit(born),
            mobile="13800000000",
            now=just_after_midnight - timedelta(hours=1),
        )


def test_a_citizen_shows_masked() -> None:
    citizen = identify(name="罗家祥", id_number=ID, mobile="13800000000", now=NOW)
    assert citizen.masked_name == "罗**"
    assert citizen.masked_id == "433101************"
    assert citizen.masked_mobile == "138****0000"
    assert str(citizen) == f"citizen:{citizen.pk}"
