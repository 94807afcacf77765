"""The points of the office, in versions: which one scores which month, and amending them (domain rule 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from duban.catalogue.revisions import bump
from duban.core import rights
from duban.core.events import Kind
from duban.core.ledger import Item
from duban.core.periods import next_month
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Verb
from duban.core.scoring import FIRST_WEIGHTS, HIGHEST, LOWEST
from duban.journal.recording import Entry, record

from .models import ScoreVersion
from .words import ITEMS

STREAM = "scores"
FIRST = 1  # the version that has no row
Weights = Mapping[Item, int]


def weights_of(version: ScoreVersion) -> Weights:
    """A stored version's points; an item it does not know weighs what it did in the first."""
    return MappingProxyType({item: version.weights.get(item.value, FIRST_WEIGHTS[item]) for item in Item})


def versions() -> list[ScoreVersion]:
    """Every amended version, the newest first. The first one, which has no row, comes before them all."""
    return list(ScoreVersion.objects.order_by("-number"))


def newest() -> Weights:
    """The points as last amended, whether they score a month yet or not."""
    latest = ScoreVersion.objects.order_by("-number").first()
    return weights_of(latest) if latest else FIRST_WEIGHTS


def weights_by_month(months: Iterable[str]) -> dict[str, Weights]:
    """The points each month is scored by: the newest version whose `since` it has reached. One statement."""
    known = versions()
    return {
        month: next((weights_of(one) for one in known if one.since <= month), FIRST_WEIGHTS)
        for month in months
    }


def drafted(weights: Mapping[str, int]) -> Weights:
    """The newest points with these changed, to be tried. Raises Invalid by item, as amending does."""
    if wrong := wrong_points(weights):
        raise Invalid(wrong)
    return {**newest(), **{Item(name): points for name, points in weights.items()}}


@transaction.atomic
def amend_scores(*, weights: Mapping[str, int], note: str, actor: Actor, now: datetime) -> ScoreVersion:
    """A new version with these points changed and the others as they were. It scores from next month on.

    So the month that runs and those before it are never scored anew. Raises Forbidden; Invalid by item
    (score_bounds, score_unknown, not_a_number) and for the note; Refused (scores_unchanged).
    """
    rights.require(actor, Verb.AMEND_SCORES)
    wrong = wrong_points(weights)
    note = note.strip()
    if not note:
        wrong["note"] = ("reason_missing", {})
    elif len(note) > 200:
        wrong["note"] = ("too_long", {"limit": 200})
    if wrong:
        raise Invalid(wrong)
    bump()  # its row is locked until the end: two amendments come one after the other
    latest = ScoreVersion.objects.order_by("-number").first()
    before = weights_of(latest) if latest else FIRST_WEIGHTS
    after = {**before, **{Item(name): points for name, points in weights.items()}}
    if after == dict(before):
        raise Refused("scores_unchanged")
    version = ScoreVersion.objects.create(
        number=latest.number + 1 if latest else FIRST + 1,
        weights={item.value: points for item, points in after.items()},
        note=note,
        by=actor.key,
        at=now,
        since=next_month(now),
    )
    changed = {item.value: [before[item], after[item]] for item in Item if before[item] != after[item]}
    facts = {"version": version.number, "since": version.since, "changed": changed}
    record(STREAM, Entry(Kind.SCORES_AMENDED, facts), actor=actor, at=now)
    return version


def wrong_points(weights: Mapping[str, int]) -> dict[str, tuple[str, Mapping[str, object]]]:
    """What is wrong with the points of a version, by item: a draft is looked at as it would be saved."""
    return {name: problem for name, points in weights.items() if (problem := _problem(name, points))}


def _problem(name: str, points: object) -> tuple[str, Mapping[str, object]] | None:
    if name not in set(Item):
        return "score_unknown", {"item": name}
    if type(points) is not int:  # True is an int to Python, not to the office
        return "not_a_number", {}
    if not LOWEST <= points <= HIGHEST:
        return "score_bounds", {"item": ITEMS[Item(name)], "low": LOWEST, "high": HIGHEST}
    return None
