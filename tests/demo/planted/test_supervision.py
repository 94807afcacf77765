"""The demo's supervision: every new kind of event, and something to do on every account's pages."""

from __future__ import annotations

from collections import Counter
from itertools import dropwhile, takewhile

import pytest
from django.test import Client

from duban.core.ballot import Route
from duban.core.docket import DecisionKind
from duban.core.events import Kind
from duban.core.lifecycle import State
from duban.core.rights import Actor
from duban.evaluation.models import Ballot, Vote, Voter
from duban.evaluation.reading import awaiting_ballot, box, invitation_of, running_ballots, turnout
from duban.journal.models import Event
from duban.ledgers.models import Appeal, EntryAnswer, LedgerEntry, ScoreVersion
from duban.ledgers.rebuilding import rebuilt, stored
from duban.matters.assists import owed_by
from duban.matters.models import Matter
from duban.people.models import Staff
from duban.supervision import checks, meetings
from duban.supervision.models import Alarm, Answer, Order
from duban.supervision.models.docket import DocketItem
from duban.supervision.models.meeting import AgendaItem, Decision, Meeting
from duban.supervision.queries import order_counts, to_escalate, unanswered
from tests.demo.planted.conftest import TODAY

pytestmark = pytest.mark.django_db  # inside the transaction the city was planted in
FIRST, LAST = Kind.MATTER_MERGED, Kind.APPEAL_RULED
NEW = [*takewhile(LAST.__ne__, dropwhile(FIRST.__ne__, Kind)), LAST]
"""The vocabulary of supervision, as `core.events` lists it."""


def _actor(username: str) -> Actor:
    return Staff.objects.get(username=username).actor


def test_every_kind_of_supervision_happened() -> None:
    assert len(NEW) == 48
    happened = Counter(Event.objects.values_list("kind", flat=True))
    assert [kind for kind in NEW if not happened[kind]] == []


def test_one_ballot_is_stopped_by_one_of_two_and_one_passes_with_one_of_three() -> None:
    closed = Ballot.objects.exclude(closed_at=None).order_by("opened_at")
    figures = [(one.votes, one.dissatisfied, one.outcome) for one in closed]
    assert figures == [(2, 1, "blocked"), (4, 0, "passed"), (3, 1, "passed")]
    stopped, again, passed = closed
    assert stopped.matter_id == again.matter_id
    assert (stopped.round, again.round) == (1, 2)
    assert {again.matter.basis, passed.matter.basis} == {"ballot"}
    for ballot in (stopped, passed):
        routes = set(Voter.objects.filter(ballot=ballot, voted=True).values_list("route", flat=True))
        assert routes == {Route.ONLINE, Route.PAPER}
        assert Vote.objects.filter(ballot=ballot).count() == ballot.votes


def test_alarms_were_answered_in_every_way_and_a_handful_waits() -> None:
    ways = set(Alarm.objects.exclude(answer="").values_list("answer", flat=True))
    assert {Answer.NOTE, Answer.ORDER, Answer.RULING, Answer.CALLBACK} <= ways
    waiting = unanswered(TODAY)
    assert 2 <= waiting.red <= 10
    assert 2 <= waiting.yellow <= 16
    assert waiting.oldest_at is not None
    assert (TODAY - waiting.oldest_at).days < 14


def test_orders_of_the_period_in_three_colours_all_came_to_an_end() -> None:
    orders = Order.objects.filter(year__lte=2014)
    assert not orders.filter(ended_at=None).exists()
    ended = Counter(orders.values_list("colour", "state"))
    assert all(ended[colour, "accepted"] for colour in ("green", "yellow", "red"))
    states = Counter(orders.values_list("state", flat=True))
    assert states["recalled"]
    assert states["escalated"]
    follower = Order.objects.get(escalated_from__isnull=False)
    assert (follower.colour, follower.state) == ("yellow", "accepted")
    assert any(order.replies.count() == 2 for order in orders.filter(state="accepted"))


def test_a_check_ended_with_a_report_and_an_order() -> None:
    ended, running = sorted(
        (checks.run_of(one.run.pk, _actor("office")) for one in checks.runs(_actor("office")).items),
        key=lambda run: run.pk,
    )
    items = checks.items_of(ended)
    assert [one.finding.result for one in items].count("problem") == 2
    assert ended.report
    assert len([one for one in items if one.order_id]) == 1
    assert 0 < sum(hasattr(one, "finding") for one in checks.items_of(running)) < 8
    assert running.is_open


def test_meetings_decided_in_every_way() -> None:
    assert len({seat.staff_id for seat in meetings.seats() if seat.staff_id}) == 5
    held = Meeting.objects.filter(year=2014)
    assert all(one.state == Meeting.State.CLOSED and one.minutes for one in held)
    kinds = set(Decision.objects.filter(meeting__in=held).values_list("kind", flat=True))
    assert kinds == {kind.value for kind in DecisionKind}
    assert AgendaItem.objects.filter(carried=True).exists()
    grounds = set(DocketItem.objects.values_list("grounds__ground", flat=True))
    assert {"negative", "returns", "red", "review", "hand"} <= grounds


def test_the_office_has_everything_to_rule_on() -> None:
    office = _actor("office")
    assert order_counts(office, TODAY).replied >= 2
    assert len(to_escalate(TODAY).items) >= 2
    assert len(meetings.convenable()) >= 1
    assert len(awaiting_ballot(office).items) >= 1
    assert meetings.follow_ups().items


@pytest.mark.parametrize("unit", ["zhaiyang", "chengguan"])
def test_a_unit_has_orders_and_an_assist(unit: str) -> None:
    states = Counter(Order.objects.filter(unit=unit, ended_at=None).values_list("state", flat=True))
    assert states["issued"] >= 1
    assert states["acknowledged"] >= 1
    assert states["replied"] >= 1
    assert len(owed_by(unit).items) >= 1


def test_the_member_decides_today() -> None:
    today = [one for one in meetings.upcoming() if one.held_on <= TODAY.date()]
    assert len(today) == 1
    open_items = [point for point in today[0].agenda.all() if point.item.state == DocketItem.State.OPEN]
    assert len(open_items) >= 3
    assert meetings.is_there(today[0], _actor("member"))
    assert any(one.held_on > TODAY.date() for one in meetings.upcoming())


def test_a_ballot_is_open_with_papers_to_count_and_a_link() -> None:
    (running,) = running_ballots(_actor("clerk")).items
    voted = turnout(running)
    assert (running.roll, voted.online, voted.papers) == (12, 5, 3)
    assert not box(running, running.closes_at).counted
    assert invitation_of(running.matter) is not None
    joining = Matter.objects.filter(state=State.HANDLING, collective=True)
    assert any(invitation_of(one) for one in joining)


def test_a_merged_pair_is_in_hand() -> None:
    follower = Matter.objects.exclude(lead=None).get(state=State.HANDLING)
    assert follower.lead is not None
    assert (follower.lead.followers, follower.lead.state) == (1, State.HANDLING)


def test_the_ledgers_were_answered_appealed_against_and_ruled_on() -> None:
    for year, answers, rulings in (
        (2014, 1, {"upheld": 1, "refused": 1}),
        (2026, 1, {"upheld": 1, "refused": 1, "pending": 2}),
    ):
        assert EntryAnswer.objects.filter(at__year=year).count() == answers
        assert Counter(Appeal.objects.filter(at__year=year).values_list("ruling", flat=True)) == rulings
    assert LedgerEntry.objects.filter(number=-1, event__kind=Kind.APPEAL_RULED.value).count() == 2
    assert Appeal.objects.get(entry__staff=None).by == Staff.objects.get(username="head")
    version = ScoreVersion.objects.get()
    assert (version.number, version.since) == (2, "2014-03")
    assert stored() == rebuilt()


def _shows(username: str, address: str) -> str:
    client = Client()
    client.force_login(Staff.objects.get(username=username))
    answer = client.get(address)
    assert answer.status_code == 200, (username, address)
    return answer.content.decode()


def test_every_accounts_page_shows_what_there_is_to_do() -> None:
    owed = Order.objects.filter(unit="zhaiyang", state="issued").latest("id")
    for username in ("handler", "head"):
        assert owed.number in _shows(username, "/desk/orders")
        assert owed_by("zhaiyang").items[0].matter.number in _shows(username, "/desk/assists")
    other = Order.objects.filter(unit="chengguan", state="issued").latest("id")
    assert other.number in _shows("handler2", "/desk/orders")
    assert unanswered(TODAY).oldest[0].matter.number in _shows("office", "/office/alarms")
    (running,) = running_ballots(_actor("clerk")).items
    assert running.matter.number in _shows("clerk", "/desk/ballots")
    sitting = meetings.upcoming()[0]
    agenda = sitting.agenda.select_related("item__matter").first()
    assert agenda is not None
    assert agenda.item.matter.number in _shows("member", f"/office/meetings/{sitting.pk}")
    referred = Decision.objects.filter(kind=DecisionKind.REFER).latest("id")
    assert referred.item.matter.number in _shows("inspector", "/inspection/referrals")
    directive = Matter.objects.filter(kind="directive").exclude(state=State.CLOSED).latest("id")
    assert directive.title in _shows("leader", "/office/directives")
    assert sitting.agenda.count() >= 3
    assert "记在单位名下的" in _shows("head", "/desk/ledger")
    assert "<del>" in _shows("handler", "/desk/ledger")
    assert "待裁定的申诉 2 件" in _shows("office", "/office/ledgers")
    for username in ("leader", "member", "office"):
        assert "<svg" in _shows(username, "/office/cockpit")
