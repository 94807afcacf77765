"""Figures several public pages show: the census, the lights of the city and of its units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duban.core.census import Census
from duban.core.zone import day_of
from duban.ledgers.census import census, census_by_day, census_by_unit
from duban.matters.queries import UnitLights, lights_by_unit

RUN = 120  # days a trend looks back


@dataclass(frozen=True, slots=True)
class Lights:
    """How many matters run under each light."""

    green: int
    yellow: int
    red: int

    @property
    def total(self) -> int:
        """All that run."""
        return self.green + self.yellow + self.red


def census_of(now: datetime, *, as_of: date | None = None, unit: str = "") -> Census:
    """The six figures now, or as a day ended; of the city or of a unit."""
    return census(now, as_of=as_of, unit=unit or None)


def run_of(now: datetime, *, as_of: date | None = None, unit: str = "") -> Iterator[tuple[date, Census]]:
    """The census as each of the last 120 days ended."""
    last = as_of or day_of(now)
    back = min(timedelta(days=RUN - 1), last - date.min)
    return census_by_day(now, first=last - back, last=last, unit=unit or None)


def census_of_units(now: datetime, *, as_of: date | None = None) -> Mapping[str, Census]:
    """The census of every unit that ever held a matter, by code; together they are the city's."""
    return census_by_unit(now, as_of=as_of)


def units_by_light(now: datetime) -> Sequence[UnitLights]:
    """Every unit in service with its running matters, most red first."""
    return lights_by_unit(now)


def city_lights(units: Sequence[UnitLights]) -> Lights:
    """The units' lights added up."""
    return Lights(
        sum(unit.green for unit in units), sum(unit.yellow for unit in units), sum(unit.red for unit in units)
    )
