"""What the verbs of checks share: the run's row is locked, and with it everything that belongs to it."""

from __future__ import annotations

from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Verb, require

from ..models import CheckItem, CheckRun


def lock_run(run: int, actor: Actor, *, closed_too: bool = False) -> CheckRun:
    """A run, locked until the transaction ends; its lock serialises the writers of its stream.

    Raises Forbidden; Unknown(`not_found`); Refused(`check_already_closed`) unless `closed_too`.
    """
    require(actor, Verb.RUN_CHECK)
    held = CheckRun.objects.select_for_update(of=("self",)).select_related("checklist").filter(pk=run).first()
    if held is None:
        raise Unknown("not_found")
    if not (held.is_open or closed_too):
        raise Refused("check_already_closed")
    return held


def lock_item(run: int, item: int, actor: Actor, *, closed_too: bool = False) -> CheckItem:
    """A sampled matter of a locked run, with its finding if it has one. Raises as `lock_run`."""
    held = lock_run(run, actor, closed_too=closed_too)
    rows = CheckItem.objects.select_related("matter", "finding", "unit", "inspector")
    found = rows.filter(run=held, pk=item).first()
    if found is None:
        raise Unknown("not_found")
    found.run = held
    return found
