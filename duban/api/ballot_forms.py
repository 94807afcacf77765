"""What callers send about co-signing and ballots. Shapes only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from duban.core.kinds import Grade

from .forms import Day, Form, PetitionerForm, Text, one_of, whole


class CosigningForm(PetitionerForm):
    """Who wishes to co-sign."""


class CosigningCodeForm(Form):
    """The token of the asking, and the code that came to the mobile."""

    token: Text
    code: Text = Field(examples=["402718"])


class MobileForm(Form):
    """The mobile a voting code was to go to."""

    mobile: Text = Field(examples=["13974300101"])


class VoteForm(Form):
    """One vote: 1 and 2 are dissatisfied."""

    grade: Annotated[int, BeforeValidator(whole)] = Field(
        json_schema_extra=one_of([int(one) for one in Grade])
    )


class BallotForm(Form):
    """People added to the roll, who of the last roll is left off and why, and the last day; without it, as policy says."""

    extra: list[PetitionerForm] = []
    leaving: list[Annotated[int, BeforeValidator(whole)]] = Field([], examples=[[12]])
    leaving_reason: Text = ""
    closes_on: Day = None


class PapersForm(Form):
    """Who of the roll takes a paper, by the cards they show."""

    id_numbers: list[Text]


class BoxForm(Form):
    """How many papers of each grade lie in the box; every grade is named, also with none."""

    PATHS: ClassVar[Mapping[str, str]] = {"counts": "grades"}

    grades: dict[str, Annotated[int, BeforeValidator(whole)]] = Field(
        examples=[{"5": 3, "4": 0, "3": 0, "2": 0, "1": 1}]
    )


class CosignerRemovalForm(Form):
    """Why the co-signer is taken off."""

    reason: Text
