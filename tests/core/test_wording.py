"""Words that promise nothing (domain rule 8)."""

from __future__ import annotations

import pytest

from duban.core.wording import VAGUE, vague_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("水管已于1月12日送到，1月14日通水。", []),
        ("我们将尽快解决", ["尽快"]),
        ("适时研究，近期答复，尽快办理，尽快解决", ["适时", "近期", "尽快"]),  # in order, each once
        ("争取在近期落实", ["争取", "近期"]),
    ],
)
def test_vague_words_are_pointed_out(text: str, words: list[str]) -> None:
    assert vague_words(text) == words


@pytest.mark.parametrize("word", VAGUE)
def test_every_word_of_the_list_is_found_anywhere(word: str) -> None:
    for text in (word, f"我们{word}", f"{word}办理。", f"今年{word}办。"):
        assert word in vague_words(text)


def test_the_words_named_by_the_rule_are_in_the_list() -> None:
    assert {"近期", "尽快", "适时"} <= set(VAGUE)
    assert len(VAGUE) == len(set(VAGUE))
