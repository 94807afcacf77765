"""Idempotency-Key: a retry is not done again and gets the first answer (domain rule 18)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from duban.api.models import FirstAnswer
from duban.api.retries import KEPT_FOR, SWEEP_EVERY
from duban.catalogue.models import Standard
from duban.matters.models import Matter, Remark
from tests.city import Cast, at

from .caller import BASE, Answer, Caller, water
from .conftest import promise

REPLAYED = "Idempotent-Replayed"


def test_registering_twice_gives_one_number(caller: Caller) -> None:
    first = caller.post("/matters", water(), key="form 1")
    again = caller.post("/matters", water(), key="form 1")
    assert (again.status, again.body) == (201, first.body)
    assert (REPLAYED in first.headers, again.headers[REPLAYED]) == (False, "true")
    assert caller.post("/matters", water(title="另一件事"), key="form 1").told == (409, "key_reused")
    assert caller.post("/matters", water(), key="form 2")["number"] == first["number"]  # within 24 hours
    assert Matter.objects.count() == 1


def test_a_write_sent_twice_is_done_once(caller: Caller, promised: Callable[..., Answer]) -> None:
    path = f"/desk/matters/{promised()['number']}/progress"
    first = caller.post(path, {"note": "已备水管。"}, by="handler", key="k")
    caller.now = "2014-01-08 09:00"
    again = caller.post(path, {"note": "已备水管。"}, by="handler", key="k")
    assert (again.body, again.headers[REPLAYED]) == (first.body, "true")
    assert Remark.objects.count() == 1
    assert caller.post(path, {"note": "另一句。"}, by="handler", key="k").told == (409, "key_reused")
    assert caller.post(path, {"note": "已备水管。"}, by="handler").status == 200
    assert Remark.objects.count() == 2


def test_a_key_is_its_caller_s_own(caller: Caller, promised: Callable[..., Answer]) -> None:
    given = promised()
    number, code = given["number"], given["query_code"]
    assert caller.post(f"/matters/{number}/additions", {"text": "一"}, code=code, key="k").status == 200
    assert (
        caller.post(f"/desk/matters/{number}/progress", {"note": "一"}, by="handler", key="k").status == 200
    )
    assert caller.post(f"/desk/matters/{number}/progress", {"note": "一"}, by="head", key="k").status == 200
    assert Remark.objects.count() == 3


def test_a_refusal_is_judged_anew(caller: Caller, standards: dict[str, Standard]) -> None:
    path = f"/desk/matters/{caller.post('/matters', water())['number']}"
    body = promise(standards["water"])
    assert caller.post(f"{path}/acceptance", body, by="handler", key="k").status == 404
    caller.post(f"{path}/assignment", {"unit": "zhaiyang"}, by="office", key="k")
    assert caller.post(f"{path}/acceptance", body, by="handler", key="k").status == 200
    assert caller.post(f"{path}/acceptance", body, by="handler", key="k").headers[REPLAYED] == "true"
    assert caller.post(f"{path}/acceptance", body, by="handler").told == (409, "wrong_state")


def test_a_key_has_an_end(caller: Caller, promised: Callable[..., Answer]) -> None:
    path = f"/desk/matters/{promised()['number']}/progress"
    assert caller.post(path, {"note": "一"}, by="handler", key="k" * 256).errors == {
        "Idempotency-Key": "too_long"
    }


def test_nothing_readable_is_kept_and_not_for_long(caller: Caller, promised: Callable[..., Answer]) -> None:
    path = f"/desk/matters/{promised()['number']}/progress"
    caller.post(path, {"note": "一"}, by="handler", key="k")
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, content, body FROM api_firstanswer")
        kept = cursor.fetchone()
    assert b"handling" not in bytes(kept[2])
    assert FirstAnswer.forget(at("2014-01-07 09:00")) == 0
    last = FirstAnswer.objects.get()
    FirstAnswer.objects.filter(pk=last.pk).update(created_at=at("2014-01-07 09:00") - 2 * KEPT_FOR)
    FirstAnswer(pk=SWEEP_EVERY - 1, key="x", content="", body="", created_at=at("2014-01-07 09:00")).save()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('api_firstanswer', 'id'), {SWEEP_EVERY - 1})"
            )
    caller.post(path, {"note": "二"}, by="handler", key="k2")
    assert not FirstAnswer.objects.filter(pk=last.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_one(caller: Caller, promised: Callable[..., Answer], city: Cast) -> None:
    path = f"{BASE}/desk/matters/{promised()['number']}/progress"
    caller.get("/desk/me", by="handler")
    headers = {"Authorization": f"Bearer {caller.tokens['handler']}", "Idempotency-Key": "k"}

    def send(_: int) -> tuple[int, bytes]:
        try:
            answer = Client().post(path, '{"note": "一"}', content_type="application/json", headers=headers)
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, range(8)))
    assert [status for status, _ in answers] == [200]
    assert Remark.objects.count() == 1
