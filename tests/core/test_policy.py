"""Policy figures and what each may be."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from duban.core.policy import BOUNDS, Policy, bounds

FIGURES = [figure.name for figure in fields(Policy) if type(figure.default) is int]


def test_the_figures_of_the_rules() -> None:
    assert Policy().as_dict() == {
        "acceptance_workdays": 1,
        "urgent_acceptance_hours": 2,
        "assigning_workdays": 1,
        "return_window_workdays": 1,
        "returns_granted_at_most": 2,
        "extensions_per_commitment": 1,
        "verdict_reminder_days": 3,
        "callback_days": 7,
        "repeat_window_hours": 24,
        "quiet_from_hour": 22,
        "quiet_until_hour": 7,
        "head_must_sign": False,
        "draft_days": 7,
        "ballot_days": 7,
        "ballot_quorum_percent": 50,
        "assist_workdays": 3,
        "order_reply_workdays": 2,
        "order_escalation_workdays": 1,
        "docket_red_workdays": 5,
        "docket_negative_rounds": 2,
        "docket_returns": 2,
        "docket_ballots": 2,
        "terminal_silent_hours": 24,
        "ranking_least_matters": 5,
    }
    assert Policy(**Policy().as_dict()) == Policy()


@pytest.mark.parametrize("figure", FIGURES)
def test_both_ends_pass_and_one_beyond_fails(figure: str) -> None:
    low, high = bounds(figure)
    for value in (low, high):
        assert getattr(replace(Policy(), **{figure: value}), figure) == value
    for value in (low - 1, high + 1):
        with pytest.raises(ValueError, match=rf"{figure} must lie in {low}..{high}"):
            replace(Policy(), **{figure: value})


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("value", [True, "1", 1.0, None])
def test_a_figure_is_a_whole_number(figure: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{figure} must be a int"):
        replace(Policy(), **{figure: value})


@pytest.mark.parametrize("value", [1, "yes", None])
def test_a_switch_is_yes_or_no(value: object) -> None:
    with pytest.raises(ValueError, match="head_must_sign must be a bool"):
        replace(Policy(), head_must_sign=value)


def test_every_bound_belongs_to_a_figure() -> None:
    assert set(BOUNDS) <= set(FIGURES)
    assert bounds("returns_granted_at_most") == (0, 2)  # never more than two, against 踢皮球
    assert bounds("acceptance_workdays") == (1, 90)


def test_a_version_cannot_be_edited_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        Policy().callback_days = 1  # type: ignore[misc]
