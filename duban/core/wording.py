"""Words that promise nothing (domain rule 8): pointed out before a completion statement is sent."""

from __future__ import annotations

VAGUE = (
    "近期",
    "尽快",
    "适时",
    "择机",
    "抓紧",
    "研究研究",
    "原则上",
    "争取",
    "加快推进",
    "逐步",
    "尽量",
    "有关部门",
    "条件成熟",
    "下一步",
)


def vague_words(text: str) -> list[str]:
    """The vague words a text holds, in the order they first appear, each once."""
    found = [(text.find(word), word) for word in VAGUE if word in text]
    return [word for _, word in sorted(found)]
