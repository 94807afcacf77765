"""Number and query code: wrong and unknown look the same, guessing gets nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.numbers import number_of
from duban.core.refusal import TooMany, Unknown
from duban.matters.guessing import admitted, forget_tries
from duban.matters.models import WrongCode
from duban.matters.opening import open_with_code, petitioner_of
from tests.city import at
from tests.stage import Stage

NOON = at("2014-02-08 12:00")
NEVER_GIVEN = "20140129-9999-0"


def test_number_and_code_open_in_any_spelling(stage: Stage) -> None:
    done = stage.register()
    wide = done.query_code.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    for number, code in [
        (done.matter.number, done.query_code),
        (done.matter.number.replace("-", ""), f"{done.query_code[:5]} {done.query_code[5:]}"),
        (f" {done.matter.number} ", wide),
    ]:
        assert open_with_code(number, code, client="a", now=NOON).pk == done.matter.pk


def test_wrong_and_unknown_are_one_answer_after_the_same_statements(stage: Stage) -> None:
    number = stage.register().matter.number
    shapes = []
    for asked in (number, NEVER_GIVEN, "nonsense"):
        with CaptureQueriesContext(connection) as statements, pytest.raises(Unknown) as no:
            open_with_code(asked, "0000000000", client=asked, now=NOON)
        shapes.append((no.value.code, no.value.status, [s["sql"].split(" ")[0] for s in statements]))
    assert shapes[0] == shapes[1] == shapes[2]


def test_five_wrong_tries_then_wait_a_quarter_of_an_hour(stage: Stage) -> None:
    done = stage.register()
    for _ in range(5):
        with pytest.raises(Unknown):
            open_with_code(done.matter.number, "0000000000", client="a", now=NOON)
    with pytest.raises(TooMany) as no:
        open_with_code(done.matter.number, done.query_code, client="a", now=at("2014-02-08 12:14:59"))
    assert no.value.retry_after == 900
    assert open_with_code(done.matter.number, done.query_code, client="the owner", now=NOON)
    assert open_with_code(done.matter.number, done.query_code, client="a", now=at("2014-02-08 12:15:00"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # a household has a whole /64 to choose from
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
    ],
)
def test_tries_are_counted_by_whose_address_it_is(stage: Stage, one: str, other: str, same: bool) -> None:
    done = stage.register()
    for _ in range(5):
        with pytest.raises(Unknown):
            open_with_code(done.matter.number, "0000000000", client=one, now=NOON)
    if same:
        with pytest.raises(TooMany):
            open_with_code(done.matter.number, done.query_code, client=other, now=NOON)
    else:
        assert open_with_code(done.matter.number, done.query_code, client=other, now=NOON)


def test_what_is_tried_at_one_door_is_not_counted_at_another(stage: Stage) -> None:
    for _ in range(5):
        admitted("192.0.2.7", "one", NOON, door="cosigning").note(NOON)
    with pytest.raises(TooMany):
        admitted("192.0.2.7", "one", NOON, door="cosigning")
    for _ in range(30):
        admitted("192.0.2.8", str(_), NOON, door="cosigning").note(NOON)
    admitted("192.0.2.8", "two", NOON)
    admitted("192.0.2.8", "two", NOON, door="confirming")
    with pytest.raises(TooMany):
        admitted("192.0.2.8", "two", NOON, door="cosigning")


def test_one_client_on_many_numbers_is_stopped_too(stage: Stage) -> None:
    for serial in range(1, 31):
        with pytest.raises(Unknown):
            open_with_code(number_of(date(2014, 1, 29), serial), "0000000000", client="a", now=NOON)
    with pytest.raises(TooMany):
        open_with_code(NEVER_GIVEN, "0000000000", client="a", now=NOON)


def test_tries_hold_no_address_and_are_forgotten(stage: Stage) -> None:
    with pytest.raises(Unknown):
        open_with_code(NEVER_GIVEN, "1", client="192.0.2.7", now=NOON)
    row = WrongCode.objects.get()
    assert "192.0.2.7" not in row.client + row.number
    assert forget_tries(at("2014-02-08 12:59:59")) == 0
    assert forget_tries(at("2014-02-08 13:00:00")) == 1


def test_the_petitioner_is_an_actor_of_this_matter_only(stage: Stage) -> None:
    matter = stage.register().matter
    actor = petitioner_of(matter)
    assert (actor.key, actor.matter) == (f"citizen:{matter.petitioner_id}", matter.pk)


def test_the_issuer_opens_a_directive(stage: Stage) -> None:
    done = stage.register(kind="directive", petitioner=None, actor=stage["leader"])
    assert petitioner_of(done.matter).key == stage["leader"].key
