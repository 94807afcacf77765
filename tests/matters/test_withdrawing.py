"""`withdraw`, and the database's own refusal to close without a basis (rule 9)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from duban.core.refusal import Forbidden, Refused
from duban.journal.models import Event
from duban.matters.models import Matter, ReturnRequest
from duban.matters.opening import petitioner_of
from duban.matters.timeline import timeline
from duban.matters.verbs.assigning import request_return
from duban.matters.verbs.closing import withdraw
from duban.matters.verbs.timing import request_extension
from tests.city import at
from tests.stage import Stage


@pytest.mark.parametrize("state", ["assigned", "handling", "completed"])
def test_the_petitioner_withdraws_in_any_open_state(stage: Stage, state: str) -> None:
    matter = getattr(stage, state)()
    after = withdraw(
        matter=matter.number,
        reason="问题已自行解决。",
        actor=petitioner_of(matter),
        now=at("2014-02-09 08:00"),
    )
    assert (after.state, after.basis, after.look_at) == ("closed", "withdrawn", None)
    assert Event.objects.get(pk=after.basis_event_id).kind == "withdrawal.made"


def test_pending_requests_lapse(stage: Stage) -> None:
    matter = stage.assigned()
    request_return(
        matter=matter.number,
        reason="非本单位职责",
        suggested="zhujian",
        actor=stage["handler"],
        now=at("2014-01-29 16:00"),
    )
    withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-01-29 17:00"))
    assert ReturnRequest.objects.get().ruling == "lapsed"
    assert stage.again(matter).asks == ""
    assert lapsed(matter, "return.lapsed") == "诉求人已经撤回，退单申请不再裁定。"


def test_a_pending_extension_lapses(stage: Stage) -> None:
    matter = stage.handling()
    asked = request_extension(
        matter=matter.number,
        reason="等配件",
        due_on=date(2014, 2, 12),
        actor=stage["handler"],
        now=at("2014-02-07 10:00"),
    )
    withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-02-07 11:00"))
    asked.refresh_from_db()
    assert (asked.ruling, asked.ruled_at) == ("lapsed", at("2014-02-07 11:00"))
    assert lapsed(matter, "extension.lapsed") == "诉求人已经撤回，延期申请不再裁定。"
    kinds = Event.objects.filter(stream=matter.stream).order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["withdrawal.made", "extension.lapsed", "matter.closed"]


def lapsed(matter: Matter, kind: str) -> str:
    """What the timeline says of a request that lapsed."""
    (told,) = [one.text for one in timeline(matter) if one.kind == kind]
    return str(told)


def test_a_collective_matter_is_not_one_persons_to_withdraw(stage: Stage) -> None:
    matter = stage.assigned(collective=True)
    with pytest.raises(Refused, match="collective_no_withdrawal"):
        withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-01-29 17:00"))


def test_no_official_withdraws(stage: Stage) -> None:
    matter = stage.assigned()
    for username in ("handler", "office", "leader"):
        with pytest.raises(Forbidden):
            withdraw(matter=matter.number, reason="", actor=stage[username], now=at("2014-01-29 17:00"))


def test_closed_is_closed(stage: Stage) -> None:
    matter = stage.closed()
    with pytest.raises(Refused, match="already_closed"):
        withdraw(matter=matter.number, reason="", actor=petitioner_of(matter), now=at("2014-02-10 17:00"))


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "closed"},
        {"state": "closed", "closed_at": at("2014-02-09 09:00")},
        {"state": "closed", "closed_at": at("2014-02-09 09:00"), "basis": "verdict"},
        {"closed_at": at("2014-02-09 09:00")},
        {"state": "finished"},
    ],
)
def test_the_database_refuses_a_closed_matter_without_a_basis(
    stage: Stage, changes: dict[str, object]
) -> None:
    matter = stage.completed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(**changes)


def test_nor_a_closed_matter_losing_its_basis(stage: Stage) -> None:
    matter = stage.closed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(basis_event=None)
