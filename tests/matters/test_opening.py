"""Number and query code: wrong and unknown look the same, guessing gets nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.numbers import number_of
from duban.core.refusal import TooMany, Unknown
from duban.matters.guessing import forget_tries
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
