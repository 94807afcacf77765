"""The cockpit's charts in figures: positions and widths of server-drawn SVG, so that templates only draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duban.core.ageing import BANDS
from duban.ledgers.trends import Week
from duban.matters.glance import Ageing
from duban.matters.queries import UnitLights

BAR, HEIGHT, WIDTH = 600, 160, 640


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a horizontal bar: what it stands for, how many, from where, how wide."""

    key: str
    count: int
    x: float
    width: float


def stacked(counts: Sequence[tuple[str, int]], most: int) -> list[Piece]:
    """The parts of a bar that is 600 wide when it holds `most`; what there is is never thinner than 3."""
    pieces, x = [], 0.0
    room = BAR - 4.5 * len(counts)
    for key, count in counts:
        if count:
            width = round(3 + room * count / max(most, 1), 1)
            pieces.append(Piece(key, count, round(x, 1), width))
            x += width + 1.5
    return pieces


def unit_bars(units: Sequence[UnitLights]) -> list[tuple[UnitLights, list[Piece]]]:
    """Each unit with its bar: red, yellow, green; the longest fills the width."""
    most = max((unit.total for unit in units), default=0)
    return [
        (one, stacked([("red", one.red), ("yellow", one.yellow), ("green", one.green)], most))
        for one in units
    ]


def age_bars(ages: Sequence[Ageing]) -> list[tuple[str, int, list[Piece]]]:
    """Each band of ages: its key, its sum, and its bar by state."""
    sums = {band.key: sum(one.counts[band.key] for one in ages) for band in BANDS}
    most = max(sums.values())
    return [
        (key, total, stacked([(one.state.value, one.counts[key]) for one in ages], most))
        for key, total in sums.items()
    ]


@dataclass(frozen=True, slots=True)
class Column:
    """A week as two columns, registered and closed, and the point its overdue figure stands at."""

    week: Week
    x: float
    registered: float
    closed: float
    overdue: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Twelve weeks in a box 640 × 160, and the line of what was overdue in another one."""

    columns: Sequence[Column]
    step: float
    overdue: str

    @property
    def last(self) -> Column:
        """The week that ends with the day asked for."""
        return self.columns[-1]


def weekly(weeks: Sequence[Week]) -> Columns | None:
    """The weeks as columns; None where nothing was registered or closed, and nothing overdue."""
    most = max((max(week.registered, week.closed) for week in weeks), default=0)
    late = max((week.overdue for week in weeks), default=0)
    if most == 0 and late == 0:
        return None
    step = WIDTH / len(weeks)
    columns = [
        Column(
            week,
            round(n * step, 1),
            round(week.registered * HEIGHT / max(most, 1), 1),
            round(week.closed * HEIGHT / max(most, 1), 1),
            round(HEIGHT - week.overdue * HEIGHT / max(late, 1), 1),
        )
        for n, week in enumerate(weeks)
    ]
    line = " ".join(f"{one.x + step / 2:.1f},{one.overdue}" for one in columns)
    return Columns(columns, step, line)
