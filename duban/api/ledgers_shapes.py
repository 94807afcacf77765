"""The shapes of the ledgers' answers, and what their calls take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from duban.core.ledger import Item, Ledger

from .forms import Form, Text, one_of
from .shapes import Moment, Number, Unit

Rate = str | None
ItemKey = Annotated[str, Field(json_schema_extra=one_of([item.value for item in Item]))]
LedgerKey = Annotated[str, Field(json_schema_extra=one_of([ledger.value for ledger in Ledger]))]


class RateOf(BaseModel):
    """So many of so many. `percent` is null where there is nothing to judge by."""

    part: int
    whole: int
    percent: Rate = Field(examples=["66.7%"])


class UnitRow(BaseModel):
    """A unit in the ranking. `matters` is how many rounds it completed; `rank` null: too few to rank."""

    unit: Unit
    matters: int
    response: RateOf
    resolution: RateOf
    satisfaction: RateOf
    score: int
    rank: int | None


class UnitRanking(BaseModel):
    """Every unit with anything to its account in the period, best first, the unranked last."""

    period: str = Field(examples=["2014-01", "2014-Q1"])
    least_matters: int
    items: list[UnitRow]
    next: None


class MonthRow(BaseModel):
    """A month of a unit's account: every item that is not nought."""

    month: str
    score: int
    counts: dict[str, int]


class UnitLedger(BaseModel):
    """The latest months in which anything was entered, the newest first."""

    unit: Unit
    items: list[MonthRow]
    next: None


class OfficialLedger(BaseModel):
    """An official's latest months, the newest first, as far as the account may read them."""

    official: int
    username: str
    display_name: str
    unit: Unit
    items: list[MonthRow]
    next: None


class OfficialRow(BaseModel):
    """An official with what stands to the account in the period; `official` goes into `/ledgers/entries`."""

    official: int
    username: str
    display_name: str
    counts: dict[str, int]


class UnitOfficials(BaseModel):
    """Who of a unit answers for anything in a period, in no order of merit."""

    unit: Unit
    period: str = Field(examples=["2014-01", "2014-Q1"])
    items: list[OfficialRow]
    next: None


class EventRef(BaseModel):
    """The event of the journal an entry follows from."""

    stream: str
    seq: int
    kind: str
    at: Moment
    hash: str


class AppealRow(BaseModel):
    """An appeal and its ruling. `by` is the account that appealed: the official, or the head for the unit."""

    by: int | None
    reason: str
    at: Moment
    ruling: Literal["pending", "upheld", "refused"]
    note: str
    ruled_at: Moment | None


class EntryRow(BaseModel):
    """One entry. `number` is 1, or -1 where it takes an earlier one back; the matter's number is `matter`.

    `official` is an account id (see `/me` and `/ledgers/units/{code}/officials`). `struck`: an upheld appeal took it back.
    """

    id: int
    ledger: LedgerKey
    item: ItemKey
    number: int
    month: str
    unit: Unit
    official: int | None
    matter: Number | None
    event: EventRef
    struck: bool
    answer: str | None
    appeal: AppealRow | None


class EntryList(BaseModel):
    """A page of entries, the newest first."""

    items: list[EntryRow]
    next: str | None


class ScoreTable(BaseModel):
    """The points as last amended; `since` is the month from which they score, null for the first version."""

    version: int
    since: str | None
    weights: dict[str, int]


class ScoreVersionRow(BaseModel):
    """An amended version: the points it gave every item, from which month on, and why."""

    version: int
    since: str
    at: Moment
    by: str
    note: str
    weights: dict[str, int]


class ScoreVersions(BaseModel):
    """The amended versions, the newest first; the first one, never amended, comes before them all."""

    items: list[ScoreVersionRow]
    next: None


class TrialPlace(BaseModel):
    """Where a unit stands by one version of the points; `rank` null: too few to rank."""

    score: int
    rank: int | None


class TrialRow(BaseModel):
    """A unit by the points in force, and by the draft."""

    unit: Unit
    matters: int
    now: TrialPlace
    draft: TrialPlace


class ScoreTrial(BaseModel):
    """What a draft would have made of the last whole quarter, in the draft's order. Nothing is stored."""

    period: str
    items: list[TrialRow]
    next: None


class ScoreTrialForm(Form):
    """The points to try, by item; the others as they are."""

    weights: dict[Text, int]


class EntryAnswerForm(Form):
    """One's own words, or the unit's."""

    text: Text


class EntryAppealForm(Form):
    """Why the entry should not stand."""

    reason: Text


class AppealRulingForm(Form):
    """Upheld or not, and why."""

    upheld: bool
    note: Text


class ScoresForm(Form):
    """The points to change, by item, and why."""

    weights: dict[Text, int]
    note: Text
