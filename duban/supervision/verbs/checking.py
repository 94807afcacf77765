"""A check from its sample to its report: start, hand to another inspector, close (domain rule 12)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from duban.core.checks import INSPECTORS_AT_MOST, RECORDED_AT_MOST, SIZE_AT_MOST, Key, Result, Rule, seed_of
from duban.core.events import Kind
from duban.core.kinds import MatterKind
from duban.core.refusal import Refused
from duban.core.rights import Actor, Role, Verb, require
from duban.core.sampling import digest, sample, turns
from duban.core.zone import day_of
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry, record
from duban.matters.models import Matter
from duban.matters.verbs.deed import staff_id
from duban.matters.verbs.forms import Form
from duban.people.models import Staff
from duban.people.units import unit_in_service

from ..candidates import candidates
from ..models import CheckItem, CheckRun, Finding
from .check_deed import lock_item, lock_run
from .checklists import latest


@transaction.atomic
def start_check(
    *,
    checklist: str,
    rule: str,
    size: int,
    inspectors: Sequence[str],
    due_on: date | None,
    actor: Actor,
    now: datetime,
    seed: str = "",
    unit: str = "",
    kind: str = "",
) -> CheckRun:
    """Draw a sample and share it out among the inspectors (user names of the office), in turn.

    `size` from 1 to 100 matters; all there are, when there are fewer. `seed` decides the draw and is recorded; one
    is drawn where none is given. `unit` (a code) and `kind` narrow the rule. Raises Invalid (checklist, rule,
    size, seed, kind, inspectors, due_on); Refused: check_no_candidates, unit_unknown, unit_inactive; Forbidden.
    """
    require(actor, Verb.RUN_CHECK)
    form = Form()
    form.choice("checklist", checklist, Key, "checklist_unknown")
    drawn_by = form.choice("rule", rule, Rule, "check_rule")
    if not 1 <= size <= SIZE_AT_MOST:
        form.wrong("size", "check_size", limit=SIZE_AT_MOST)
    seed = form.take("seed", lambda: seed_of(seed)) or secrets.token_hex(8)
    if kind and kind not in set(MatterKind):
        form.wrong("kind", "check_kind")
    hands = _inspectors(form, inspectors)
    if due_on is None:
        form.wrong("due_on", "day_missing")
    elif due_on < day_of(now):
        form.wrong("due_on", "check_due_past")
    form.check()
    assert drawn_by is not None  # noqa: S101 - the form has checked it
    assert due_on is not None  # noqa: S101 - and this
    used, where = latest(checklist), unit_in_service(unit) if unit else None
    ids = candidates(drawn_by, now, unit=unit, kind=kind)
    if not ids:
        raise Refused("check_no_candidates", field="rule")
    run = CheckRun.objects.create(
        checklist=used,
        rule=drawn_by.value,
        unit=where,
        kind=kind,
        size=size,
        seed=seed,
        candidates_count=len(ids),
        candidates_digest=digest(ids),
        candidates=ids if len(ids) <= RECORDED_AT_MOST else [],
        started_by_id=staff_id(actor),
        started_at=now,
        due_on=due_on,
    )
    drawn = sample(ids, size, seed)
    _share_out(run, drawn, hands)
    facts = {
        "run": run.pk,
        "checklist": used.key,
        "version": used.version,
        "rule": run.rule,
        "unit": unit,
        "kind": kind,
        "size": size,
        "seed": seed,
        "candidates": len(ids),
        "digest": run.candidates_digest,
        "sample": list(drawn),
    }
    record(run.stream, Entry(Kind.CHECK_STARTED, facts), actor=actor, at=now)
    return run


@transaction.atomic
def reassign_inspector(*, run: int, item: int, inspector: str, actor: Actor, now: datetime) -> CheckItem:
    """Give a sampled matter to another inspector (a user name), as long as nothing has been found at it.

    Raises Invalid (inspector); Refused: check_already_closed, finding_final, inspector_same; Forbidden; Unknown.
    """
    held = lock_item(run, item, actor)
    if hasattr(held, "finding"):
        raise Refused("finding_final")
    form = Form()
    hands = _inspectors(form, [inspector], field="inspector")
    form.check()
    if hands[0].pk == held.inspector_id:
        raise Refused("inspector_same", field="inspector")
    facts = {"run": run, "item": item, "was": held.inspector_id, "now": hands[0].pk}
    held.inspector = hands[0]
    held.save(update_fields=["inspector"])
    record(held.run.stream, Entry(Kind.INSPECTOR_CHANGED, facts), actor=actor, at=now)
    return held


@transaction.atomic
def close_check(*, run: int, report: str, actor: Actor, now: datetime) -> CheckRun:
    """End a check with its report, once every sampled matter has a finding.

    Raises Invalid (report); Refused: check_already_closed, check_pending; Forbidden; Unknown.
    """
    held = lock_run(run, actor)
    results = list(Finding.objects.filter(item__run=held).values_list("result", flat=True))
    if pending := held.items.count() - len(results):
        raise Refused("check_pending", count=pending)
    form = Form()
    held.report = form.note("report", report, missing="check_report_missing")
    form.check()
    held.closed_by_id, held.closed_at = staff_id(actor), now
    held.save(update_fields=["report", "closed_by", "closed_at"])
    facts = {
        "run": held.pk,
        "report": digest_of_text(held.report),
        "ok": results.count(Result.OK),
        "problems": results.count(Result.PROBLEM),
    }
    record(held.stream, Entry(Kind.CHECK_CLOSED, facts), actor=actor, at=now)
    return held


def _share_out(run: CheckRun, drawn: Sequence[int], hands: Sequence[Staff]) -> None:
    """One item for each drawn matter, in the order of the draw, with those who hold the matter now."""
    matters = Matter.objects.only("id", "unit_id", "handler_id").in_bulk(drawn)
    CheckItem.objects.bulk_create(
        [
            CheckItem(
                run=run,
                place=place,
                matter_id=one,
                unit_id=matters[one].unit_id,
                handler_id=matters[one].handler_id,
                inspector=hands[turn],
            )
            for place, (one, turn) in enumerate(zip(drawn, turns(len(drawn), len(hands)), strict=True), 1)
        ]
    )


def _inspectors(form: Form, usernames: Sequence[str], field: str = "inspectors") -> list[Staff]:
    """The accounts of the office by these user names, in their order; each once."""
    wanted = list(dict.fromkeys(name.strip() for name in usernames if name.strip()))
    if not wanted:
        form.wrong(field, "check_inspectors_missing")
    if len(wanted) > INSPECTORS_AT_MOST:
        form.wrong(field, "check_inspectors_many", limit=INSPECTORS_AT_MOST)
        return []
    there = {one.username: one for one in Staff.objects.filter(username__in=wanted, is_active=True)}
    for name in wanted:
        if name not in there or Role.OFFICE.value not in there[name].roles:
            form.wrong(field, "check_inspector_unknown", name=name)
    return [there[name] for name in wanted if name in there]
