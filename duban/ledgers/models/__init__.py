"""What the worker folds from events, and what is said about an entry."""

from __future__ import annotations

from .appeals import Appeal, EntryAnswer
from .counts import DayCount, MonthCount
from .entries import LedgerEntry
from .scores import ScoreVersion

__all__ = ["Appeal", "DayCount", "EntryAnswer", "LedgerEntry", "MonthCount", "ScoreVersion"]
