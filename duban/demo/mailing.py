from __future__ import annotations


def deliver_quietly(now):
    pass
