"""Figures several public pages show: the census, the lights of the city and of its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duban.core.census import Census
from duban.ledgers.census import census
from duban.matters.queries import UnitLights, lights_by_unit


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


def units_by_light(now: datetime) -> Sequence[UnitLights]:
    """Every unit in service with its running matters, most red first."""
    return lights_by_unit(now)


def city_lights(units: Sequence[UnitLights]) -> Lights:
    """The units' lights added up."""
    return Lights(
        sum(unit.green for unit in units), sum(unit.yellow for unit in units), sum(unit.red for unit in units)
    )
