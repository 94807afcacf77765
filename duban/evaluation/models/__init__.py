"""How matters are judged, one file a subject."""

from .verdicts import Callback, Verdict

__all__ = ["Callback", "Verdict"]
