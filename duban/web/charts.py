"""Figures for server-drawn SVG: positions and widths, reckoned here so that templates only draw."""

from __future__ import annotations

from dataclasses import dataclass

from duban.core.census import Census, Status

from . import words

WIDTH = 600
GAP = 1.5
TONES = {
    Status.CLOSED: "tone-1",
    Status.PENDING_REVIEW: "tone-2",
    Status.HANDLING: "tone-3",
    Status.ACCEPTING: "tone-4",
    Status.OVERDUE_ACCEPTANCE: "is-red",
    Status.OVERDUE_COMPLETION: "is-red",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One status of the census: its share of a bar 600 wide, and its figure."""

    key: str
    word: str
    count: int
    tone: str
    x: float
    width: float


def census_parts(census: Census) -> list[Part]:
    """The six statuses from left to right. A status that has matters is never thinner than 3."""
    total, x, parts = census.total, 0.0, []
    present = [status for status in TONES if census.counts[status]]
    room = WIDTH - GAP * max(0, len(present) - 1) - 3 * len(present)
    for status, tone in TONES.items():
        count = census.counts[status]
        width = round(3 + room * count / total, 1) if count else 0.0
        parts.append(Part(status.value, words.status(status), count, tone, round(x, 1), width))
        x += width + GAP if count else 0
    return parts


def census_label(census: Census) -> str:
    """The census as one sentence, for those who hear the page: 办结销号 317，办结待审核 110 …"""
    return "，".join(f"{words.status(status)} {census.counts[status]}" for status in TONES)
