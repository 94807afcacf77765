"""The database itself keeps a matter and what belongs to its history."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from duban.matters.models import Assist, Matter
from duban.matters.verbs.assigning import request_return
from duban.matters.verbs.assisting import ask_assist
from duban.matters.verbs.timing import request_extension
from tests.city import at
from tests.stage import WU, Stage

NOW = at("2014-01-30 11:00")


@pytest.fixture
def full(stage: Stage) -> None:
    """A row in every table there is to keep."""
    matter, other = stage.handling(), stage.assigned(petitioner=WU)
    handler, day = stage["handler"], at("2014-02-12 09:00").date()
    ask_assist(matter=matter.number, unit="chengguan", task="清沙", actor=handler, now=NOW)
    request_extension(matter=matter.number, reason="等配件", due_on=day, actor=handler, now=NOW)
    request_return(
        matter=other.number, reason="不符", suggested="chengguan", actor=handler, now=at("2014-01-29 16:00")
    )
    stage.complete(matter)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    "table", ["matter", "commitment", "statement", "returnrequest", "extension", "assist"]
)
def test_nothing_is_deleted(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM matters_{table}")
        assert cursor.fetchone()[0] > 0
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM matters_{table}")


@pytest.mark.usefixtures("full")
def test_rows_still_change() -> None:
    assert Assist.objects.update(task="清沙石") == 1
    assert Matter.objects.update(urgent=True) == 2
