"""Content of the wrong shape: which field, and what is wanted there, in the caller's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory

from duban.api import door
from duban.api.bodies import read
from duban.api.forms import Form
from duban.api.problems import BOUNDS, FAMILIES, KINDS, OURS, Misshapen

from .caller import Caller, water

WRONG: dict[str, object] = {
    "null": None,
    "text": "x",
    "whole": 7,
    "broken": 4.5,
    "yes": True,
    "list": [5],
    "object": {"nobody": "knows"},
}
CODES = (
    OURS | set(KINDS.values()) | set(FAMILIES.values()) | {code for code, _bound, _place in BOUNDS.values()}
)


def forms(parent: type[Form] = Form) -> Iterator[type[Form]]:
    for form in parent.__subclasses__():
        if form.__module__.startswith(f"{door.__package__}."):
            yield form
            yield from forms(form)


@pytest.mark.parametrize(
    ("changes", "field", "code", "chinese", "english"),
    [
        ({"body": 5}, "body", "text_needed", "要的是文字", "Text is needed here"),
        ({"body": ["x"]}, "body", "text_needed", "要的是文字", "Text is needed here"),
        ({"title": None}, "title", "required", "这一项必须填写", "This field is required"),
        ({"title": "零\0"}, "title", "text_characters", "", ""),
        ({"place": "半个\ud840"}, "place", "text_characters", "", ""),
        ({"publish": "perhaps"}, "publish", "yes_or_no_needed", "只能是 true", "Only true or false"),
        ({"publish": 7}, "publish", "yes_or_no_needed", "只能是 true", "Only true or false"),
        ({"publish": []}, "publish", "yes_or_no_needed", "只能是 true", "Only true or false"),
        (
            {"petitioner": "罗家祥"},
            "petitioner",
            "object_needed",
            "要的是 JSON 对象",
            "A JSON object is needed",
        ),
        ({"petitioner": [1]}, "petitioner", "object_needed", "要的是 JSON 对象", "A JSON object is needed"),
        (
            {"petitioner": {"name": 5, "id_number": "x", "mobile": "y"}},
            "petitioner.name",
            "text_needed",
            "要的是文字",
            "Text is needed here",
        ),
    ],
)
def test_a_wrong_shape_is_told_by_its_field(
    caller: Caller, changes: dict[str, object], field: str, code: str, chinese: str, english: str
) -> None:
    for language, told, mark in (("zh", chinese, "："), ("en", english, ": ")):
        caller.language = language
        refused = caller.post("/matters", water(**changes))
        assert refused.told == (422, "invalid")
        assert refused.errors == {field: code}
        assert refused["errors"][field]["detail"].startswith(f"{field}{mark}{told}")
        assert refused["detail"] == refused["errors"][field]["detail"]


@pytest.mark.parametrize(
    ("call", "body", "field", "code"),
    [
        ("/desk/ledgers/scores", {"weights": [], "note": "x"}, "weights", "object_needed"),
        ("/desk/seats", {"seats": {}}, "seats", "list_needed"),
        ("/desk/seats", {"seats": [5]}, "seats.0", "object_needed"),
        ("/desk/seats", {"seats": [{"seat": None}]}, "seats.0.seat", "required"),
        ("/desk/meetings", {"place": "x", "held_on": [], "items": 5}, "items", "list_needed"),
        ("/desk/meetings", {"place": "x", "held_on": 5}, "held_on", "date_shape"),
    ],
)
def test_lists_and_tables_say_so_too(
    caller: Caller, call: str, body: dict[str, object], field: str, code: str
) -> None:
    refused = caller.post(call, body, by="office")
    assert refused.errors[field] == code
    assert refused["errors"][field]["detail"].startswith(f"{field}：")


@pytest.mark.parametrize(
    ("query", "field", "code", "chinese", "english"),
    [
        ("orders?limit=0", "limit", "number_small", "limit：不能小于 1。", "limit: No less than 1, please."),
        (
            "orders?limit=201",
            "limit",
            "number_large",
            "limit：不能大于 200。",
            "limit: No more than 200, please.",
        ),
        ("orders?limit=many", "limit", "not_a_number", "limit：请填写整数。", "limit: "),
        ("orders?limit=1.5", "limit", "not_a_number", "limit：请填写整数。", "limit: "),
        ("orders?limit=" + "9" * 5000, "limit", "not_a_number", "limit：", "limit: "),
        ("alarms?answered=perhaps", "answered", "yes_or_no_needed", "answered：只能是", "answered: Only"),
        ("orders?unit=%00", "unit", "text_characters", "unit：", "unit: "),
        ("cockpit?as_of=soon", "as_of", "date_shape", "as_of：", "as_of: "),
        ("orders?after=zzz", "after", "cursor_unknown", "这个翻页位置", "This position"),
        (
            "orders?colour=blue",
            "colour",
            "not_offered",
            "colour 只能是其中一个：green, yellow, red。",
            "colour can only be one of these: green, yellow, red.",
        ),
        ("matters?light=blue", "light", "not_offered", "light 只能是", "light can only be"),
        ("matters?status=lost", "status", "not_offered", "status 只能是", "status can only be"),
        ("hard-cases?state=lost", "state", "not_offered", "state 只能是", "state can only be"),
        ("ballots?state=lost", "state", "not_offered", "state 只能是其中一个：closed。", "state can only be"),
    ],
)
def test_a_wrong_parameter_is_told_by_its_name(
    caller: Caller, query: str, field: str, code: str, chinese: str, english: str
) -> None:
    for language, told in (("zh", chinese), ("en", english)):
        caller.language = language
        refused = caller.get(f"/desk/{query}", by="office")
        assert refused.told == (422, "invalid")
        assert refused.errors == {field: code}
        assert refused["errors"][field]["detail"].startswith(told)


@pytest.mark.parametrize("form", sorted(set(forms()), key=lambda form: form.__name__))
@pytest.mark.parametrize("wrong", WRONG)
def test_no_form_is_at_a_loss_for_words(form: type[Form], wrong: str) -> None:
    """Whatever of JSON's kinds comes in whatever field: the answer names the field and says what is wanted."""
    for name in form.model_fields:
        for content in ({name: WRONG[wrong]}, {name: [WRONG[wrong]]}, {name: {name: WRONG[wrong]}}):
            for field, (code, _places) in _wrong(form, content).items():
                assert code in CODES, (field, content, code)


def _wrong(form: type[Form], content: dict[str, Any]) -> dict[str, Any]:
    request = RequestFactory().post("/", content, content_type="application/json")
    try:
        read(request, form)
    except Misshapen as wrong:
        return dict(wrong.errors)
    return {}
