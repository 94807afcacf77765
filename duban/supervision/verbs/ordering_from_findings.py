"""A supervision order that follows from a finding (domain rules 11, 12)."""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from typing import Protocol, cast

from django.db import transaction

from duban.core.checks import Result
from duban.core.lifecycle import State
from duban.core.refusal import Refused
from duban.core.rights import Actor, Verb, require

from ..models import CheckItem
from .check_deed import lock_item
from .findings import finding_of


class Issued(Protocol):
    """An order, as far as a finding keeps it: its id, and the key it is named by outside."""

    @property
    def pk(self) -> int:
        """Its id."""

    @property
    def key(self) -> str:
        """As addresses name it."""


class Issue(Protocol):
    """The verb that issues an order."""

    def __call__(
        self,
        *,
        colour: str,
        demand: str,
        reply_by: date | None,
        actor: Actor,
        now: datetime,
        matter: str = "",
        unit: str = "",
        finding: int | None = None,
    ) -> Issued:
        """Issue it about a matter, or to a unit alone. Raises Invalid, Refused."""


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
    issue: Issue | None = None,
) -> CheckItem:
    """Issue an order for a problem that was found: once a finding, also after the check has ended.

    It is about the matter while that is open; after it was closed, to the unit that held the matter when it was
    drawn. Raises Refused: finding_none, finding_no_problem, finding_order_given, and what `issue` raises; Forbidden.
    """
    require(actor, Verb.ISSUE_ORDER)
    held = lock_item(run, item, actor, closed_too=True)
    finding = finding_of(held)
    if finding.result != Result.PROBLEM:
        raise Refused("finding_no_problem")
    if held.order_id is not None:
        raise Refused("finding_order_given")
    closed = held.matter.state == State.CLOSED
    order = (issue or _issue_order())(
        colour=colour,
        demand=demand,
        reply_by=reply_by,
        matter="" if closed else held.matter.number,
        unit=held.unit_id if closed else "",
        finding=finding.pk,
        actor=actor,
        now=now,
    )
    held.order_id, held.order_key = order.pk, order.key
    held.save(update_fields=["order_id", "order_key"])
    return held


def _issue_order() -> Issue:
    """The verb that issues orders, found when the first one is issued."""
    return cast(Issue, import_module("duban.supervision.verbs.ordering").issue_order)
