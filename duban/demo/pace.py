"""When people do things: offices in office hours on workdays, citizens whenever they have time."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from duban.core.workdays import Calendar
from duban.core.zone import SHANGHAI, day_of, local

OPENS, SHUTS = time(8, 30), time(17, 20)
_HOURS = (7, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 15, 15, 16, 16, 17, 18, 19, 20, 20, 21, 22)


class Pace:
    """Draws instants by one calendar."""

    def __init__(self, calendar: Calendar, rng: random.Random) -> None:
        self._calendar = calendar
        self._rng = rng

    def at_office(self, day: date) -> datetime:
        """Some moment of a day's office hours."""
        opens = datetime.combine(day, OPENS, SHANGHAI)
        return opens + timedelta(seconds=self._rng.randrange(0, 8 * 3600 + 1800))

    def at_home(self, day: date) -> datetime:
        """Some moment of a day when citizens write: seldom at night."""
        moment = time(self._rng.choice(_HOURS), self._rng.randrange(60), self._rng.randrange(60))
        return datetime.combine(day, moment, SHANGHAI)

    def soon(self, since: datetime) -> datetime:
        """The office's next turn: within three hours while it is open, else on the next workday morning."""
        wait = timedelta(minutes=self._rng.randrange(15, 170))
        moment = local(since) + wait
        if self._calendar.is_workday(moment.date()) and OPENS <= moment.time() <= SHUTS:
            return moment
        if self._calendar.is_workday(moment.date()) and moment.time() < OPENS:
            return datetime.combine(moment.date(), OPENS, SHANGHAI) + wait
        day = moment.date() if moment.date() != day_of(since) and moment.time() < OPENS else day_of(since)
        return datetime.combine(self.workday(day, 1), OPENS, SHANGHAI) + wait

    def workday(self, day: date, count: int) -> date:
        """The count-th workday after a day; for 0 the day itself, or the next workday when it is none."""
        if count == 0:
            return day if self._calendar.is_workday(day) else self._calendar.nth_workday(day, 1)
        return self._calendar.nth_workday(day, count)

    def after(self, since: datetime, workdays: int) -> datetime:
        """In office hours so many workdays later; for 0 the same day if it can still be, else the next."""
        if workdays == 0:
            return self.soon(since)
        return self.at_office(self.workday(day_of(since), workdays))

    def some_time(self, since: datetime, days: int) -> datetime:
        """A citizen's moment up to so many days later, at least an hour after."""
        moment = self.at_home(day_of(since) + timedelta(days=self._rng.randint(0, days)))
        return max(moment, since + timedelta(minutes=self._rng.randrange(60, 200)))
