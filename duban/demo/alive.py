"""Matters alive today: something to do for every account, in every tray and every light.

Their instants are searched backwards from now by the real clocks, so that a light is what it is because of when
things happened. On a day of rest no completion clock turns yellow (domain rule 4), so then that one is missing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from duban.core.kinds import CallbackResult, Outcome
from duban.core.lights import Clock, Light, completion_clock, workday_clock
from duban.core.zone import day_of

from .cases import Case
from .lives import Planner
from .pace import OPENS, SHUTS
from .stories import Story
from .words import ADDITIONS, COMMENTS, CONTACTS, EXTENSIONS, PROGRESS, RETURNS, UNHAPPY

STEP = timedelta(minutes=10)
GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED


def cases(planner: Planner, now: datetime, own: list[Case]) -> list[Case]:
    """The living matters; `own` are the article's, which are shown to the public last. None without a calendar."""
    if not is_known(planner, now):
        return []
    today = Today(planner, now)
    living = [*today.of_unit("zhaiyang"), *today.of_unit("chengguan"), *today.of_city(), *today.of_office()]
    living += [*today.of_leader(), *today.of_publisher()]
    for minutes, case in enumerate(reversed(own)):
        shown = Case(troupe=planner.troupe, story=case.story, person=case.person, entry=case.entry)
        at = today.ago(1, hour=15) + timedelta(minutes=3 * minutes)
        shown.plan(at, _after(case))
        living.append(shown)
    return living


def is_known(planner: Planner, now: datetime) -> bool:
    """Whether the calendar reaches as far as matters alive today need it."""
    return {now.year, (now + timedelta(days=60)).year} <= planner.book.calendar.years.keys()


def _after(case: Case) -> Callable[..., object]:
    return lambda *, now: case.approve(now=now)


class Today:
    """Draws lives that stand, at one moment, where they should."""

    def __init__(self, planner: Planner, now: datetime) -> None:
        self.planner, self.now = planner, now
        self.rng: random.Random = planner.rng
        self.calendar = planner.book.calendar
        self.policy = planner.book.policy

    # whose they are

    def of_unit(self, unit: str) -> Iterator[Case]:
        """A department's desk: to accept, in hand, asked about, completed and closed."""
        for light in (GREEN, GREEN, YELLOW, RED):
            yield from self.to_accept(unit, light)
        yield from self.to_accept(unit, GREEN, collective=True)
        yield from self.to_accept(unit, GREEN, confidential=True, publish=False)
        yield from self.returned(unit)
        for light in (GREEN, GREEN, GREEN, YELLOW, YELLOW, RED, RED):
            yield from self.in_hand(unit, light)
        yield from self.extending(unit)
        yield self.reopened(unit)
        for workdays in (1, 2, 4):
            yield self.completed(unit, workdays)
        for workdays in (2, 3, 6):
            yield self.closed(unit, workdays)

    def of_city(self) -> Iterator[Case]:
        """Other units, so that the office sees a city."""
        units = ["huanwei", "ludeng", "shizheng", "zhujian", "jiaoyu", "zilaishui", "jiaojing", "gongshang"]
        units += ["aizhai", "shetangpo", "paihou", "donghe", "minzheng", "huanbao", "renshe", "dianli"]
        for unit in units:
            yield from self.in_hand(unit, self.rng.choice((GREEN, GREEN, GREEN, YELLOW, RED)))
            if self.rng.random() < 0.5:
                yield from self.to_accept(unit, self.rng.choice((GREEN, GREEN, YELLOW, RED)))

    def of_office(self) -> Iterator[Case]:
        """The office's trays: to assign in every light, and the silent ones, some of them called back."""
        for light in (GREEN, GREEN, YELLOW, RED):
            yield from self.to_assign(light)
        yield from self.urgent("ranqi")
        for n, unit in enumerate(("jiaojing", "zilaishui", "zhaiyang", "gongshang", "chengguan")):
            case = self.completed(unit, 9 + n)
            if n % 2:
                note = "电话接通，诉求人说问题已解决，没有空评价。"
                case.plan(self.ago(1), case.call_back, result=CallbackResult.REACHED, note=note)
            yield case

    def of_leader(self) -> Iterator[Case]:
        """Directives: one in hand, one completed that waits for the leader's office to judge."""
        yield from self.in_hand("", GREEN, story=self.planner.teller.directive())
        case = self.begun(self.planner.teller.directive(), self.ago(5))
        case.plan(self.ago(1), case.complete, outcome=Outcome.ANSWERED)
        yield case

    def of_publisher(self) -> Iterator[Case]:
        """Some published of late, and some that wait, one of them full of personal data to take out."""
        for n, unit in enumerate(
            ("huanwei", "shizheng", "dianli", "aizhai", "jiaoyu", "ludeng", "renshe", "hexi")
        ):
            case = self.closed(unit, 3 + n, publish=True)
            if n % 2:
                case.plan(self.ago(2), case.approve)
            yield case
        case = self.closed("zhujian", 2, publish=True)
        if case.person:
            who = case.person
            body = f"{case.story.body}我叫{who.name}，电话{who.mobile}，住建设路12号3栋2单元501室，随时可以带路。"
            case.story = replace(case.story, body=body)
        yield case

    # where they stand

    def to_assign(self, light: Light) -> Iterator[Case]:
        """Registered; no rule fits it and the petitioner names no unit."""
        book = self.planner.book
        story = replace(self.planner.teller.tell(), place="")
        while story.routed_to(book):
            story = replace(self.planner.teller.tell(), place="")
        for at in self._when(light, lambda start: workday_clock(self.calendar, start, 1), days=6):
            case = self.planner.case(story, wish="", clerk="")
            case.plan(at, case.register)
            yield case

    def to_accept(self, unit: str, light: Light, **given: object) -> Iterator[Case]:
        """Assigned to the unit and not accepted."""
        for at in self._when(light, lambda start: workday_clock(self.calendar, start, 1), days=6):
            case = self.planner.case(self.story(unit), **{"wish": unit, **given})
            case.plan(at, case.register)
            yield case

    def urgent(self, unit: str) -> Iterator[Case]:
        """Assigned as urgent an hour and a quarter ago: two hours round the clock."""
        case = self.planner.case(replace(self.story(unit), place="", title="楼道里闻到煤气味，住户不敢开灯"))
        case.wish, case.publish = "", False
        case.story = replace(case.story, body="从昨晚起楼道里有煤气味，越来越重，请立即派人来查。")
        if not case.story.routed_to(self.planner.book):
            case.plan(self.now - timedelta(minutes=95), case.register)
            case.plan(self.now - timedelta(minutes=75), case.assign, urgent=True)
            yield case

    def returned(self, unit: str) -> Iterator[Case]:
        """The unit has asked to return it; the head has not signed, the office has not ruled."""
        for case in self.to_accept(unit, GREEN):
            at = case.deeds[0].at
            asked = at + (self.now - at) / 2
            reason = self.rng.choice(RETURNS)
            case.plan(asked, case.ask_return, unit=unit, suggested="huanwei", reason=reason)
            yield case

    def in_hand(self, unit: str, light: Light, story: Story | None = None) -> Iterator[Case]:
        """Accepted and promised; its completion clock shows the light now."""
        story = story or self.story(unit)
        limit = story.entry(self.planner.book).limit_workdays

        def clock(start: datetime) -> Clock:
            return completion_clock(self.calendar, start, self.calendar.due_at(start, limit))

        for at in self._when(light, clock, days=2 * limit + 14, office=True):
            case = self.planner.case(story, wish=story.unit)
            case.plan(at - timedelta(minutes=self.rng.randint(30, 80)), case.register)
            case.plan(at, case.accept, note=self.rng.choice(CONTACTS))
            if self.rng.random() < 0.6 and self.now - at > timedelta(hours=4):
                note = story.progress or self.rng.choice(PROGRESS)
                case.plan(at + (self.now - at) * 0.6, case.report, note=note)
            if self.rng.random() < 0.25 and case.person:
                case.plan(at + (self.now - at) * 0.8, case.add, text=self.rng.choice(ADDITIONS))
            yield case

    def extending(self, unit: str) -> Iterator[Case]:
        """In hand, with an extension asked for that nobody has ruled on."""
        for case in self.in_hand(unit, GREEN, story=self.story(unit)):
            at = next(deed.at for deed in case.deeds[1:])
            due = self.calendar.nth_workday(day_of(at), case.entry.limit_workdays)
            wanted = self.calendar.nth_workday(due, 3)
            asked = at + (self.now - at) * 0.9
            case.plan(asked, case.ask_extension, due_on=wanted, reason=self.rng.choice(EXTENSIONS))
            yield case

    def reopened(self, unit: str) -> Case:
        """Judged badly: in hand again, second round."""
        case = self.completed(unit, 2)
        at = case.deeds[-1].at
        case.plan(at + (self.now - at) / 2, case.judge, grade=2, comment=self.rng.choice(UNHAPPY))
        return case

    def completed(self, unit: str, workdays: int) -> Case:
        """Completed so many workdays ago; the petitioner has not judged."""
        case = self.begun(self.story(unit), self.ago(workdays + 4))
        case.plan(self.ago(workdays), case.complete)
        return case

    def closed(self, unit: str, workdays: int, **given: object) -> Case:
        """Completed so many workdays ago and closed by the petitioner since."""
        case = self.completed(unit, workdays)
        for name, value in given.items():
            setattr(case, name, value)
        at = case.deeds[-1].at
        comment = self.rng.choice(COMMENTS)
        judged = at + min(timedelta(hours=self.rng.randint(2, 20)), (self.now - at) / 2)
        case.plan(judged, case.judge, grade=self.rng.choice((3, 4, 5, 5)), comment=comment)
        return case

    def ago(self, workdays: int, *, hour: int | None = None) -> datetime:
        """In office hours of the so-many-th workday before today."""
        day, left = day_of(self.now), workdays
        while left:
            day -= timedelta(days=1)
            left -= self.calendar.is_workday(day)
        at = self.planner.pace.at_office(day)
        return at if hour is None else at.replace(hour=hour, minute=0, second=0)

    def begun(self, story: Story, at: datetime) -> Case:
        """Registered at an instant and accepted at the unit's next turn."""
        case = self.planner.case(story, wish=story.unit)
        case.confidential = False
        case.plan(at, case.register)
        case.plan(self.planner.pace.soon(at), case.accept, note=self.rng.choice(CONTACTS))
        return case

    def ahead(self, workdays: int) -> date:
        """The so-many-th workday after today."""
        return self.calendar.nth_workday(day_of(self.now), workdays)

    def late(self, unit: str, workdays: int) -> Case:
        """In hand, and red for about so many workdays."""
        story = self.limited(unit, 1, 5)
        limit = story.entry(self.planner.book).limit_workdays
        return self.begun(story, self.ago(limit + workdays + 2))

    def story(self, unit: str) -> Story:
        """A story of the unit with a limit that leaves room for every light."""
        return self.limited(unit, 2, 15)

    def limited(self, unit: str, low: int, high: int) -> Story:
        """A story of the unit whose limit lies between so many workdays, if it has one such."""
        for _ in range(40):
            story = self.planner.teller.tell(unit)
            if low <= story.entry(self.planner.book).limit_workdays <= high:
                break
        return story

    def _when(
        self, light: Light, clock: Callable[[datetime], Clock], *, days: int, office: bool = False
    ) -> Iterator[datetime]:
        """One instant within the last days from which a clock would show the light now; none when there is none."""
        fitting = []
        at = self.now - timedelta(minutes=25)
        while at > self.now - timedelta(days=days):
            if (not office or self._is_open(at)) and clock(at).light(self.now) is light:
                fitting.append(at)
            at -= STEP
        if light is RED:
            fitting = fitting[: 6 * 24 * 5]  # late, not forgotten
        if fitting:
            yield self.rng.choice(fitting)

    def _is_open(self, at: datetime) -> bool:
        return self.calendar.is_workday(day_of(at)) and OPENS <= at.timetz().replace(tzinfo=None) <= SHUTS
