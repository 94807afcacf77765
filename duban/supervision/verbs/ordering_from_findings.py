"""A supervision order that follows from a finding (domain rules 11, 12)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from duban.core.checks import Result
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb, require
from duban.matters.verbs.deed import lock

from ..models import CheckItem
from .check_deed import lock_item
from .findings import finding_of
from .ordering import issue_order

NOT_WITH_A_UNIT = (State.REGISTERED, State.CLOSED)
"""Where a matter is with no unit any more: returned and not assigned again, or closed."""


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

    It is about the matter while that is still with the unit that held it when it was drawn; once the matter is
    closed, merged, returned or with another, to that unit alone: who did nothing wrong gets no order. Raises Refused: finding_none, finding_no_problem, finding_order_given, and what `issue_order`
    raises; Forbidden; Unknown.
    """
    require(actor, Verb.ISSUE_ORDER)
    held = lock_item(run, item, actor, closed_too=True)
    finding = finding_of(held)
    if finding.result != Result.PROBLEM:
        raise Refused("finding_no_problem")
    if held.order_id is not None:
        raise Refused("finding_order_given")
    about = lock(held.matter.number, now)
    about_it = about.unit_id == held.unit_id and about.lead_id is None and about.state not in NOT_WITH_A_UNIT
    held.order = issue_order(
        colour=colour,
        demand=demand,
        reply_by=reply_by,
        matter=about.number if about_it else "",
        unit="" if about_it else held.unit_id,
        finding=finding.pk,
        actor=actor,
        now=now,
    )
    held.save(update_fields=["order"])
    return held
