"""What callers send. Shapes only: whether it may be done, and every sentence about it, is the verb's.

Fields nobody knows are ignored, so that a client may send more than this version reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from duban.core.kinds import CallbackResult, ContactMethod, Grade, MatterKind, Outcome

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOBODYS = -1  # what no standard and no grade is
LARGEST = 2**62


def storable(text: str) -> str:
    """The text, if a database can hold it: no NUL, no half of a surrogate pair."""
    if _UNSTORABLE.search(text):
        raise PydanticCustomError("text_characters", "NUL or a lone surrogate")
    return text


def _or_empty(value: object) -> object:
    return "" if value is None else value


def as_day(value: object) -> object:
    """Only YYYY-MM-DD: pydantic alone would take instants and seconds since 1970 too."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("date_shape", "not a day")


def whole(value: object) -> int:
    """A whole number, also as digits in a form field; anything else is a number nobody has."""
    if value is None:
        raise PydanticCustomError("required", "null")
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value.strip()[:20])
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return value
    return NOBODYS


def _standard(value: object) -> int | None:
    """The id of a standard. Free text is no choice at all: the verb then says what to do instead."""
    number = NOBODYS if value is None else whole(value)
    return None if number == NOBODYS and not isinstance(value, int) else number


Text = Annotated[str, AfterValidator(storable)]
Optional = Annotated[Text, BeforeValidator(_or_empty)]
Day = Annotated[date | None, BeforeValidator(as_day), Field(json_schema_extra={"examples": ["2014-02-10"]})]


def one_of(choices: list[Any]) -> Any:
    """What the API document says of a closed list; the verb itself refuses others, with its own sentence."""
    return {"enum": choices}


class Form(BaseModel):
    """A request's content. `PATHS` maps a verb's field to the name the caller knows it under."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    PATHS: ClassVar[Mapping[str, str]] = {}


class PetitionerForm(Form):
    """Real name, 18-character ID number, mobile. Kept sealed, shown masked."""

    name: Text = Field(examples=["罗家祥"])
    id_number: Text = Field(examples=["433101196503120015"])
    mobile: Text = Field(examples=["13874300001"])


_IDENTITY = {field: f"petitioner.{field}" for field in ("name", "id_number", "mobile")}


class DeskRegistrationForm(Form):
    """A matter registered at a terminal on someone's behalf; a leader's directive has no petitioner."""

    PATHS = _IDENTITY

    kind: Text = Field(json_schema_extra=one_of([kind.value for kind in MatterKind]))
    title: Text = Field(description="At most 60 characters.", examples=["坪朗村三组停水十二天"])
    body: Text = Field(description="At most 2,000 characters.")
    place: Optional = ""
    unit: Optional = Field(
        "", description="Code of the unit wished for; without it the routing rules decide."
    )
    confidential: bool = False
    publish: bool = False
    collective: bool = False
    previous: Optional = Field("", description="Number of an earlier matter this one follows.")
    petitioner: PetitionerForm | None = None


class RegistrationForm(DeskRegistrationForm):
    """A matter."""

    kind: Text = Field(
        json_schema_extra=one_of([kind.value for kind in MatterKind if kind is not MatterKind.DIRECTIVE])
    )
    petitioner: PetitionerForm


class AdditionForm(Form):
    """Something the petitioner adds."""

    text: Text


class VerdictForm(Form):
    """The petitioner's judgement: 3 to 5 close the matter, 1 and 2 reopen it."""

    grade: Annotated[int, BeforeValidator(whole)] = Field(
        json_schema_extra=one_of([int(one) for one in Grade])
    )
    comment: Optional = ""


class WithdrawalForm(Form):
    """Taking the matter back."""

    reason: Optional = ""


class AssignmentForm(Form):
    """Giving the matter to a unit."""

    unit: Text
    urgent: bool | None = Field(
        None, description="Sets or clears the urgent class: two hours round the clock."
    )


class HandOverForm(Form):
    """To another handler of the same unit."""

    handler: Text = Field(description="A user name.")


class ContactForm(Form):
    """How the petitioner was reached, and what was said."""

    method: Text = Field(json_schema_extra=one_of([one.value for one in ContactMethod]))
    note: Text


class AcceptanceForm(Form):
    """Contact, one standard of the unit's own list, and perhaps an earlier day than its limit."""

    PATHS = {"contact_method": "contact.method", "contact_note": "contact.note"}

    contact: ContactForm
    standard: Annotated[int | None, BeforeValidator(_standard)] = Field(
        None, description="The id of a catalogue item. Free text is refused: standard_missing."
    )
    due_on: Day = None


class ProgressForm(Form):
    """How it stands."""

    note: Text


class CompletionForm(Form):
    """The completion statement. `why` is needed for partly and cannot."""

    outcome: Text = Field(json_schema_extra=one_of([one.value for one in Outcome]))
    statement: Text
    why: Optional = ""
    public_reply: Optional = ""


class ReturnRequestForm(Form):
    """Not ours, and whose it should be (a unit's code)."""

    PATHS = {"suggested": "suggested_unit"}

    reason: Text
    suggested_unit: Text


class ReturnRulingForm(Form):
    """Granted, it goes back to the office, or on to `unit` at once."""

    granted: bool
    note: Optional = Field("", description="Needed when not granted.")
    unit: Optional = ""


class ExtensionRequestForm(Form):
    """A later day, and why."""

    reason: Text
    due_on: Day


class ExtensionRulingForm(Form):
    """Granted, the clock is set to the wanted day."""

    granted: bool
    note: Optional = Field("", description="Needed when not granted.")


class CallbackForm(Form):
    """What came of ringing a silent petitioner."""

    result: Text = Field(json_schema_extra=one_of([one.value for one in CallbackResult]))
    note: Text


class UnmaskingForm(Form):
    """Why the real data must be seen. The look is written down."""

    reason: Text


class ApprovalForm(Form):
    """The texts to publish, without personal data."""

    title: Text
    summary: Text
    reply: Optional = ""


class TakedownForm(Form):
    """Why it is taken down. The reason is public."""

    reason: Text


class NothingForm(Form):
    """Nothing to say."""
