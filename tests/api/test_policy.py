"""The policy figures over the API: what the settings page shows and changes."""

from __future__ import annotations

import pytest

from .caller import Caller


def test_figures_are_amended_and_kept_by_version(caller: Caller) -> None:
    before = caller.get("/desk/policy", by="office")
    assert (before["version"], before["figures"]["callback_days"]) == (None, 7)
    assert before["bounds"]["returns_granted_at_most"] == {"least": 0, "most": 2}
    assert caller.get("/desk/policy/versions", by="office")["items"] == []
    change = {"figures": {"callback_days": 8, "head_must_sign": True}, "note": "试行"}
    after = caller.post("/desk/policy", change, by="office", key="one")
    assert (after.status, after["version"]) == (200, 1)
    assert (after["figures"]["callback_days"], after["figures"]["head_must_sign"]) == (8, True)
    assert after["figures"]["draft_days"] == before["figures"]["draft_days"]
    assert caller.post("/desk/policy", change, by="office", key="one").body == after.body
    (version,) = caller.get("/desk/policy/versions", by="office")["items"]
    assert (version["version"], version["note"], version["figures"]) == (1, "试行", after["figures"])
    assert version["by"]
    assert caller.post("/desk/policy", change, by="office").told == (409, "policy_unchanged")


@pytest.mark.parametrize(
    ("figures", "errors"),
    [
        ({"callback_days": True}, {"callback_days": "not_a_number"}),
        ({"callback_days": "8"}, {"callback_days": "not_a_number"}),
        ({"callback_days": 10**30}, {"callback_days": "policy_bounds"}),
        ({"head_must_sign": 1}, {"head_must_sign": "yes_or_no_needed"}),
        ({"wishes": 3}, {"wishes": "policy_unknown"}),
        ([], {"figures": "object_needed"}),
        (None, {"figures": "required"}),
    ],
)
def test_what_no_figure_can_be(caller: Caller, figures: object, errors: dict[str, str]) -> None:
    refused = caller.post("/desk/policy", {"figures": figures}, by="office")
    assert (refused.status, refused.errors) == (422, errors)
    assert caller.get("/desk/policy", by="office")["version"] is None


def test_only_the_office_amends(caller: Caller) -> None:
    for who in ("handler", "leader", "sysadmin"):
        assert caller.get("/desk/policy", by=who).told == (403, "no_right")
        assert caller.post("/desk/policy", {"figures": {"draft_days": 9}}, by=who).status == 403
