"""What pages and programs ask about the docket, meetings, decisions and referrals. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from duban.core.docket import DecisionKind
from duban.core.lifecycle import State
from duban.core.refusal import Unknown, not_offered
from duban.core.rights import Actor, Role, Verb, may, require
from duban.core.zone import day_of, start_of
from duban.matters.models import Matter
from duban.matters.paging import Page, cursor, position

from .inheriting import leads_of
from .models import AgendaItem, Attendance, Decision, Deferral, DocketItem, Meeting, Seat

TO_CONVENE = 200
"""Items to choose an agenda from at once; the page says how many wait behind them."""
FILTERS = ("open", "decided", "deferred", "dropped")


def open_items(*, after: str = "", limit: int = 50) -> Page[DocketItem]:
    """The open items that can be decided, the newest first, with grounds and agenda.

    Those of closed and of merged matters are left out.
    """
    return _page(_full(_decidable()), after, limit)


def docket_size() -> int:
    """How many items wait for a decision: one statement."""
    return _decidable().count()


def _decidable() -> QuerySet[DocketItem]:
    rows = DocketItem.objects.filter(state=DocketItem.State.OPEN, matter__lead=None)
    return rows.exclude(matter__state=State.CLOSED)


def convenable(*, limit: int = TO_CONVENE) -> list[DocketItem]:
    """The open items no convened meeting has on its agenda, the oldest first: what an agenda is chosen from."""
    return list(_full(_unscheduled()).order_by("since", "id")[:limit])


def to_convene() -> int:
    """How many of them there are in all: one statement."""
    return _unscheduled().count()


def _unscheduled() -> QuerySet[DocketItem]:
    taken = AgendaItem.objects.filter(meeting__state=Meeting.State.CONVENED).values("item")
    return _decidable().exclude(pk__in=taken)


def docket_item(item: int, actor: Actor) -> DocketItem:
    """One item with everything laid before the meeting; also for the head of the unit that holds the matter.

    Raises Unknown for who may not see it.
    """
    row = _full(DocketItem.objects.filter(pk=item)).first()
    if row is None or not (may(actor, Verb.SEE_MEETING) or is_heads(row, actor)):
        raise Unknown("docket_none")
    return row


def is_heads(item: DocketItem, actor: Actor) -> bool:
    """Whether the actor is the head of the unit that holds the item's matter, and may lay a position before it."""
    return actor.has(Role.HEAD) and actor.unit == item.matter.unit_id


def is_moot(item: DocketItem) -> bool:
    """Whether the matter was closed before anything was decided."""
    undecided = item.state in (DocketItem.State.OPEN, DocketItem.State.MOOT)
    return undecided and item.matter.state == State.CLOSED


def follows_lead(item: DocketItem) -> bool:
    """Whether the item waits for its matter to be separated from the one it was merged into."""
    return item.state == DocketItem.State.OPEN and item.matter.lead_id is not None and not is_moot(item)


def open_item_of(matter: Matter) -> DocketItem | None:
    """The open item of a matter."""
    return DocketItem.objects.filter(matter=matter, state=DocketItem.State.OPEN).first()


def set_the_clock(matter: Matter) -> bool:
    """Whether the matter's deadline is the one the meeting set: by extending it or putting it off, or its lead's."""
    later = Decision.objects.filter(
        kind__in=(DecisionKind.EXTEND, DecisionKind.DEFER), at=matter.clock_started_at
    )
    cases = [pk for pk in (matter.pk, matter.lead_id) if pk is not None]
    if later.filter(item__matter__in=cases).exists():
        return True
    return matter.clock_taken_at is not None and later.filter(item__matter__in=leads_of(matter.pk)).exists()


def sitting_of(item: DocketItem) -> Meeting | None:
    """The convened meeting that has the item on its agenda."""
    found = [one.meeting for one in item.agenda.all() if one.meeting.state == Meeting.State.CONVENED]
    return found[0] if found else None


def hard_cases(*, state: str = "", after: str = "", limit: int = 50) -> Page[DocketItem]:
    """The register of hard cases: everything that was ever docketed, the newest first. Raises Invalid (state)."""
    rows = DocketItem.objects.all()
    if state == "deferred":
        running = Deferral.objects.filter(ended_at=None, matter__state=State.HANDLING, matter__lead=None)
        rows = rows.filter(decision__in=running.values("decision"))
    elif state in FILTERS:
        rows = rows.filter(state=state)
    elif state:
        raise not_offered("state", FILTERS)
    return _page(_full(rows), after, limit)


def meetings(*, after: str = "", limit: int = 50) -> Page[Meeting]:
    """The meetings, the newest first, with their agendas."""
    rows = Meeting.objects.select_related("chair").prefetch_related("agenda")
    if after:
        rows = rows.filter(pk__lt=position(after)[1])
    found = list(rows.order_by("-pk")[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def upcoming(*, limit: int = 20) -> list[Meeting]:
    """The meetings convened and not closed, the next one first."""
    rows = Meeting.objects.filter(state=Meeting.State.CONVENED).prefetch_related("agenda")
    return list(rows.order_by("held_on", "id")[:limit])


def meeting_of(meeting: int) -> Meeting:
    """One meeting with agenda, decisions and who was there. Raises Unknown."""
    agenda = AgendaItem.objects.select_related("item__matter__unit").prefetch_related(
        "item__grounds",
        "item__agenda__meeting",
        Prefetch(
            "item__decision",
            Decision.objects.select_related(*_DECIDED).prefetch_related("reports__by"),
        ),
    )
    row = (
        Meeting.objects.select_related("chair", "convened_by")
        .prefetch_related(
            Prefetch("agenda", agenda.order_by("place")),
            Prefetch("attendances", _there().select_related("seat", "staff").order_by("seat__place")),
        )
        .filter(pk=meeting)
        .first()
    )
    if row is None:
        raise Unknown("meeting_none")
    return row


def is_there(meeting: Meeting, actor: Actor) -> bool:
    """Whether the account is noted as present at a meeting, and so may decide there."""
    kind, _sep, number = actor.key.partition(":")
    return kind == "staff" and _there().filter(meeting=meeting, staff=int(number)).exists()


def may_decide(item: DocketItem, actor: Actor) -> bool:
    """Whether the account can decide the item as things stand: it is open, and they sit where it is on the agenda."""
    sitting = sitting_of(item)
    opened = item.state == DocketItem.State.OPEN and not is_moot(item) and not follows_lead(item)
    return opened and may(actor, Verb.DECIDE) and sitting is not None and is_there(sitting, actor)


def _there() -> QuerySet[Attendance]:
    return Attendance.objects.filter(present=True)


def seats() -> list[Seat]:
    """The seats in the order of the table, with who sits there."""
    return list(Seat.objects.select_related("staff").order_by("place"))


_DECIDED = ("remark", "by", "unit", "follow_up_unit", "meeting", "item__matter__unit")


def follow_ups(*, after: str = "", limit: int = 50) -> Page[Decision]:
    """The follow-ups not reviewed yet, what falls due first first. Raises Invalid for an unknown cursor."""
    rows = Decision.objects.filter(follow_up_due_on__isnull=False, followed_up_at=None)
    if after:
        at, row = position(after)
        due = day_of(at) if at else date.min
        rows = rows.filter(Q(follow_up_due_on__gt=due) | Q(follow_up_due_on=due, pk__gt=row))
    shown = rows.select_related(*_DECIDED).prefetch_related("reports__by")
    found = list(shown.order_by("follow_up_due_on", "id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    due_on = last.follow_up_due_on if last else None
    return Page(found[:limit], cursor(start_of(due_on), last.pk) if last and due_on else None)


def referrals(actor: Actor, *, after: str = "", limit: int = 50) -> Page[Decision]:
    """What was referred to discipline inspection, the newest first. Raises Forbidden."""
    require(actor, Verb.SEE_REFERRALS)
    rows = Decision.objects.filter(kind=DecisionKind.REFER).select_related(*_DECIDED)
    if after:
        rows = rows.filter(pk__lt=position(after)[1])
    found = list(rows.order_by("-pk")[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def reads_reason(decision: Decision, actor: Actor) -> bool:
    """Whether the actor may read why: of a referral only the inspectors, and the member who entered it."""
    if decision.kind != DecisionKind.REFER or may(actor, Verb.SEE_REFERRALS):
        return True
    return actor.key == f"staff:{decision.by_id}"


def age_days(item: DocketItem, now: datetime) -> int:
    """How many days the item has been, or was, on the docket."""
    end = item.settled_at or now
    return max(0, (end - item.since).days)


def _full(rows: QuerySet[DocketItem]) -> QuerySet[DocketItem]:
    return rows.select_related("matter__unit", "matter__petitioner", "matter__handler").prefetch_related(
        "grounds__by",
        "papers__unit",
        "papers__by",
        "agenda__meeting",
        Prefetch(
            "decision", Decision.objects.select_related(*_DECIDED, "deferral").prefetch_related("reports__by")
        ),
    )


def _page(rows: QuerySet[DocketItem], after: str, limit: int) -> Page[DocketItem]:
    if after:
        rows = rows.filter(Q(pk__lt=position(after)[1]))
    found: Sequence[DocketItem] = list(rows.order_by("-pk")[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)
