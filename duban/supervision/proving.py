"""Whether what a joint meeting left behind is still what the journal says: papers, reports, agendas, attendance, minutes, seats.

The journal's own chain shows that no event was changed; this shows that no row was changed beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from duban.core.events import Kind
from duban.journal.chain import digest_of_text
from duban.journal.models import Event

from .models import FollowUpReport, Meeting, Paper, Seat
from .verbs.convening import SEATS

Facts = Mapping[str, Any]
OF_MEETINGS = (
    *(Kind.MEETING_CONVENED.value, Kind.ATTENDANCE_RECORDED.value),
    *(Kind.MEETING_CLOSED.value, Kind.MEETING_CALLED_OFF.value),
)


def altered() -> Iterator[str]:
    """A line for every paper, report, meeting and seat that differs from its events. Eight statements."""
    yield from _papers()
    yield from _reports()
    yield from _meetings()
    yield from _seats()


def _papers() -> Iterator[str]:
    filed: dict[int, Facts] = {}
    for facts in Event.objects.filter(kind=Kind.MATERIAL_FILED).values_list("facts", flat=True):
        filed[facts["paper"]] = facts
    for paper in Paper.objects.order_by("pk").iterator(chunk_size=500):
        facts = filed.pop(paper.pk, {})
        said = {"item": paper.item_id, "kind": paper.kind, "text": digest_of_text(paper.text)}
        if any(facts.get(name) != value for name, value in said.items()):
            yield f"paper {paper.pk} of item {paper.item_id}: is not what was filed"
    for missing in sorted(filed):
        yield f"paper {missing} of item {filed[missing]['item']}: is missing"


def _reports() -> Iterator[str]:
    made = Event.objects.filter(kind=Kind.FOLLOW_UP_REPORTED.value).values_list("facts", flat=True)
    told: dict[int, Facts] = {facts["report"]: facts for facts in made}
    for report in FollowUpReport.objects.order_by("pk").iterator(chunk_size=500):
        facts = told.pop(report.pk, {})
        said = {"decision": report.decision_id, "text": digest_of_text(report.text)}
        if any(facts.get(name) != value for name, value in said.items()):
            yield f"report {report.pk} on decision {report.decision_id}: is not what was reported"
    for missing in sorted(told):
        yield f"report {missing} on decision {told[missing]['decision']}: is missing"


def _meetings() -> Iterator[str]:
    told: dict[str, list[Facts]] = defaultdict(list)
    events = Event.objects.filter(kind__in=OF_MEETINGS).order_by("stream", "seq")
    for stream, facts in events.values_list("stream", "facts"):
        told[stream].append(facts)
    for meeting in Meeting.objects.prefetch_related("agenda", "attendances__seat").order_by("pk"):
        said: dict[str, Any] = {"chair": None, "present": [], "items": []}
        said |= {"minutes": digest_of_text(""), "called_off": digest_of_text("")}
        for facts in told[meeting.stream]:
            said |= {name: facts[name] for name in said.keys() & facts.keys()}
        there = sorted(
            (one for one in meeting.attendances.all() if one.present), key=lambda one: one.seat.place
        )
        found = {
            "chair": meeting.chair_id,
            "present": [[one.seat_id, one.staff_id] for one in there],
            "items": [one.item_id for one in meeting.agenda.all()],
            "minutes": digest_of_text(meeting.minutes),
            "called_off": digest_of_text(meeting.called_off_reason),
        }
        for name, value in found.items():
            if said[name] != value:
                yield f"{meeting.stream}: {name} is not what the journal says"


def _seats() -> Iterator[str]:
    sitting: dict[int, int | None] = {}
    for facts in Event.objects.filter(stream=SEATS).order_by("seq").values_list("facts", flat=True):
        sitting |= {int(seat): person for seat, person in facts["seats"].items()}
    for seat in Seat.objects.all():
        if sitting.get(seat.pk) != seat.staff_id:
            yield f"seat {seat.pk}: somebody else sits there than the journal says"
