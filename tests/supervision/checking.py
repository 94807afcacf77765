"""Shortcuts for tests of the five checks."""

from __future__ import annotations

from typing import Any

from duban.matters.models import Matter
from duban.people.models import Staff
from duban.supervision.models import CheckItem, CheckRun
from duban.supervision.verbs.checking import start_check
from duban.supervision.verbs.findings import record_finding
from tests.city import at
from tests.stage import Stage


def open_matters(stage: Stage, number: int = 3, name: str = "蓄水池", **more: Any) -> list[Matter]:
    """So many matters in the hands of 寨阳乡."""
    return [stage.assigned(title=f"{name}第 {n} 处", **more) for n in range(1, number + 1)]


def second_inspector(stage: Stage) -> Staff:
    """Another account of the office."""
    return Staff.objects.create(
        username="office2", display_name="龙督查", unit=stage.staff["office"].unit, roles=["office"]
    )


def start(stage: Stage, now: str = "2014-01-30 09:00", **changes: Any) -> CheckRun:
    """A check of acceptance, of two open matters, by the office."""
    given: dict[str, Any] = {
        "checklist": "acceptance",
        "rule": "all_open",
        "size": 2,
        "seed": "2014-01-30",
        "inspectors": ["office"],
        "due_on": at("2014-02-10 00:00").date(),
        "actor": stage["office"],
        "now": at(now),
    }
    return start_check(**{**given, **changes})


def find(stage: Stage, item: CheckItem, result: str = "ok", **changes: Any) -> Any:
    """A finding: all well, or the first question answered with no."""
    asked = len(item.run.checklist.items)
    bad = result == "problem"
    given: dict[str, Any] = {
        "run": item.run_id,
        "item": item.pk,
        "answers": ["no" if bad else "yes", *["yes"] * (asked - 1)],
        "result": result,
        "note": "诉求人说没有人联系过他。" if bad else "",
        "actor": stage["office"],
        "now": at("2014-02-07 10:00"),
    }
    return record_finding(**{**given, **changes})


def items(run: CheckRun) -> list[CheckItem]:
    """Its items as drawn."""
    return list(run.items.select_related("run__checklist").order_by("place"))
