"""Policy figures (marked *policy* in the rules): edited by the supervision office, versioned.

A new version never changes a promise already made: what a matter was promised is frozen into its clocks.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Policy:
    """The figures in force. Units stand in the names."""

    acceptance_workdays: int = 1  # from assignment
    urgent_acceptance_hours: int = 2  # round the clock
    assigning_workdays: int = 1  # the office's own, from registration
    return_window_workdays: int = 1  # from assignment
    returns_granted_at_most: int = 2
    extensions_per_commitment: int = 1
    verdict_reminder_days: int = 3  # from completion
    callback_days: int = 7  # from completion
    repeat_window_hours: int = 24
    quiet_from_hour: int = 22
    quiet_until_hour: int = 7
    head_must_sign: bool = False  # whether a request waits for the department head before it can be ruled on
    draft_days: int = 7
    ballot_days: int = 7  # from opening to closing
    ballot_quorum_percent: int = 50  # of the roll; 0: any one vote
    assist_workdays: int = 3  # an assisting unit's, where nothing shorter is asked
    order_reply_workdays: int = 2  # where the office names no day
    order_escalation_workdays: int = 1  # after reply-by, before the next colour is proposed
    docket_red_workdays: int = 5  # red for so long
    docket_negative_rounds: int = 2
    docket_returns: int = 2
    docket_ballots: int = 2  # that failed: blocked, or short of the quorum
    terminal_silent_hours: int = 24
    ranking_least_matters: int = 5  # a unit with fewer is not ranked

    def __post_init__(self) -> None:
        for figure in fields(self):
            value: int = getattr(self, figure.name)
            kind = type(figure.default)
            if type(value) is not kind:  # True is an int to Python, not to the office
                raise ValueError(f"{figure.name} must be a {kind.__name__}")
            low, high = bounds(figure.name)
            if kind is int and not low <= value <= high:
                raise ValueError(f"{figure.name} must lie in {low}..{high}")

    def as_dict(self) -> dict[str, int | bool]:
        """The figures by name, for storing a version."""
        return asdict(self)


BOUNDS = {
    "urgent_acceptance_hours": (1, 24),
    "returns_granted_at_most": (0, 2),
    "extensions_per_commitment": (0, 5),
    "quiet_from_hour": (0, 23),
    "quiet_until_hour": (0, 23),
    "ballot_quorum_percent": (0, 100),
    "ballot_days": (1, 60),
}
"""What each figure may be, both ends included, where it is not 1 to 90."""


def bounds(figure: str) -> tuple[int, int]:
    """The lowest and the highest value a figure may take."""
    return BOUNDS.get(figure, (1, 90))
