"""The shapes of answers about co-signing and ballots. No result before a ballot is closed."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from .shapes import Moment, Number, Unit

OutcomeKey = Literal["passed", "blocked", "no_quorum"]


class BallotResult(BaseModel):
    """What came of a ballot: blocked when three times the dissatisfied exceed the votes."""

    outcome: OutcomeKey
    votes: int
    dissatisfied: int
    grades: dict[str, int] = Field(examples=[{"5": 2, "4": 1, "3": 0, "2": 1, "1": 0}])
    closed_at: Moment


class Ballot(BaseModel):
    """A ballot: `over` is one whose time is up and whose votes are being counted."""

    number: Number
    round: int
    state: Literal["open", "over", "closed"]
    opened_at: Moment
    closes_at: Moment
    roll: int
    votes: int
    papers_out: int
    quorum_percent: int
    votes_needed: int = Field(
        description="The quorum as a number of people: fewer votes, and the ballot is void."
    )
    result: BallotResult | None


class Invitation(BaseModel):
    """The link others co-sign by; its last part is the token."""

    token: str
    link: str
    cosigned: int


class Cosigning(BaseModel):
    """What is co-signed, without anybody's name."""

    number: Number
    title: str
    body: str
    cosigned: int
    open: bool


class CodeSent(BaseModel):
    """The code is on its way, unless there is no need of one; the token goes with it."""

    state: Literal["code_sent"]
    token: str


class CodeAsked(BaseModel):
    """Heard. Whether a code is sent is not said: who is on the roll is nobody else's business."""

    state: Literal["asked"]


class Cosigned(BaseModel):
    """The co-signer counts."""

    state: Literal["cosigned"]


class RollLine(BaseModel):
    """Somebody on the roll, masked. `voted` online; whether a paper taken was brought back nobody knows."""

    id: int
    name: str
    id_number: str
    voted: bool
    paper_taken: bool
    route: Literal["online", "paper"] | None


class CoSigner(BaseModel):
    """Somebody who has co-signed, masked."""

    id: int
    name: str
    id_number: str
    at: Moment


class PaperBox(BaseModel):
    """The paper box of a running ballot: papers handed out, who entered the first count, whether two counts agreed.

    It can be counted from `counting_from` on, the start of the last day, or once everybody has voted or taken a paper:
    `countable` says whether now. From the first count on no more papers are handed out.
    """

    papers: int
    first_by: str | None
    counted: bool
    counting_from: Moment
    countable: bool


class RollChange(BaseModel):
    """From the last ballot's roll to the next: who is not on it any more was left off or removed for these reasons."""

    last: int
    roll: int
    gone: int
    joined: int
    reasons: list[str]


class DeskBallot(BaseModel):
    """The co-signers, the latest ballot, and the roll: for office and terminals; others who see the matter get them empty.

    `next` goes into `after` for more of the roll, `cosigners_next` into `signed` for more of the co-signers.
    """

    cosigned: int
    next_roll: RollChange | None = Field(
        description="For the office after a ballot: the next roll before anybody is added or left off."
    )
    cosigners: list[CoSigner]
    cosigners_next: str | None
    ballot: Ballot | None
    box: PaperBox | None
    roll: list[RollLine]
    next: str | None


class RunningBallots(BaseModel):
    """A page of the running ballots, what closes first comes first; or of those closed, the latest first."""

    items: list[Ballot]
    next: str | None


class Counter(BaseModel):
    """Who counted the paper box."""

    name: str
    unit: Unit
    at: Moment


class PastBallot(Ballot):
    """A ballot of a matter, with the two who counted its papers, and how its roll differs from the one before."""

    roll_change: RollChange | None

    counters: list[Counter]


class MatterBallots(BaseModel):
    """Every ballot of a matter, the latest first."""

    items: list[PastBallot]
    next: None


class WaitingMatter(BaseModel):
    """A completed collective matter without a running ballot."""

    number: Number
    title: str
    unit: Unit
    completed_at: Moment


class WaitingMatters(BaseModel):
    """A page of them, the longest waiting first."""

    items: list[WaitingMatter]
    next: str | None


class Counted(BaseModel):
    """What came of a count of the box: `differed` voids both."""

    count: Literal["first", "agreed", "differed"]
    ballot: Ballot
