"""Refusals: a code, a sentence, nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import duban.core
from duban.core.refusal import (
    SENTENCES,
    Forbidden,
    Invalid,
    Refused,
    TooMany,
    Unknown,
    check,
    places,
    sentence,
)


def test_a_sentence_is_filled() -> None:
    said = sentence("return_too_late", {"limit": 1, "until": "2月10日 23:59:59"})
    assert said == "退单须在交办后 1 个工作日内提出，期限是 2月10日 23:59:59，现在已过。"


def test_a_sentence_is_translated_before_it_is_filled() -> None:
    english = {SENTENCES["too_many_tries"]: "Try again in %(minutes)s minutes."}
    assert sentence("too_many_tries", {"minutes": 5}, english.__getitem__) == "Try again in 5 minutes."


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said(code: str) -> None:
    text = SENTENCES[code]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code)
    named = places(text)
    assert text.count("%") == len(re.findall(r"%\(\w+\)s", text)), "every place has a name"
    said = sentence(code, {name: f"<{name}>" for name in named})
    assert all(f"<{name}>" in said for name in named)
    assert "%" not in said
    assert said.endswith(("。", "？"))
    assert not re.search(r"[,;!?]", text), "Chinese punctuation in Chinese sentences"


def test_no_two_codes_say_the_same_unless_they_mean_the_same() -> None:
    assert len(set(SENTENCES.values())) >= len(SENTENCES) - 1  # body_long and text_long


@pytest.mark.parametrize(
    ("made", "status"), [(Refused, 409), (Forbidden, 403), (Unknown, 404), (TooMany, 429), (Invalid, 422)]
)
def test_each_kind_has_its_status(made: type, status: int) -> None:
    assert made.status == status


def test_a_refusal_carries_code_field_and_what_fills_the_sentence() -> None:
    refused = Refused("due_too_late", field="due_on", limit=5, latest="2014-02-10")
    assert (refused.code, refused.field, str(refused)) == ("due_too_late", "due_on", "due_too_late")
    assert "2014-02-10" in sentence(refused.code, refused.params)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Refused("no_such_code"),
        lambda: Invalid({"name": ("no_such_code", {})}),
        lambda: TooMany("no_such_code", retry_after=1),
        lambda: sentence("no_such_code", {}),
        lambda: check("no_such_code", {}),
    ],
)
def test_an_unknown_code_is_a_key_error(make: object) -> None:
    with pytest.raises(KeyError, match="no_such_code"):
        make()


def test_a_place_left_open_shows_where_the_refusal_is_raised() -> None:
    with pytest.raises(KeyError, match="leaves open latest"):
        Refused("due_too_late", limit=5)
    with pytest.raises(KeyError, match="leaves open limit"):
        Invalid({"name": ("name_length", {})})


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (61, 2), (900, 15)])
def test_waiting_is_told_in_begun_minutes(seconds: int, minutes: int) -> None:
    refused = TooMany("too_many_tries", retry_after=seconds)
    assert refused.retry_after == seconds
    assert refused.params == {"minutes": minutes}


def test_errors_by_field_are_frozen() -> None:
    invalid = Invalid({"name": ("name_missing", {}), "mobile": ("mobile_shape", {})})
    assert str(invalid) == "name: name_missing, mobile: mobile_shape"
    with pytest.raises(TypeError):
        invalid.errors["name"] = ("id_missing", {})  # type: ignore[index]


def test_every_code_that_core_raises_has_a_sentence() -> None:
    raised = set()
    for path in Path(duban.core.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Unacceptable", "Refused"}:
                raised |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    assert len(raised) >= 12
    assert raised <= set(SENTENCES)
