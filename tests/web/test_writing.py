"""How dates, spans, deadlines and charts are written and drawn; the 2014 cases of the source."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from django.utils import translation

from duban.core.census import Census, Status
from duban.core.lights import Clock, Margin
from duban.core.refusal import Refused, TooMany
from duban.core.workdays import Calendar, DayKind, SpecialDay, YearStatus
from duban.web import formats
from duban.web.charts import GAP, WIDTH, census_label, census_parts, trend
from duban.web.deadline import explained
from duban.web.wording import told
from tests.city import at

SPRING = {date(2014, 1, 31): "春节", **{date(2014, 2, day): "春节" for day in range(1, 7)}}
CALENDAR = Calendar(
    {2014: YearStatus.ANNOUNCED, 2015: YearStatus.PROVISIONAL},
    {
        **{day: SpecialDay(DayKind.HOLIDAY, name) for day, name in SPRING.items()},
        date(2014, 2, 8): SpecialDay(DayKind.MAKEUP, "春节"),
    },
)


def test_dates_are_tight_and_carry_their_weekday() -> None:
    assert formats.day(date(2014, 2, 10)) == "2月10日"
    assert formats.day(date(2013, 12, 9)) == "2013年12月9日"
    assert formats.day_and_weekday(at("2014-02-10 23:59")) == "2月10日 周一"
    assert formats.full_day(date(2014, 4, 7)) == "2014年4月7日 星期一"
    assert formats.moment(at("2014-02-10 16:40")) == "2月10日 16:40"
    assert formats.moment(None) == formats.day(None) == formats.day_and_weekday(None) == ""
    assert formats.iso(at("2014-02-10 16:40")) == "2014-02-10T16:40:00+08:00"
    with translation.override("en"):
        assert formats.day_and_weekday(date(2014, 2, 10)) == "Mon 10 Feb"
        assert formats.full_day(date(2014, 4, 7)) == "Monday, 7 Apr 2014"


def test_a_moment_is_one_of_shanghai() -> None:
    assert formats.moment(at("2014-02-10 00:30").astimezone(tz=None)) == "2月10日 00:30"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2014-02-07 09:00", "还剩 2 个工作日"),
        ("2014-02-08 23:00", "还剩 1 个工作日"),
        ("2014-02-10 10:00", "还剩 13 小时"),
        ("2014-02-10 23:59", "还剩 1 分钟"),
        ("2014-02-11 09:00", "已超 9 小时"),
        ("2014-02-15 09:00", "已超 4 天"),
    ],
)
def test_what_remains(now: str, words: str) -> None:
    due = at("2014-02-10 23:59") + timedelta(seconds=59)
    assert formats.remaining(due, at(now), CALENDAR) == words


def test_what_stands_beside_a_stopped_light() -> None:
    assert formats.margin_words(Margin(1, 0)) == "提前 1 个工作日"
    assert formats.margin_words(Margin(0, 0)) == "最后一天"
    assert formats.margin_words(Margin(0, 3)) == "超 3 天"
    assert formats.margin_words(None) == ""
    start = at("2014-02-07 09:00")
    stopped = Clock(start, start, start, start)
    assert formats.due_words(stopped, start, CALENDAR) == ""


def test_text_is_escaped_line_by_line() -> None:
    assert formats.paragraphs("一<b>\n\n 二 ") == "<p>一&lt;b&gt;</p><p>二</p>"


def test_the_deadline_of_30_january_2014_day_by_day() -> None:
    lines = CALENDAR.explain(date(2014, 1, 30), date(2014, 2, 10))
    why = explained(lines, started="承诺", start_text="作出承诺，当天不算")
    assert [(step.days, step.text, step.ordinal) for step in why.steps] == [
        ("1月30日 周四", "作出承诺，当天不算", ""),
        ("1月31日至2月6日", "春节放假，不算", ""),
        ("2月7日 周五", "上班", "第 1 天"),
        ("2月8日 周六", "调休上班，要算", "第 2 天"),
        ("2月9日 周日", "休息，不算", ""),
        ("2月10日 周一", "算到 23:59:59", "第 3 天"),
    ]
    assert len(why.weeks) == 3
    cells = {cell.label: cell for week in why.weeks for cell in week}
    assert cells["1/27"].css == "out"
    assert cells["30"].note == "承诺"
    assert (cells["31"].css, cells["31"].flag, cells["31"].note) == ("off", "休", "春节")
    assert cells["2/1"].note == ""  # a holiday says its name once
    assert (cells["8"].css, cells["8"].flag) == ("day makeup", "班")
    assert (cells["10"].css, cells["10"].note) == ("due", "第 3 天")
    assert why.provisional is None


def test_a_provisional_year_says_so_and_a_run_of_days_is_short() -> None:
    lines = CALENDAR.explain(date(2015, 1, 9), date(2015, 1, 12))
    why = explained(lines, started="", start_text="")
    assert why.provisional == 2015
    assert why.steps[1].days == "2015年1月10日至11日"


def test_the_census_bar_is_a_partition() -> None:
    figures = (317, 110, 47, 4, 14, 5)
    census = Census.of(zip(Status, figures, strict=True))
    parts = census_parts(census)
    assert sum(part.count for part in parts) == 497
    assert parts[-1].x + parts[-1].width == pytest.approx(WIDTH, abs=1)
    for left, right in itertools.pairwise(parts):
        assert right.x == pytest.approx(left.x + left.width + GAP, abs=0.2)
    assert min(part.width for part in parts) >= 3
    assert census_label(census).startswith("办结销号 317，办结待审核 110，办理中 47")


def test_an_empty_census_draws_nothing() -> None:
    parts = census_parts(Census.of(()))
    assert all(part.width == 0 for part in parts)


def test_days_in_a_refusal_are_written_like_everywhere() -> None:
    refused = Refused("due_too_late", limit=3, latest=date(2014, 2, 10))
    assert told(refused) == "承诺期限不能比清单宽：清单是 3 个工作日，最晚到 2月10日 周一。"
    assert "2 分钟" in told(TooMany("account_locked", retry_after=61))


def test_a_trend_needs_something_to_show() -> None:
    day = date(2014, 1, 31)
    nothing = [(day, Census.of(())), (day + timedelta(days=1), Census.of(()))]
    assert trend(nothing) is None
    assert trend([(day, Census.of([(Status.CLOSED, 1)]))]) is None


def test_a_trend_ends_where_the_figures_do() -> None:
    first = date(2014, 1, 25)
    days = [
        (first + timedelta(days=n), Census.of([(Status.CLOSED, n), (Status.HANDLING, 2)])) for n in range(11)
    ]
    drawn = trend(days)
    assert drawn is not None
    assert drawn.top == 12
    assert drawn.registered.startswith("0,200 0.0,166.7 ")
    assert drawn.registered.endswith("640.0,0.0 640,200")
    assert drawn.ticks == [(448.0, "2月")]
    assert [(one.registered, one.closed, one.open) for one in drawn.weekly] == [(12, 10, 2), (5, 3, 2)]
