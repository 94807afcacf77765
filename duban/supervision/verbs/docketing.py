"""Putting matters on the joint meeting's docket by hand, taking them off, and the papers laid before it (rule 13)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.core.docket import Ground, Reason
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.refusal import Forbidden, Refused, Unknown
from duban.core.rights import SYSTEM, Actor, Role, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Matter
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form

from ..models import DocketGround, DocketItem, Paper


@transaction.atomic
def put_on_docket(*, matter: str, reason: str, actor: Actor, now: datetime) -> DocketItem:
    """The supervision office puts a matter before the joint meeting, with its reason.

    Raises Invalid (reason); Refused: already_closed, docket_already, docket_follows_lead; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.CONVENE, held)
    if held.state == State.CLOSED:
        raise Refused("already_closed")
    if held.lead_id is not None:
        raise Refused("docket_follows_lead")
    if DocketItem.objects.filter(matter=held, state=DocketItem.State.OPEN).exists():
        raise Refused("docket_already")
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    times = DocketGround.objects.filter(matter=held, ground=Ground.HAND).count() + 1
    ground = enter(
        held, Reason(Ground.HAND, str(times), now), actor=actor, note=reason, by_id=staff_id(actor)
    )
    return ground.item


@transaction.atomic
def drop_from_docket(*, item: int, reason: str, actor: Actor, now: datetime) -> DocketItem:
    """The supervision office takes an open item off the docket, with a reason. The matter itself does not move.

    Raises Invalid (reason); Refused: docket_settled; Forbidden; Unknown.
    """
    held = lock(number_of(item), now)
    permit(actor, Verb.CONVENE, held)
    row = open_item(item)
    form = Form()
    reason = form.note("reason", reason, missing="reason_missing")
    form.check()
    row.state, row.settled_at, row.dropped_reason = DocketItem.State.DROPPED, now, reason
    row.save(update_fields=["state", "settled_at", "dropped_reason"])
    facts = {"item": row.pk, "reason": digest_of_text(reason)}
    write(held, Entry(Kind.MATTER_DROPPED, facts), actor=actor, at=now)
    keep(held)
    return row


@transaction.atomic
def file_paper(*, item: int, kind: str, text: str, actor: Actor, now: datetime) -> Paper:
    """Lay a paper before the meeting: the head of the unit that holds the matter its position, the office anything.

    Raises Invalid (kind, text); Refused: docket_settled; Forbidden; Unknown.
    """
    held = lock(number_of(item), now)
    heads = actor.has(Role.HEAD) and actor.unit == held.unit_id
    if not heads:
        permit(actor, Verb.CONVENE, held)
    elif kind != Paper.Kind.POSITION:
        raise Forbidden("no_right")
    row = open_item(item)
    form = Form()
    form.choice("kind", kind, Paper.Kind, "paper_kind")
    text = form.note("text", text)
    form.check()
    unit = actor.unit or held.unit_id
    paper = Paper.objects.create(item=row, kind=kind, text=text, unit_id=unit, by_id=staff_id(actor), at=now)
    facts = {"item": row.pk, "paper": paper.pk, "kind": kind, "text": digest_of_text(text)}
    write(held, Entry(Kind.MATERIAL_FILED, facts), actor=actor, at=now)
    keep(held)
    return paper


def enter(
    held: Matter, reason: Reason, *, actor: Actor = SYSTEM, note: str = "", by_id: int | None = None
) -> DocketGround:
    """Enter a ground of a locked matter, into its open item or a new one; the event is dated to the ground.

    The caller has made sure that the ground is not entered yet.
    """
    opened = DocketItem.objects.select_for_update().filter(matter=held, state=DocketItem.State.OPEN).first()
    if opened is None:
        opened = DocketItem.objects.create(matter=held, since=reason.since)
    elif reason.since < opened.since:
        opened.since = reason.since
        opened.save(update_fields=["since"])
    ground = DocketGround.objects.create(
        item=opened,
        matter=held,
        ground=reason.ground,
        key=reason.key,
        since=reason.since,
        by_id=by_id,
        note=note,
    )
    facts = {"item": opened.pk, "ground": reason.ground.value, "key": reason.key}
    write(held, Entry(Kind.MATTER_DOCKETED, facts), actor=actor, at=reason.since)
    keep(held)
    return ground


def enter_once(held: Matter, reason: Reason) -> int:
    """Enter a ground a rule gives, unless it is entered; returns how many. Looked for under the matter's lock."""
    if DocketGround.objects.filter(matter=held, ground=reason.ground, key=reason.key).exists():
        return 0
    enter(held, reason)
    return 1


def settle_closed(held: Matter) -> None:
    """Nothing is left to be decided about a closed matter: its open item is settled with the closing."""
    DocketItem.objects.filter(matter=held, state=DocketItem.State.OPEN).update(
        state=DocketItem.State.MOOT, settled_at=held.closed_at
    )


def open_item(item: int, *, locked: bool = True) -> DocketItem:
    """An item still open, locked; its matter is locked already. Only to look at it: not `locked`.

    Raises Unknown; Refused: docket_settled.
    """
    rows = DocketItem.objects.select_related("matter").filter(pk=item)
    row = (rows.select_for_update(of=("self",)) if locked else rows).first()
    if row is None:
        raise Unknown("docket_none")
    if row.state != DocketItem.State.OPEN:
        raise Refused("docket_settled")
    return row


def number_of(item: int) -> str:
    """The number of an item's matter. Raises Unknown."""
    number = DocketItem.objects.filter(pk=item).values_list("matter__number", flat=True).first()
    if number is None:
        raise Unknown("docket_none")
    return number
