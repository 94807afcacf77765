"""What callers send about the five checks. Shapes only, as in `forms`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from duban.core.checks import Answer, Key, Result, Rule
from duban.core.kinds import MatterKind

from .forms import Day, Form, Optional, Text, one_of, whole


def _listed(value: object) -> object:
    """A list; in a form field its parts stand between commas."""
    return value.split(",") if isinstance(value, str) else value


List = Annotated[list[Text], BeforeValidator(_listed)]


class CheckForm(Form):
    """A check to start. `inspectors` are user names of the office; without a `seed` one is drawn."""

    checklist: Text = Field(json_schema_extra=one_of([key.value for key in Key]))
    rule: Text = Field(json_schema_extra=one_of([rule.value for rule in Rule]))
    size: Annotated[int, BeforeValidator(whole)]
    inspectors: List
    due_on: Day = None
    seed: Optional = ""
    unit: Optional = ""
    kind: Optional = Field("", json_schema_extra=one_of(["", *(kind.value for kind in MatterKind)]))


class FindingForm(Form):
    """What was found: one answer a question, in the checklist's order."""

    answers: List = Field(json_schema_extra={"items": {"enum": [answer.value for answer in Answer]}})
    result: Text = Field(json_schema_extra=one_of([result.value for result in Result]))
    note: Optional = ""


class AnnotationForm(Form):
    """A later word beside a finding."""

    text: Text


class InspectorForm(Form):
    """Who looks instead: a user name of the office."""

    inspector: Text


class CheckReportForm(Form):
    """What the check says in the end."""

    report: Text


class FindingOrderForm(Form):
    """A supervision order for a problem that was found."""

    colour: Text = Field(json_schema_extra=one_of(["green", "yellow", "red"]))
    demand: Text
    reply_by: Day = None


class ChecklistForm(Form):
    """A checklist's next version."""

    title: Text
    purpose: Text
    items: List
