"""A supervision order that follows from a finding (domain rules 11, 12)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from duban.core.checks import Result
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb, require

from ..models import CheckItem
from .check_deed import lock_item
from .findings import finding_of
from .ordering import issue_order


@transaction.atomic
def order_from_finding(
    *,
    run: int,
    item: int,
    colour: str,
    demand: str,
    reply_by: date | None,
    actor: Actor,
    now: datetime,
) -> CheckItem:
    """Issue an order for a problem that was found: once a finding, also after the check has ended.

    It is about the matter while that is open; after it was closed, to the unit that held the matter when it was
    drawn. Raises Refused: finding_none, finding_no_problem, finding_order_given, and what `issue_order`
    raises; Forbidden; Unknown.
    """
    require(actor, Verb.ISSUE_ORDER)
    held = lock_item(run, item, actor, closed_too=True)
    finding = finding_of(held)
    if finding.result != Result.PROBLEM:
        raise Refused("finding_no_problem")
    if held.order_id is not None:
        raise Refused("finding_order_given")
    closed = held.matter.state == State.CLOSED
    held.order = issue_order(
        colour=colour,
        demand=demand,
        reply_by=reply_by,
        matter="" if closed else held.matter.number,
        unit=held.unit_id if closed else "",
        finding=finding.pk,
        actor=actor,
        now=now,
    )
    held.save(update_fields=["order"])
    return held
