"""The two ledgers (domain rule 16): what an event of the journal enters to the account of a unit and of an official.

绩效账, the performance ledger, says what was achieved; 作风账, the conduct ledger, how it was done. Nothing is entered
by hand: every entry follows from one event, and an upheld appeal adds a counter-entry rather than change one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from .events import CONSUMERS, Consumer, Kind
from .kinds import Grade, Outcome
from .zone import day_of


class Ledger(StrEnum):
    """Which of the two."""

    PERFORMANCE = "performance"  # 绩效账
    CONDUCT = "conduct"  # 作风账


class Item(StrEnum):
    """What can stand in a ledger."""

    ACCEPTED_ON_TIME = "accepted_on_time"
    ACCEPTED_LATE = "accepted_late"
    COMPLETED_ON_TIME = "completed_on_time"
    COMPLETED_LATE = "completed_late"
    SOLVED = "solved"
    ANSWERED = "answered"
    PARTLY = "partly"
    CANNOT = "cannot"
    SATISFIED = "satisfied"  # a verdict of grades 3 to 5
    DISSATISFIED = "dissatisfied"  # grades 1 and 2
    BALLOT_PASSED = "ballot_passed"
    BALLOT_BLOCKED = "ballot_blocked"
    ASSIST_ON_TIME = "assist_on_time"
    ASSIST_LATE = "assist_late"
    RETURNED = "returned"  # a granted return: it was not theirs
    REOPENED = "reopened"
    RED_LIGHT = "red_light"  # whoever held the matter when the boundary passed (rule 1)
    ORDER_GREEN = "order_green"
    ORDER_YELLOW = "order_yellow"
    ORDER_RED = "order_red"
    CHECK_PASSED = "check_passed"
    CHECK_FAILED = "check_failed"


LEDGER_OF: Mapping[Item, Ledger] = MappingProxyType(
    {
        item: Ledger.CONDUCT
        if item
        in {
            Item.ACCEPTED_LATE,
            Item.COMPLETED_LATE,
            Item.ASSIST_LATE,
            Item.RETURNED,
            Item.REOPENED,
            Item.RED_LIGHT,
            Item.ORDER_GREEN,
            Item.ORDER_YELLOW,
            Item.ORDER_RED,
            Item.CHECK_PASSED,
            Item.CHECK_FAILED,
        }
        else Ledger.PERFORMANCE
        for item in Item
    }
)
"""Every item stands in exactly one ledger."""

_ORDERS = {"green": Item.ORDER_GREEN, "yellow": Item.ORDER_YELLOW, "red": Item.ORDER_RED}


class Entered(NamedTuple):
    """One entry. `month` is YYYY-MM in Shanghai; `number` is 1, or -1 where an earlier entry is taken back.

    `staff` is the account of the official who answers for it, None where only the unit does.
    """

    item: Item
    unit: str
    staff: int | None
    month: str
    number: int

    @property
    def ledger(self) -> Ledger:
        """Which ledger it stands in."""
        return LEDGER_OF[self.item]


ENTERING = frozenset(kind for kind, readers in CONSUMERS.items() if Consumer.LEDGERS in readers)
"""The kinds of event the ledgers are told of."""

APPEAL_WORKDAYS = 10  # from the event an entry follows from; after that it stands
UNIT = 0  # where an account's official would stand: the unit as a whole


class Account(NamedTuple):
    """What is added up: one item of a unit as a whole (`staff` is `UNIT`) or of one official there, in a month."""

    unit: str
    staff: int
    month: str
    item: Item


def totals(many: Iterable[Entered]) -> Counter[Account]:
    """Entries added up by account; an entry an official answers for counts with the unit too.

    Noughts are left out: two entries that take each other back are as if neither had been.
    """
    counts: Counter[Account] = Counter()
    for item, unit, staff, month, number in many:
        counts[Account(unit, UNIT, month, item)] += number
        if staff is not None:
            counts[Account(unit, staff, month, item)] += number
    return Counter({account: number for account, number in counts.items() if number})


def month_of(at: datetime) -> str:
    """The month of an instant in Shanghai, as YYYY-MM."""
    return f"{day_of(at):%Y-%m}"


def entries(
    kind: Kind, at: datetime, facts: Mapping[str, Any], *, struck: Collection[int] = frozenset()
) -> Iterator[Entered]:
    """What an event enters. Nothing for kinds that concern no account; the same event always enters the same.

    An upheld appeal and a recalled order put the month right in which the entry stands, so that no later month is
    bent by it and none ever counts below nought. `struck` are the orders (ids) whose entry an upheld appeal has
    taken back (`struck_order`): recalling one takes nothing back again.
    """
    if kind is Kind.ORDER_RECALLED and facts.get("order") in struck:
        return
    month = facts.get("month") if kind in (Kind.APPEAL_RULED, Kind.ORDER_RECALLED) else None
    month = month or month_of(at)  # a recall from before it said whose month it puts right: its own
    for item, unit, staff, number in _items(kind, facts):
        yield Entered(item, unit, staff, month, number)


def struck_order(kind: Kind, facts: Mapping[str, Any]) -> int | None:
    """The order (id) whose entry this event takes back by an upheld appeal; None: none."""
    return facts.get("order") if kind is Kind.APPEAL_RULED and facts["upheld"] else None


def _items(kind: Kind, facts: Mapping[str, Any]) -> Iterator[tuple[Item, str, int | None, int]]:
    handler = facts.get("handler")
    match kind:
        case Kind.MATTER_ACCEPTED:
            yield _timely(facts, Item.ACCEPTED_ON_TIME, Item.ACCEPTED_LATE), _holder(facts), handler, 1
        case Kind.MATTER_COMPLETED:
            yield _timely(facts, Item.COMPLETED_ON_TIME, Item.COMPLETED_LATE), _holder(facts), handler, 1
            yield Item(Outcome(facts["outcome"]).value), _holder(facts), handler, 1
        case Kind.MATTER_REOPENED:
            yield Item.REOPENED, _holder(facts), handler, 1
        case Kind.VERDICT_GIVEN if facts.get("unit"):
            judged = Item.SATISFIED if Grade(facts["grade"]).closes else Item.DISSATISFIED
            yield judged, facts["unit"], handler, 1
        case Kind.RETURN_GRANTED:
            yield Item.RETURNED, facts["was"]["unit"], None, 1
        case Kind.ALARM_RAISED if facts["boundary"] == "red":
            yield Item.RED_LIGHT, facts["unit"], handler, 1
        case Kind.ASSIST_REPLIED:
            yield _timely(facts, Item.ASSIST_ON_TIME, Item.ASSIST_LATE), facts["unit"], handler, 1
        case Kind.BALLOT_CLOSED if facts["outcome"] == "passed":
            yield Item.BALLOT_PASSED, facts["unit"], handler, 1
        case Kind.BALLOT_CLOSED if facts["outcome"] == "blocked":
            yield Item.BALLOT_BLOCKED, facts["unit"], handler, 1
        case Kind.ORDER_ISSUED:
            yield _ORDERS[facts["colour"]], facts["unit"], handler, 1
        case Kind.ORDER_RECALLED:
            yield _ORDERS[facts["colour"]], facts["unit"], handler, -1
        case Kind.FINDING_RECORDED if facts.get("unit"):
            item = Item.CHECK_PASSED if facts["result"] == "ok" else Item.CHECK_FAILED
            yield item, facts["unit"], handler, 1
        case Kind.APPEAL_RULED if facts["upheld"]:
            yield Item(facts["item"]), facts["unit"], facts["staff"], -int(facts["number"])
        case _:
            return


def _holder(facts: Mapping[str, Any]) -> str:
    """Who holds the matter after the event that moved it."""
    return str(facts["now"]["unit"])


def _timely(facts: Mapping[str, Any], on_time: Item, late: Item) -> Item:
    return late if facts.get("late") else on_time
