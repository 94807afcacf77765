"""Who issues what is printed: the supervision office, with its city."""

from __future__ import annotations

from django.conf import settings

from duban.people.units import office_code

from .units import unit_named


def masthead() -> str:
    """吉首市委市政府督查室, as it stands on top of orders, reports and result sheets."""
    return of_city(settings.CITY, unit_named(office_code()))


def of_city(city: str, office: str) -> str:
    """The city's name before the office's own, which may begin with 市 already."""
    return f"{city.removesuffix('市')}{office}" if office.startswith("市") else f"{city}{office}"
