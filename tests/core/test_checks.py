"""What a checklist, a seed and a finding may be."""

from __future__ import annotations

import pytest

from duban.core.checks import Answer, Result, contradicts, questions, seed_of
from duban.core.identity import Unacceptable
from duban.supervision.planting import FIVE

YES, NO, NONE = Answer.YES, Answer.NO, Answer.NOT_APPLICABLE


def test_questions_are_kept_on_one_line_without_blanks() -> None:
    assert questions(["  是否\n及时 ", "", "  ", "是否属实"]) == ("是否 及时", "是否属实")
    assert len(questions([f"第{n}问" for n in range(12)])) == 12
    assert questions(["问" * 100]) == ("问" * 100,)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "checklist_empty"),
        (["", " \n"], "checklist_empty"),
        ([f"第{n}问" for n in range(13)], "checklist_long"),
        (["问" * 101], "checklist_question_long"),
        (["是否属实", " 是否属实 "], "checklist_twice"),
    ],
)
def test_a_checklist_has_its_limits(lines: list[str], code: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        questions(lines)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", "2014-04-07", "a" * 40, " abc "])
def test_seeds(text: str) -> None:
    assert seed_of(text) == text.strip()


@pytest.mark.parametrize("text", ["a" * 41, "种子", "a b", "a;b"])
def test_what_is_no_seed(text: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        seed_of(text)
    assert refused.value.code == "check_seed"


def test_all_well_and_a_no_cannot_both_be() -> None:
    assert contradicts(Result.OK, [YES, NO])
    assert not contradicts(Result.OK, [YES, NONE])
    assert not contradicts(Result.PROBLEM, [YES, NO])
    assert not contradicts(Result.PROBLEM, [YES])


def test_the_five_planted_lists_are_lists() -> None:
    assert [one.title for one in FIVE] == ["查受理", "查承诺", "查进展", "查办结", "查作风"]
    for one in FIVE:
        assert questions(one.items) == one.items
