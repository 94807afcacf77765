"""Drawing the five checks as JSON."""

from __future__ import annotations

from django.urls import reverse

from duban.core.rights import Actor
from duban.supervision import checks
from duban.supervision.models import CheckItem, Checklist, CheckRun
from duban.supervision.redrawing import redraw

from .answers import Json, day, moment
from .drawing import unit_of


def checklist(one: Checklist) -> Json:
    """One version of a checklist."""
    return {
        "key": one.key,
        "place": one.place,
        "title": one.title,
        "purpose": one.purpose,
        "items": one.items,
        "version": one.version,
        "since": moment(one.since),
    }


def row(run: CheckRun, progress: checks.Progress) -> dict[str, object]:
    """A check in a list."""
    return {
        "id": run.pk,
        "checklist": run.checklist.key,
        "version": run.checklist.version,
        "title": run.checklist.title,
        "rule": run.rule,
        "unit": unit_of(run.unit) if run.unit else None,
        "kind": run.kind,
        "size": run.size,
        "seed": run.seed,
        "candidates": run.candidates_count,
        "sampled": progress.total,
        "done": progress.done,
        "problems": progress.problems,
        "started_at": moment(run.started_at),
        "started_by": run.started_by.display_name,
        "due_on": day(run.due_on),
        "closed_at": moment(run.closed_at),
    }


def check(run: int, actor: Actor) -> Json:
    """A check with its sample. Raises Forbidden; Unknown."""
    found = checks.run_of(run, actor)
    items = checks.items_of(found)
    redrawn = redraw(found, items)
    return {
        **row(found, checks.progress(items)),
        "candidate_ids": found.candidates,
        "candidates_digest": found.candidates_digest,
        "redraw": {"possible": redrawn.possible, "holds": redrawn.holds},
        "questions": found.checklist.items,
        "items": [_item(one) for one in items],
        "report": found.report,
    }


def _item(one: CheckItem) -> Json:
    return {
        "id": one.pk,
        "place": one.place,
        "matter": one.matter.number,
        "serial": one.matter_id,
        "title": one.matter.title,
        "unit": unit_of(one.unit),
        "handler": one.handler.display_name if one.handler else None,
        "inspector": one.inspector.display_name,
        "finding": _finding(one) if hasattr(one, "finding") else None,
        "order": one.order.key if one.order else None,
    }


def _finding(one: CheckItem) -> Json:
    found = one.finding
    return {
        "result": found.result,
        "answers": found.answers,
        "note": found.note,
        "by": found.by.display_name,
        "at": moment(found.at),
        "photos": [reverse("api:see_evidence", args=[photo.token]) for photo in checks.photos_of(found)],
        "words": [{"at": moment(word.at), "text": word.text} for word in checks.words_of(found)],
    }
