"""`duban demo`: the article's own period, replayed through the real verbs with a moving clock.

It ends on 2014-04-07 at the six published figures because of what happened to each of 497 matters; then what was
open goes on to its closing, and some matters are alive today.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol

from duban.catalogue.book import book
from duban.catalogue.planting import plant_catalogue, plant_routes
from duban.core.census import Status
from duban.core.zone import SHANGHAI, day_of
from duban.evaluation.verbs.counting import close_due
from duban.ledgers.census import census
from duban.ledgers.entering import enter
from duban.ledgers.folding import fold
from duban.matters.guessing import forget_tries
from duban.people.planting import plant_units
from duban.supervision.docketing import feed, feed_red
from duban.supervision.reviewing import feed_reviews
from duban.supervision.sweep import sweep

from . import alive, cast, gathered, mailing, objecting, period, supervised
from .accounts import plant_accounts
from .cases import Case, Deed, Strand
from .hastening import analyse, unflushed
from .lives import EVENING, Planner
from .pace import Pace
from .persons import Crowd
from .stories import Teller

SEED = 20131209
FIGURES = {
    Status.CLOSED: 317,
    Status.PENDING_REVIEW: 110,
    Status.HANDLING: 47,
    Status.OVERDUE_COMPLETION: 4,
    Status.ACCEPTING: 14,
    Status.OVERDUE_ACCEPTANCE: 5,
}
"""The article's figures of 2014-04-07. Nothing is written from them: they are what the census must come to."""
EARLY_CLOSED = 160  # so that the reservoir of 2014-01-29 is matter 163
DIRECTIVES = 12


class Progress(Protocol):
    """Told how far it is."""

    def __call__(self, done: int, total: int) -> None:
        """So many of so many."""


def run(*, progress: Progress | None = None, today: datetime | None = None) -> None:
    """Plant the demo city in an empty database. Raises RuntimeError when the figures do not come out."""
    now = today or datetime.now(SHANGHAI)
    rng = random.Random(SEED)  # noqa: S311 - a city that is the same every time, not a secret
    with unflushed():
        founded = cast.at("2013-12-02 09:00")
        plant_units()
        plant_catalogue(now=founded)
        plant_routes(now=founded)
        troupe = plant_accounts(founded, rng)
        rules = book()
        pace = Pace(rules.calendar, rng)
        planner = Planner(rules, troupe, Crowd(rng), Teller(rng), pace, rng)
        own = list(cast.cases(planner))
        cases = [*own, *invented(planner, len(own))]
        beside = _beside(planner)
        history: list[Strand] = [*period.strands(beside, cases), *cases]
        before = [deed for deed in _in_order(history) if deed.at <= EVENING]
        after = [deed for deed in _in_order(history) if EVENING < deed.at <= now]
        living = _in_order([*_alive(beside, now), *alive.cases(planner, now, own)])
        done = _Done(progress, len(before) + len(after) + len(living))
        _replay(before, EVENING, done)
        _check(EVENING)
        _replay(after, after[-1].at if after else EVENING, done)
        mailing.let_go()
        _replay(living, now, done)
        mailing.deliver_quietly(now)
        mailing.let_go()  # what quiet hours hold back
        analyse()


def _beside(planner: Planner) -> Planner:
    """A planner with chance and people of its own, so that what it plans moves nothing of the other's."""
    rng = random.Random(SEED + 1)  # noqa: S311 - as above
    pace, crowd = Pace(planner.book.calendar, rng), Crowd(rng, first=5000)
    return Planner(planner.book, planner.troupe, crowd, Teller(rng), pace, rng)


def _alive(planner: Planner, now: datetime) -> Iterator[Strand]:
    """What is supervised and voted on today."""
    if alive.is_known(planner, now):
        today = alive.Today(planner, now)
        yield from supervised.strands(today)
        yield from gathered.strands(today)
        yield from objecting.of_today(today)


def invented(planner: Planner, told: int) -> list[Case]:
    """The matters besides the article's own: for each status of the evening as many as the figures leave."""
    left = Counter(FIGURES)
    left[Status.CLOSED] -= told
    wanted: list[tuple[datetime, Status]] = []
    for status, number in left.items():
        early = EARLY_CLOSED if status is Status.CLOSED else 0
        wanted += [(_arrival(planner, status, early=n < early), status) for n in range(number)]
    wanted.sort()
    cases: list[Case] = []
    directed = set(planner.rng.sample([n for n, one in enumerate(wanted) if _settled(one)], DIRECTIVES))
    for n, (at, status) in enumerate(wanted):
        earlier = [case for case in cases[-120:-60] if case.person and not case.previous and case.clerk]
        if n in directed:
            cases.append(
                planner.life(planner.pace.at_office(day_of(at)), status, story=planner.teller.directive())
            )
        elif status in (Status.CLOSED, Status.HANDLING) and earlier and planner.rng.random() < 0.04:
            cases.append(planner.follow_up(planner.rng.choice(earlier), at, status))
        else:
            cases.append(planner.life(at, status))
    return cases


WINDOWS = {
    Status.CLOSED: (date(2014, 1, 30), date(2014, 3, 26)),
    Status.PENDING_REVIEW: (date(2014, 2, 12), date(2014, 4, 1)),
    Status.HANDLING: (date(2014, 3, 20), date(2014, 4, 3)),
    Status.OVERDUE_COMPLETION: (date(2014, 3, 12), date(2014, 3, 28)),
    Status.ACCEPTING: (date(2014, 4, 4), date(2014, 4, 7)),
    Status.OVERDUE_ACCEPTANCE: (date(2014, 4, 1), date(2014, 4, 3)),
}
"""Between which days what stands in a status on the evening was registered."""


def _arrival(planner: Planner, status: Status, *, early: bool) -> datetime:
    first, last = (date(2013, 12, 9), date(2014, 1, 28)) if early else WINDOWS[status]
    span = (last - first).days
    while True:
        day = first + timedelta(days=planner.rng.randint(0, span))
        if planner.book.calendar.is_workday(day) or planner.rng.random() < 0.35:
            at = planner.pace.at_home(day)
            return max(at, at.replace(hour=9)) if day == date(2013, 12, 9) else at


def _settled(one: tuple[datetime, Status]) -> bool:
    return one[1] in (Status.CLOSED, Status.PENDING_REVIEW)


def _in_order(cases: Iterable[Strand]) -> list[Deed]:
    deeds = [deed for case in cases for deed in case.deeds]
    return sorted(deeds, key=lambda deed: deed.at)


class _Done:
    def __init__(self, progress: Progress | None, total: int) -> None:
        self._tell: Callable[[int, int], None] = progress or (lambda done, total: None)
        self._done, self._total = 0, total

    def one(self) -> None:
        self._done += 1
        self._tell(self._done, self._total)


def _replay(deeds: list[Deed], until: datetime, done: _Done) -> None:
    """Do every deed at its instant; as days go by the worker does what falls due, and the totals are folded."""
    day = None
    for deed in sorted(deeds, key=lambda deed: deed.at):
        if day_of(deed.at) != day:
            day = day_of(deed.at)
            _fall_due(deed.at)
        deed.do(deed.at)
        done.one()
    _fall_due(until)
    while enter(now=until):
        pass
    while fold(now=until):
        pass


def _fall_due(now: datetime) -> None:
    """The worker's turn: boundaries and their alarms, ballots that are over, what belongs on the docket."""
    sweep(now)
    close_due(now)
    feed(now=now)
    feed_red(now)
    feed_reviews(now)
    forget_tries(now)


def _check(evening: datetime) -> None:
    found = census(evening, as_of=day_of(evening)).counts
    if dict(found) != FIGURES:
        raise RuntimeError(f"the evening of {day_of(evening)} stands at {dict(found)}, not at {FIGURES}")
