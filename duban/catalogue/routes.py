"""Amending the routing rules (see core.routing): what goes to whom at once, without the office's hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from duban.core import rights
from duban.core.events import Kind
from duban.core.kinds import MatterKind
from duban.core.refusal import Invalid, Unknown
from duban.core.rights import Actor, Verb
from duban.core.routing import Route
from duban.journal.recording import Entry, record

from .models import RoutingRule
from .revisions import bump

STREAM = "routes"
_LONGEST = 40
_LAST_RANK = 999


@transaction.atomic
def add_route(*, route: Route, actor: Actor, now: datetime) -> RoutingRule:
    """Add a rule. Raises Forbidden, Invalid for unit, place, kind, keyword and rank.

    Whether the unit exists is the door's to offer; a matter routed to a unit out of service stays with the office.
    """
    rights.require(actor, Verb.AMEND_ROUTES)
    _check(route)
    bump()
    rule = RoutingRule()
    return _written(rule, route, "added", actor, now)


@transaction.atomic
def amend_route(*, rule: int, route: Route, actor: Actor, now: datetime) -> RoutingRule:
    """Change a rule in force. Raises Forbidden, Unknown(`route_unknown`), Invalid as add_route."""
    rights.require(actor, Verb.AMEND_ROUTES)
    _check(route)
    bump()
    return _written(_in_force(rule), route, "amended", actor, now)


@transaction.atomic
def retire_route(*, rule: int, actor: Actor, now: datetime) -> RoutingRule:
    """Take a rule out of force. Raises Forbidden, Unknown(`route_unknown`)."""
    rights.require(actor, Verb.AMEND_ROUTES)
    bump()
    row = _in_force(rule)
    row.active = False
    row.save(update_fields=["active"])
    record(STREAM, Entry(Kind.ROUTES_AMENDED, {"rule": row.pk, "deed": "retired"}), actor=actor, at=now)
    return row


def _in_force(rule: int) -> RoutingRule:
    row = RoutingRule.objects.filter(pk=rule, active=True).first()
    if row is None:
        raise Unknown("route_unknown")
    return row


def _written(row: RoutingRule, route: Route, deed: str, actor: Actor, now: datetime) -> RoutingRule:
    row.unit_code, row.place, row.kind = route.unit, route.place.strip(), route.kind
    row.keyword, row.rank = route.keyword.strip(), route.rank
    row.save()
    facts = {"rule": row.pk, "deed": deed, "unit": row.unit_code, "kind": row.kind, "rank": row.rank}
    record(STREAM, Entry(Kind.ROUTES_AMENDED, facts), actor=actor, at=now)
    return row


def _check(route: Route) -> None:
    wrong: dict[str, tuple[str, Mapping[str, object]]] = {}
    if not route.unit:
        wrong["unit"] = ("unit_unknown", {})
    if not (route.place.strip() or route.kind or route.keyword.strip()):
        wrong["place"] = ("route_empty", {})
    if route.kind and route.kind not in set(MatterKind):
        wrong["kind"] = ("kind_unknown", {})
    for field in ("place", "keyword"):
        if len(getattr(route, field).strip()) > _LONGEST:
            wrong[field] = ("too_long", {"limit": _LONGEST})
    if not 0 <= route.rank <= _LAST_RANK:
        wrong["rank"] = ("rank_bounds", {"most": _LAST_RANK})
    if wrong:
        raise Invalid(wrong)
