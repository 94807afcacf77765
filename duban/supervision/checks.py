"""What pages and programs ask about the five checks. Constant numbers of statements; nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from duban.core.checks import Answer, Result, Rule
from duban.core.refusal import Unknown
from duban.core.rights import Actor, Role, Verb, may, require
from duban.matters.models import Matter
from duban.matters.paging import Page, cursor, position
from duban.people.models import Staff

from .candidates import within
from .models import Annotation, CheckEvidence, CheckItem, Checklist, CheckRun, Finding


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: sampled matters, those with a finding, those with a problem."""

    total: int
    done: int
    problems: int

    @property
    def pending(self) -> int:
        """Sampled matters nobody has looked at yet."""
        return self.total - self.done


@dataclass(frozen=True, slots=True)
class Listed:
    """A run in a list."""

    run: CheckRun
    progress: Progress


def checklists() -> list[Checklist]:
    """The five checklists, each in the version in force: one statement."""
    newest: dict[str, Checklist] = {}
    for one in Checklist.objects.order_by("place", "version"):
        newest[one.key] = one
    return list(newest.values())


def versions_of(key: str) -> list[Checklist]:
    """Every version of a checklist, the newest first. Raises Unknown(`checklist_unknown`)."""
    found = list(Checklist.objects.filter(key=key).order_by("-version"))
    if not found:
        raise Unknown("checklist_unknown")
    return found


def last_runs() -> dict[str, Listed]:
    """The latest run of each checklist, by key: two statements."""
    newest = CheckRun.objects.values("checklist__key").annotate(last=Max("id")).order_by()
    latest = [row["last"] for row in newest]
    return {row.checklist.key: _listed(row) for row in _counted(CheckRun.objects.filter(pk__in=latest))}


def runs(actor: Actor, *, after: str = "", limit: int = 20) -> Page[Listed]:
    """Every run, the newest first: one statement. Raises Forbidden; Invalid (after)."""
    require(actor, Verb.SEE_CHECKS)
    rows = CheckRun.objects.all()
    if after:
        rows = rows.filter(pk__lt=position(after)[1])
    found = list(_counted(rows).order_by("-id")[: limit + 1])
    last = found[limit - 1].pk if len(found) > limit else None
    return Page([_listed(row) for row in found[:limit]], cursor(None, last) if last else None)


def run_of(run: int, actor: Actor) -> CheckRun:
    """A run with its checklist and people. Raises Forbidden; Unknown(`not_found`)."""
    require(actor, Verb.SEE_CHECKS)
    rows = CheckRun.objects.select_related("checklist", "unit", "started_by", "closed_by")
    found = rows.filter(pk=run).first()
    if found is None:
        raise Unknown("not_found")
    return found


def items_of(run: CheckRun) -> list[CheckItem]:
    """The sampled matters as drawn, with their findings, later words and photos: three statements."""
    return list(_items().filter(run=run).order_by("place"))


def item_of(run: CheckRun, item: int) -> CheckItem:
    """One sampled matter of a run. Raises Unknown(`not_found`)."""
    found = _items().filter(run=run, pk=item).first()
    if found is None:
        raise Unknown("not_found")
    found.run = run
    return found


def progress(items: Sequence[CheckItem]) -> Progress:
    """How far these items have come."""
    found = [one.finding for one in items if hasattr(one, "finding")]
    return Progress(len(items), len(found), sum(one.result == Result.PROBLEM for one in found))


def answered(item: CheckItem, asked: Sequence[str]) -> list[tuple[str, Answer]]:
    """The questions of an item's checklist beside the answers its finding gives; empty without a finding."""
    if not hasattr(item, "finding"):
        return []
    return [(question, Answer(one)) for question, one in zip(asked, item.finding.answers, strict=True)]


def photos_of(finding: Finding) -> list[CheckEvidence]:
    """Its photos, as read with its item."""
    found: list[CheckEvidence] = finding.photos  # type: ignore[attr-defined]
    return found


def words_of(finding: Finding) -> list[Annotation]:
    """Later words beside it, as read with its item."""
    found: list[Annotation] = finding.words  # type: ignore[attr-defined]
    return found


def evidence(token: str, actor: Actor) -> CheckEvidence:
    """A photo by its private address. Raises Unknown, whether it is not there or not theirs to see."""
    found = CheckEvidence.objects.filter(token=token).first() if may(actor, Verb.SEE_CHECKS) else None
    if found is None:
        raise Unknown("not_found")
    return found


def findings_at(matter: Matter) -> list[Finding]:
    """What checks found at a matter, oldest first, for all who may see the matter: one statement.

    A sample that nobody has looked at yet is not told: the unit must not know that somebody will come.
    """
    rows = Finding.objects.filter(item__matter=matter).select_related("item__run__checklist", "by")
    return list(rows.order_by("id"))


def counted(actor: Actor, now: datetime, *, unit: str = "", kind: str = "") -> dict[Rule, int]:
    """How many matters each rule would draw from now: nine statements. Raises Forbidden."""
    require(actor, Verb.RUN_CHECK)
    return {rule: within(rule, now, unit=unit, kind=kind).count() for rule in Rule}


def inspectors() -> list[Staff]:
    """The accounts of the office, who may be sent to look: one statement."""
    active = Staff.objects.filter(is_active=True).order_by("username")
    return [staff for staff in active if Role.OFFICE.value in staff.roles]


def _items() -> QuerySet[CheckItem]:
    return CheckItem.objects.select_related(
        "matter", "unit", "handler", "inspector", "finding", "finding__by", "order"
    ).prefetch_related(
        Prefetch("finding__annotations", to_attr="words"), Prefetch("finding__evidence", to_attr="photos")
    )


def _counted(rows: QuerySet[CheckRun]) -> QuerySet[CheckRun]:
    return rows.select_related("checklist", "unit", "started_by").annotate(
        total=Count("items"),
        done=Count("items__finding"),
        problems=Count("items__finding", filter=Q(items__finding__result=Result.PROBLEM)),
    )


def _listed(row: CheckRun) -> Listed:
    return Listed(row, Progress(row.total, row.done, row.problems))  # type: ignore[attr-defined]
