"""The next edition in the making: the changes the office has noted and not published yet. Colleagues share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from duban.catalogue.editions import Changes, Draft

from .. import drafts

PURPOSE = NAME = "edition"


def noted(now: datetime) -> Changes:
    """The changes noted so far."""
    kept = drafts.find(NAME, PURPOSE, now)
    return _changes(kept.body) if kept else Changes()


def note_put(draft: Draft, now: datetime) -> None:
    """Note a new or changed standard, in place of an earlier note about the same code."""
    before = noted(now)
    others = tuple(one for one in before.put if one.code != draft.code)
    retire = tuple(code for code in before.retire if code != draft.code)
    _keep(Changes((*others, draft), retire), now)


def note_retired(code: str, now: datetime) -> None:
    """Note that a standard is to go."""
    before = noted(now)
    put = tuple(one for one in before.put if one.code != code)
    _keep(Changes(put, tuple(dict.fromkeys([*before.retire, code]))), now)


def take_back(code: str, now: datetime) -> None:
    """Forget what was noted about a code."""
    before = noted(now)
    put = tuple(one for one in before.put if one.code != code)
    _keep(Changes(put, tuple(one for one in before.retire if one != code)), now)


def forget(now: datetime) -> None:
    """It has been published, or is not wanted any more."""
    kept = drafts.find(NAME, PURPOSE, now)
    if kept is not None:
        drafts.discard(kept)


def _keep(changes: Changes, now: datetime) -> None:
    body = {"put": [asdict(draft) for draft in changes.put], "retire": list(changes.retire)}
    drafts.keep(NAME, PURPOSE, body, now, shared=True)


def _changes(body: Mapping[str, Any]) -> Changes:
    put = tuple(Draft(**{**one, "steps": tuple(one["steps"])}) for one in body.get("put", []))
    return Changes(put, tuple(body.get("retire", [])))
