"""Figures for server-drawn SVG: positions and widths, reckoned here so that templates only draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from duban.core.census import Census, Status

from . import formats, words

WIDTH = 600
GAP = 1.5
TREND_WIDTH, TREND_HEIGHT = 640, 200
TONES = {
    Status.CLOSED: "tone-1",
    Status.PENDING_REVIEW: "tone-2",
    Status.HANDLING: "tone-3",
    Status.ACCEPTING: "tone-4",
    Status.OVERDUE_ACCEPTANCE: "is-red",
    Status.OVERDUE_COMPLETION: "is-red",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One status of the census: its share of a bar 600 wide, and its figure."""

    key: str
    word: str
    count: int
    tone: str
    x: float
    width: float


def census_parts(census: Census) -> list[Part]:
    """The six statuses from left to right. A status that has matters is never thinner than 3."""
    total, x, parts = census.total, 0.0, []
    present = [status for status in TONES if census.counts[status]]
    room = WIDTH - GAP * max(0, len(present) - 1) - 3 * len(present)
    for status, tone in TONES.items():
        count = census.counts[status]
        width = round(3 + room * count / total, 1) if count else 0.0
        parts.append(Part(status.value, words.status(status), count, tone, round(x, 1), width))
        x += width + GAP if count else 0
    return parts


def census_label(census: Census) -> str:
    """The census as one sentence, for those who hear the page: 办结销号 317，办结待审核 110 …"""
    return gettext("，").join(f"{words.status(status)} {census.counts[status]}" for status in TONES)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Registered and closed until a day ended."""

    day: date
    registered: int
    closed: int

    @property
    def open(self) -> int:
        """Registered and not closed."""
        return self.registered - self.closed


@dataclass(frozen=True, slots=True)
class Trend:
    """Two areas in a box 640 × 200: what was registered, and in front of it what was closed of that."""

    registered: str
    closed: str
    top: int
    ticks: list[tuple[float, str]]
    days: list[DayFigures]

    @property
    def weekly(self) -> list[DayFigures]:
        """Every seventh day back from the last, newest first: the table behind the drawing."""
        return self.days[::-7]


def trend(days: Iterable[tuple[date, Census]]) -> Trend | None:
    """The run of a census over at least two days; None where nothing was registered yet."""
    figures = [DayFigures(day, one.total, one.counts[Status.CLOSED]) for day, one in days]
    top = max((one.registered for one in figures), default=0)
    if top == 0 or len(figures) < 2:
        return None
    step = TREND_WIDTH / (len(figures) - 1)
    ticks = [
        (round(n * step, 1), formats.month(one.day)) for n, one in enumerate(figures) if one.day.day == 1
    ]
    return Trend(
        registered=_area([one.registered for one in figures], top, step),
        closed=_area([one.closed for one in figures], top, step),
        top=top,
        ticks=ticks,
        days=figures,
    )


def _area(values: list[int], top: int, step: float) -> str:
    """The corners of an area under a line, for `<polygon points>`."""
    line = [
        f"{n * step:.1f},{TREND_HEIGHT - value * TREND_HEIGHT / top:.1f}" for n, value in enumerate(values)
    ]
    return " ".join([f"0,{TREND_HEIGHT}", *line, f"{TREND_WIDTH},{TREND_HEIGHT}"])
