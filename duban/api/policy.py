"""The policy figures: what holds, every version there was, and amending them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from duban.catalogue.book import book
from duban.catalogue.policies import amend_policy
from duban.catalogue.queries import policy_versions
from duban.core.policy import Policy, bounds
from duban.core.rights import Verb, require
from duban.people.queries import staff_names

from .answers import Json, answer, moment
from .bodies import digest_of, read
from .document import takes
from .forms import Form, Optional, Text
from .keys import Bearer, StaffRequest
from .retries import once
from .shapes import Moment

router = Router(tags=["settings"], auth=Bearer())
Figures = dict[str, int | bool]


class PolicyForm(Form):
    """Figures to change, by name; the others stay as they are."""

    figures: dict[Text, Any] = Field(
        json_schema_extra={"additionalProperties": {"type": ["integer", "boolean"]}},
        examples=[{"callback_days": 8}],
    )
    note: Optional = Field("", description="Why. At most 200 characters.")


class Bound(BaseModel):
    """The least and the most a figure may be."""

    least: int
    most: int


class PolicyTable(BaseModel):
    """The figures in force and how far each may go. `version` null: the built-in ones, never amended."""

    version: int | None
    figures: Figures
    bounds: dict[str, Bound]


class PolicyVersionRow(BaseModel):
    """A version: when, by whom, why, and every figure in it."""

    version: int
    at: Moment
    by: str
    note: str
    figures: Figures


class PolicyVersions(BaseModel):
    """Every version, the newest first."""

    items: list[PolicyVersionRow]
    next: None


@router.get("/policy", response=PolicyTable, summary="The policy figures in force")
def see_policy(request: StaffRequest) -> HttpResponse:
    """For the office. What a figure means stands in the rules; a promise already made keeps the ones it was made by."""
    require(request.auth.actor, Verb.AMEND_POLICY)
    return answer(_table())


@router.get("/policy/versions", response=PolicyVersions, summary="Every version of the policy figures")
def list_policy_versions(request: StaffRequest) -> HttpResponse:
    """The newest first; empty while the built-in figures hold."""
    require(request.auth.actor, Verb.AMEND_POLICY)
    known = policy_versions()
    names = _names(version.by for version in known)
    items = [
        {
            "version": one.number,
            "at": moment(one.at),
            "by": names.get(one.by, one.by),
            "note": one.note,
            "figures": one.figures,
        }
        for one in known
    ]
    return answer({"items": items, "next": None})


@router.post("/policy", response=PolicyTable, summary="Amend the policy figures", **takes(PolicyForm))
def change_policy(request: StaffRequest) -> HttpResponse:
    """The new version holds from now on."""
    form, now, actor = read(request, PolicyForm), timezone.now(), request.auth.actor

    def deed() -> Json:
        amend_policy(figures=form.figures, note=form.note, actor=actor, now=now)
        return _table()

    return once(request, actor.key, digest_of(form), deed, now=now)


def _table() -> Json:
    known = policy_versions()
    limits = {
        figure.name: bounds(figure.name) for figure in fields(Policy) if not isinstance(figure.default, bool)
    }
    return {
        "version": known[0].number if known else None,
        "figures": book().policy.as_dict(),
        "bounds": {name: {"least": low, "most": high} for name, (low, high) in limits.items()},
    }


def _names(keys: Iterable[str]) -> Mapping[str, str]:
    ids = {int(number) for key in keys if (number := key.removeprefix("staff:")).isdigit()}
    return {f"staff:{pk}": name for pk, name in staff_names(ids).items()}
