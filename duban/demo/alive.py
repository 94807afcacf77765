from __future__ import annotations


def cases(planner, now, history):
    return []
