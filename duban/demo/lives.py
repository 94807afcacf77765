"""Planning what happens to a matter, from registration to closing, so that it stands where it should one evening.

Nothing here writes a state: a life is a list of deeds with instants, drawn by chance and drawn again until on the
evening of 2014-04-07 it has got as far as wanted and no further. Afterwards every life goes on to its closing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from duban.catalogue.book import Book
from duban.core.census import Status
from duban.core.kinds import CallbackResult, Outcome
from duban.core.zone import day_of, end_of

from .accounts import Troupe
from .cases import Case
from .pace import Pace
from .persons import Crowd
from .stories import Story, Teller, again
from .words import (
    ADDITIONS,
    CALLBACKS,
    COMMENTS,
    CONTACTS,
    EXTENSIONS,
    PROGRESS,
    REDONE,
    RETURNS,
    UNHAPPY,
    WITHDRAWALS,
)

EVENING = end_of(date(2014, 4, 7))
"""When the article counted (its day's last second)."""
RESUMED = date(2014, 4, 8)  # the first workday after Qingming
TRIES = 400


class Elsewhere(Exception):
    """This draw does not stand where it should on the evening; draw again."""


@dataclass
class Planner:
    """Plans lives for one city."""

    book: Book
    troupe: Troupe
    crowd: Crowd
    teller: Teller
    pace: Pace
    rng: random.Random

    def life(self, registered_at: datetime, status: Status, *, story: Story | None = None) -> Case:
        """A life that stands in a status on the evening. Raises RuntimeError when none can be drawn."""
        for _ in range(TRIES):
            try:
                told = story or self.teller.tell()
                if self.rng.random() < 0.25:
                    told = replace(told, place="")
                case = self.case(told)
                self._live(case, registered_at, status)
            except Elsewhere:
                continue
            return case
        raise RuntimeError(f"no life from {registered_at} stands at {status} on the evening")

    def case(self, story: Story, **given: object) -> Case:
        """A case for a story: by its routing rule, by the petitioner's wish, or for the office to assign."""
        rng = self.rng
        routed = story.routed_to(self.book)
        wish = story.unit if routed and routed != story.unit else ""
        if not routed and rng.random() < 0.45:
            wish = story.unit
        case = Case(troupe=self.troupe, story=story, person=None, entry=story.entry(self.book), wish=wish)
        if story.kind != "directive":
            case.person = self.crowd.somebody()
            case.clerk = story.unit if rng.random() < 0.3 else ""
            case.confidential = story.kind == "complaint" and rng.random() < 0.3
            case.publish = not case.confidential and rng.random() < 0.4
        for name, value in given.items():
            setattr(case, name, value)
        return case

    def follow_up(self, earlier: Case, registered_at: datetime, status: Status) -> Case:
        """The same person comes back with the same trouble, naming the first matter."""
        case = self.life(registered_at, status, story=again(earlier.story))
        case.person, case.previous = earlier.person, earlier
        return case

    # the chapters of a life, in order; each raises Elsewhere when the evening would find it in the wrong one

    def _live(self, case: Case, registered_at: datetime, status: Status) -> None:
        rng = self.rng
        case.plan(registered_at, case.register)
        assigned_at = self._assigned(case, registered_at, status)
        if status is Status.CLOSED and case.person and rng.random() < 0.03:
            self._withdrawn(case, self.pace.some_time(assigned_at, 0), status)
            return
        accepted_at = self._accepted(case, assigned_at, status)
        completed_at = self._completed(case, accepted_at, status)
        self._judged(case, completed_at, status)

    def _assigned(self, case: Case, at: datetime, status: Status) -> datetime:
        rng, pace = self.rng, self.pace
        routed = case.wish or case.story.routed_to(self.book)
        chance = rng.random() if status in (Status.CLOSED, Status.PENDING_REVIEW, Status.HANDLING) else 1
        if chance < 0.05 and case.person:
            case.wish = rng.choice(
                [unit for unit in ("xinfang", "zhengwu", "minzheng") if unit != case.story.unit]
            )
            window = self.book.calendar.due_at(at, self.book.policy.return_window_workdays)
            case.plan(
                at := min(pace.soon(at), window), case.ask_return,
                unit=case.wish, suggested=case.story.unit, reason=rng.choice(RETURNS),
            )  # fmt: skip
            case.plan(
                at := pace.soon(at), case.rule_return, granted=True, note="理由成立。", unit=case.story.unit
            )
        elif not routed:
            urgent = "煤气" in case.story.title or None
            if urgent and status in (Status.ACCEPTING, Status.OVERDUE_ACCEPTANCE):
                raise Elsewhere
            if status is Status.ACCEPTING and rng.random() < 0.5:
                at = max(pace.soon(at), pace.at_office(RESUMED))
            else:
                at = pace.soon(at)
            case.plan(at, case.assign, urgent=urgent)
        elif chance < 0.09 and case.person:
            suggested = rng.choice([unit for unit in ("xinfang", "zhengwu") if unit != case.story.unit])
            window = self.book.calendar.due_at(at, self.book.policy.return_window_workdays)
            asked = min(pace.soon(at), window)
            case.plan(
                asked, case.ask_return, unit=case.story.unit, suggested=suggested, reason=rng.choice(RETURNS)
            )
            note = "事项在你单位清单之内，请按时受理。"
            return case.plan(pace.soon(asked), case.rule_return, granted=False, note=note)
        return at

    def _accepted(self, case: Case, assigned_at: datetime, status: Status) -> datetime:
        rng, pace = self.rng, self.pace
        begun = case.deeds[-1].at if case.deeds[-1].at > assigned_at else assigned_at
        chance = rng.random()
        at = (
            pace.soon(begun)
            if chance < 0.72
            else pace.after(begun, 1 if chance < 0.95 else rng.randint(2, 3))
        )
        due = self.book.calendar.due_at(assigned_at, self.book.policy.acceptance_workdays)
        waits = status in (Status.ACCEPTING, Status.OVERDUE_ACCEPTANCE)
        if waits:
            if (status is Status.OVERDUE_ACCEPTANCE) != (due < EVENING):
                raise Elsewhere
            if at <= EVENING:
                at = pace.at_office(RESUMED)
            at = max(at, pace.soon(begun))
        elif at > EVENING:
            raise Elsewhere
        promise = None
        if case.entry.limit_workdays >= 5 and rng.random() < 0.3:
            count = max(2, int(case.entry.limit_workdays * rng.uniform(0.5, 0.9)))
            promise = pace.workday(day_of(at), count)
        case.plan(at, case.accept, note=rng.choice(CONTACTS), due_on=promise)
        self._promised = (
            self.book.calendar.workdays_between(day_of(at), promise) if promise else case.entry.limit_workdays
        )
        return at

    def _completed(self, case: Case, at: datetime, status: Status) -> datetime:
        rng, pace, promised = self.rng, self.pace, self._promised
        due = self.book.calendar.due_at(at, promised)
        if promised >= 3 and rng.random() < 0.55:
            note = case.story.progress or rng.choice(PROGRESS)
            case.plan(pace.after(at, rng.randint(1, promised // 2)), case.report, note=note)
        if promised >= 3 and case.person and rng.random() < 0.08:
            case.plan(pace.some_time(at, 1), case.add, text=rng.choice(ADDITIONS))
        if promised >= 5 and rng.random() < 0.1 and status is not Status.OVERDUE_COMPLETION:
            due = self._extended(case, at, due)
        chance = rng.random()
        left = max(1, self.book.calendar.workdays_between(day_of(at), day_of(due)))
        if chance < 0.62:
            done = pace.after(at, rng.randint(0 if left < 3 else left // 3, max(0, left - 1)))
        elif chance < 0.93:
            done = pace.after(at, left)
        else:
            done = pace.after(at, left + rng.randint(1, 3))
        last = max(deed.at for deed in case.deeds)
        if done <= last:
            done = pace.soon(last)
        if status in (Status.HANDLING, Status.OVERDUE_COMPLETION):
            if (status is Status.OVERDUE_COMPLETION) != (due < EVENING) or last > EVENING:
                raise Elsewhere
            if done <= EVENING:
                done = pace.at_office(pace.workday(RESUMED, rng.randint(0, 3)))
        elif status in (Status.CLOSED, Status.PENDING_REVIEW) and done > EVENING:
            raise Elsewhere
        outcome = Outcome.SOLVED if case.story.kind in ("hardship", "complaint") else Outcome.ANSWERED
        if rng.random() < 0.06:
            outcome = rng.choice([Outcome.PARTLY, Outcome.CANNOT])
        return case.plan(done, case.complete, outcome=outcome)

    def _extended(self, case: Case, at: datetime, due: datetime) -> datetime:
        rng, pace = self.rng, self.pace
        asked = max(pace.after(at, rng.randint(1, 3)), max(deed.at for deed in case.deeds))
        ruled = pace.soon(asked)
        wanted = pace.workday(day_of(due), rng.randint(3, 5))
        if ruled >= due:
            raise Elsewhere
        granted = rng.random() < 0.7
        case.plan(asked, case.ask_extension, due_on=wanted, reason=rng.choice(EXTENSIONS))
        note = "同意，请按新的日期办结。" if granted else "材料可以先行准备，请按原期限办结。"
        case.plan(ruled, case.rule_extension, granted=granted, note=note)
        return end_of(wanted) if granted else due

    def _judged(self, case: Case, at: datetime, status: Status) -> None:
        rng, pace = self.rng, self.pace
        if case.person and rng.random() < (0.4 if status is Status.PENDING_REVIEW else 0.1):
            self._unrated(case, at, status)
            return
        judged = pace.some_time(at, 4)
        if status is Status.PENDING_REVIEW and judged <= EVENING:
            judged = pace.at_home(RESUMED + timedelta(days=rng.randint(0, 9)))
        grade = rng.choices((5, 4, 3, 2, 1), (45, 34, 12, 6, 3))[0]
        if grade <= 2 and status in (Status.CLOSED, Status.PENDING_REVIEW):
            case.plan(judged, case.judge, grade=grade, comment=rng.choice(UNHAPPY))
            redone = pace.after(judged, rng.randint(1, max(1, self._promised - 1)))
            case.plan(redone, case.complete, statement=f"{rng.choice(REDONE)}{case.story.done}")
            judged, grade = pace.some_time(redone, 3), rng.choice((3, 4, 4, 5))
        comment = rng.choice(COMMENTS) if rng.random() < 0.35 else ""
        case.plan(judged, case.judge, grade=max(grade, 3), comment=comment)
        self._closed(case, judged, status)

    def _unrated(self, case: Case, at: datetime, status: Status) -> None:
        rng, pace = self.rng, self.pace
        called = pace.at_office(pace.workday(day_of(at) + timedelta(days=8), rng.randint(0, 3)))
        result, note = rng.choice(CALLBACKS)
        case.plan(called, case.call_back, result=CallbackResult(result), note=note)
        closed = pace.after(called, rng.randint(0, 3))
        if status is Status.PENDING_REVIEW and closed <= EVENING:
            closed = pace.at_office(pace.workday(RESUMED, rng.randint(0, 6)))
        case.plan(closed, case.close_unrated)
        self._closed(case, closed, status)

    def _withdrawn(self, case: Case, at: datetime, status: Status) -> None:
        case.plan(at, case.withdraw, reason=self.rng.choice(WITHDRAWALS))
        case.publish = False
        self._closed(case, at, status)

    def _closed(self, case: Case, at: datetime, status: Status) -> None:
        if (status is Status.CLOSED) != (at <= EVENING):
            raise Elsewhere
        if case.publish and self.rng.random() < 0.93:
            case.plan(self.pace.after(at, self.rng.randint(1, 3)), case.approve)
