"""What callers send to merge matters and to ask units to assist. Shapes only; see `forms`."""

from __future__ import annotations

from pydantic import Field

from .forms import Day, Form, Text


class MergerForm(Form):
    """Into which matter, and why."""

    lead: Text = Field(description="Number of the matter that leads from here on.")
    reason: Text


class SeparationForm(Form):
    """Why it should go on alone."""

    reason: Text


class AssistRequestForm(Form):
    """Whom to ask (a unit's code) for what, until when."""

    unit: Text
    task: Text
    due_on: Day = None


class AssistReplyForm(Form):
    """What was done."""

    text: Text


class AssistRecallForm(Form):
    """Whose assist is taken back (a unit's code), and why."""

    unit: Text
    reason: Text
